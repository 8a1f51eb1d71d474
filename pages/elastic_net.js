// The elastic net at any share of L1 and any strength: the twin of lessons/elastic_net.py.

import { outline } from "./balls.js";
import { contour } from "./curves.js";
import { lately } from "./lately.js";
import { gap, joined, over, there } from "./lines.js";
import { log10, max } from "./numbers.js";
import { level, penalized } from "./plane.js";
import { rings } from "./regions.js";
import { page } from "./runtime.js";
import { still } from "./still.js";

const { gram, slopes, members, rows, ratios, nets, even, peak, h, c, own, upright } = page.numbers;
const POINTS = 81, OFFSETS = { l1: 0.27, net: 0, l2: -0.27 }, n = slopes.length, loss = { h, c };
const [low, high] = [even[0], even.at(-1)], seen = nets.map(([knots]) => knots.filter((knot) => knot > low && knot < high));
const contours = rings(loss, own), most = max(...seen.map((knots) => knots.length));

// Signs between two knots are those of all changes above.
const signsAt = nets.map(([, changes]) => {
  const found = [new Array(n).fill(0)];
  for (const change of changes) {
    const signs = [...found.at(-1)];
    for (const [column, sign] of change) signs[column] = sign;
    found.push(signs);
  }
  return found;
});

// (G + 2 lam (1 - r)) w = s - lam r signs, of the active features, by elimination.
function solved(active, lam, ratio, signs) {
  const shift = 2 * lam * (1 - ratio);
  const table = active.map((j) => [...active.map((k) => gram[j][k] + (j === k ? shift : 0)), slopes[j] - lam * ratio * signs[j]]);
  const size = active.length;
  for (let i = 0; i < size; i++) {
    for (let k = i + 1; k < size; k++) {
      const part = table[k][i] / table[i][i];
      for (let m = i; m <= size; m++) table[k][m] -= part * table[i][m];
    }
  }
  const w = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = table[i][size];
    for (let k = i + 1; k < size; k++) sum -= table[i][k] * w[k];
    w[i] = sum / table[i][i];
  }
  return w;
}

// At a knot a weight that enters or leaves there is exactly 0.
function weightsAt(place, lam) {
  const ratio = ratios[place], w = new Array(n).fill(0), all = [...w.keys()], [knots] = nets[place];
  if (ratio === 0) return solved(all, lam, 0, w);
  const above = knots.filter((knot) => knot > lam).length, signs = signsAt[place][above], active = all.filter((j) => signs[j]);
  const next = knots[above] === lam ? signsAt[place][above + 1] ?? signs : signs;
  solved(active, lam, ratio, signs).forEach((x, i) => {
    const j = active[i];
    if (next[j]) w[j] = signs[j] * max(signs[j] * x, 0) + 0;
  });
  return w;
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
  for (const [name, weights] of Object.entries(every)) {
    const ups = rows.map((_, i) => rows.length - i + OFFSETS[name]), ends = over(rows.map((column) => weights[column]), ups);
    points[`sticks-${name}`] = joined(ends.map(([x, y]) => [[0, y], [x, y]]));
    points[`tips-${name}`] = there(ends, (i) => ends[i][0] !== 0);
    points[`rings-${name}`] = there(ends, (i) => ends[i][0] === 0);
  }
  const zeros = w.filter((x) => x === 0).length;
  return {
    points, names: still.names,
    says: {
      here: ["claim.here", { ratio, lam, rest: Number((1 - ratio).toPrecision(4)) }],
      ...Object.fromEntries(Object.entries(every).map(([name, weights]) => [name, kept(name, weights)])),
      pair: [`claim.pair.${["both", "one", "none"][zeros]}`, {}],
      gone: ratio === 0 ? ["claim.gone.never", {}] : ["claim.gone.from", { gone: Number((peak / ratio).toPrecision(3)) }],
    },
  };
}

// Each share has its own path.
marks.stops = ["ratio"];
