// What ridge keeps along principal directions: the twin of lessons/ridge_shrinkage.py.

import { over } from "./lines.js";
import { log10, sqrt } from "./numbers.js";
import { NAMES, WAY, center, each, ground, parts, placed, ridgeFilter, ridgeWay, rule, two, weights } from "./principal.js";
import { page } from "./runtime.js";
import { three } from "./said.js";

const { narrow: OWN, scores, variances, ranks, n_rows: nRows, names } = page.numbers;
const LITTLE = 0.1, MUCH = 0.9, REACH = 2, N = variances.length;
const LAMS = Array.from({ length: 121 }, (_, i) => three(10 ** (i / 20 - 4)));
const bars = (share) => ranks.map((rank, i) => [i + 1, share(variances[rank])]);
const sum = (lam) => variances.reduce((total, variance) => total + ridgeFilter(variance, lam), 0);
const freedom = over(LAMS.map((lam) => log10(lam)), LAMS.map(sum));

function kindOf([wide, narrow]) {
  if (wide < LITTLE) return "little";
  if (narrow > MUCH) return "much";
  return narrow < LITTLE && wide > 0.5 ? "split" : "some";
}

export function marks({ lam, squeeze }) {
  const narrow = OWN ** squeeze, spreads = [2 - narrow, narrow], x = log10(lam);
  const at = (strength) => spreads.map((variance) => ridgeFilter(variance, strength)), kept = at(lam), now = weights(kept);
  const way = ridgeWay(spreads), product = sqrt(spreads[0] * spreads[1]);
  const gone = way.map((point, i) => (product * (1 - WAY[i]) <= 2 * lam * WAY[i] ? point : now));
  const end = (i, size) => placed(NAMES.map((_, j) => (i === j ? size : 0)));
  const [wide, thin] = kept.map(two), drawn = scores.length, total = three(sum(lam));
  return {
    points: {
      rows: scores.map((row) => placed(row.map((score, i) => score * sqrt(spreads[i])))),
      ...each("axis", (i) => [-1, 1].map((side) => end(i, side * REACH * sqrt(spreads[i])))),
      ...ground(narrow), path: way, gone,
      ...parts("whole", [1, 1]), ...parts("part", kept), unregularized: [center], "optimum-l2": [now],
      "rule-filter": rule(lam, 1), ...each("filter", (i) => LAMS.map((strength) => [log10(strength), at(strength)[i]])),
      ...each("now-filter", (i) => [[x, kept[i]]]), full: bars((variance) => Number(variance > 0)), bars: bars((variance) => ridgeFilter(variance, lam)),
      "rule-freedom": rule(lam, N), freedom, "now-freedom": [[x, sum(lam)]],
    },
    says: {
      kept: [`claim.kept.${kindOf(kept)}`, { wide, narrow: thin, lam }],
      all: ["claim.freedom", { n: N, freedom: total, lam }],
      cloud: [`claim.cloud.${drawn < nRows ? "some" : "all"}`, { drawn, n: nRows, ...names }],
    },
  };
}
