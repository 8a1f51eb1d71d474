// The elastic net at any share of L1 and any strength: the twin of lessons/elastic_net.py.

import { outline } from "./balls.js";
import { contour } from "./curves.js";
import { lately } from "./lately.js";
import { solved } from "./fits.js";
import { gap, joined, over, keptAndGone } from "./lines.js";
import { log10, max, min } from "./numbers.js";
import { level, penalized } from "./plane.js";
import { rings } from "./regions.js";
import { page } from "./runtime.js";
import { three, toDigits } from "./said.js";
import { still } from "./still.js";

const { gram, slopes, members, rows, ratios, nets, even, peak, h, c, own, upright, pitch } = page.numbers;
const POINTS = 81, COLUMNS = ["l1", "net", "l2"], n = slopes.length, all = [...slopes.keys()];
const [low, high] = [even[0], even.at(-1)], seen = nets.map(([knots]) => knots.filter((knot) => knot > low && knot < high));
const loss = { h, c }, contours = rings(loss, own), most = max(...seen.map((knots) => knots.length));

// (G + 2 lam (1 - r)) w = s - lam r signs, of the active features.
function withSigns(signs, lam, ratio) {
  const active = all.filter((j) => signs[j]), shift = 2 * lam * (1 - ratio), w = all.map(() => 0);
  const rows = active.map((j) => [...active.map((k) => gram[max(j, k)][min(j, k)] + (j === k ? shift : 0)), slopes[j] - lam * ratio * signs[j]]);
  solved(rows).forEach((x, i) => { w[active[i]] = x; });
  return w;
}

// Signs above all knots, and below each.
const signsAt = nets.map(([, pieces]) => [all.map(() => 0), ...pieces.map((signs) => [...signs].map((sign) => "-0+".indexOf(sign) - 1))]);

// At a knot a weight that enters or leaves there is exactly 0.
function weightsAt(place, lam) {
  const ratio = ratios[place], [knots] = nets[place];
  if (ratio === 0) return withSigns(all.map(() => 1), lam, 0);
  const above = knots.filter((knot) => knot > lam).length, signs = signsAt[place][above];
  const next = knots[above] === lam ? signsAt[place][above + 1] ?? signs : signs;
  return withSigns(signs, lam, ratio).map((x, j) => (next[j] ? signs[j] * max(signs[j] * x, 0) + 0 : 0));
}

const pathsAt = lately(["ratio"], ({ ratio }) => {
  const place = ratios.indexOf(ratio), turns = seen[place];
  const grid = [...even, ...turns, ...new Array(most - turns.length).fill(high)].sort((a, b) => a - b);
  const weights = grid.map((lam) => weightsAt(place, lam)), logs = grid.map(log10);
  return Object.fromEntries(rows.map((column, rank) => [`path-${rank}`, logs.map((x, i) => [x, weights[i][column]])]));
});

function kept(name, weights) {
  const inside = members.filter((j) => weights[j] !== 0).length, outside = weights.filter((w) => w !== 0).length - inside;
  const told = { inside, members: members.length, outside, others: n - members.length, n };
  let kind = members.length ? "grouped" : "plain";
  if (inside + outside === 0) kind = "none";
  else if (inside + outside === n) kind = "all";
  else if (members.length && inside === members.length && outside === 0) kind = "clean";
  return [`claim.${name}.${kind}`, told];
}

export function marks(values) {
  const { ratio, lam } = values, now = log10(lam), mix = { l1: ratio, l2: 1 - ratio };
  const every = { l1: weightsAt(ratios.length - 1, lam), net: weightsAt(ratios.indexOf(ratio), lam), l2: weightsAt(0, lam) };
  const w = penalized(loss, mix, lam), edge = outline(mix, level(mix, w), POINTS), gone = log10(peak / ratio);
  const points = {
    ...still.points, ...pathsAt(values), contours, region: edge, rim: edge, level: contour(loss, w, POINTS), optimum: [w],
    gone: gone <= log10(high) ? upright.map((y) => [gone, y]) : [gap, gap], now: upright.map((y) => [now, y]),
    dots: rows.map((column) => [now, every.net[column]]),
  };
  COLUMNS.forEach((name, at) => {
    const weights = rows.map((column) => every[name][column]), zero = at * pitch;
    const ends = over(weights.map((x) => x + zero), rows.map((_, i) => rows.length - i));
    points[`sticks-${name}`] = joined(ends.map(([x, y]) => [[zero, y], [x, y]]));
    [points[`tips-${name}`], points[`rings-${name}`]] = keptAndGone(ends, weights);
  });
  const zeros = w.filter((x) => x === 0).length;
  return {
    points, names: still.names,
    says: {
      here: ["claim.here", { ratio, lam, rest: toDigits(1 - ratio, 4) }],
      ...Object.fromEntries(Object.entries(every).map(([name, weights]) => [name, kept(name, weights)])),
      pair: [`claim.pair.${["both", "one", "none"][zeros]}`, {}],
      gone: ratio === 0 ? ["claim.gone.never", {}] : ["claim.gone.from", { gone: three(peak / ratio) }],
    },
  };
}

// Each share has its own path.
marks.stops = ["ratio"];
