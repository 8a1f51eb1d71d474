// What a penalty leaves of the weights: the twin of lessons/degrees_of_freedom.py.

import { abs, log10 } from "./numbers.js";
import { inner, mean } from "./fits.js";
import { joined } from "./lines.js";
import { page } from "./runtime.js";
import { three } from "./said.js";
import { still } from "./still.js";

const { basis, variances, covariances, truth, noise, counted, told, top, count } = page.numbers;
const APART = 0.6, p = variances.length, LAMS = page.picture.drivers.find(({ name }) => name === "lam").values;
const place = (lam) => log10(lam > 0 ? lam : LAMS[1] * 10 ** -APART);
const ranked = (values) => values.map((y, i) => [i + 1, y]);
// What the fit is of targets, of which ridge keeps shares along the directions.
const parts = noise.map((drawn) => {
  const y = truth.map((middle, i) => middle + drawn[i]);
  return { y, height: mean(y), along: variances.map((_, k) => inner(basis.map((row) => row[k]), y)) };
});

export function marks({ lam, draw }) {
  const shares = variances.map((variance) => variance / (variance + 2 * lam)), { y, height, along } = parts[draw - 1];
  const sum = shares.reduce((total, share) => total + share, 0), at = LAMS.indexOf(lam), active = counted[at], x = place(lam);
  const kept = along.map((part, k) => part * shares[k]), rule = [[x, 0], [x, top]];
  const left = three(sum), kind = abs(left - p / 2) <= 0.05 * p ? "half" : "other";
  return {
    points: {
      ...still.points, noise: joined(y.map((target, i) => [[i + 1, truth[i]], [i + 1, target]])), targets: ranked(y),
      fit: ranked(basis.map((row) => inner(row, kept) + height)),
      bars: ranked(basis.map((row) => inner(row.map((part) => part ** 2), shares))), followed: ranked(covariances.map((row) => inner(row, shares))),
      "rule-l2": rule, "rule-l1": rule, "now-l2": [[x, sum]], "now-l1": [[x, active]],
    },
    names: still.names,
    says: {
      l2: [`claim.l2.${kind}`, { left, lam, p }], l1: ["claim.l1", { left: told[at], lam, p }],
      world: ["claim.world", { rows: truth.length, count }],
    },
  };
}

// How many weights the lasso keeps was counted at these.
marks.stops = ["lam"];
