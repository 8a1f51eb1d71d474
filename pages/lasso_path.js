// The lasso's path between its knots, against four axes: the twin of lessons/lasso_path.py.

import { joined, keptAndGone, over } from "./lines.js";
import { abs, log10, max } from "./numbers.js";
import { onPath } from "./on_path.js";
import { page } from "./runtime.js";
import { equals, three } from "./said.js";
import { still } from "./still.js";

const { turns, weights, pulls, scales, named, names, low, heights, drop, n, degrees } = page.numbers;
const BENT = 8, MOST_KNOTS = 40, [top, ...knots] = turns;
const features = names.map((_, j) => j), own = features.slice(0, named), plain = features.filter((j) => j !== drop?.feature);
const longest = [...own].sort((i, j) => abs(pulls[0][j]) - abs(pulls[0][i]));
const weightsAt = (lam) => onPath(turns, weights, lam), pullsAt = (lam) => onPath(turns, pulls, lam);

// Where a strength stands along an axis; a part of one is seen from close.
const scaled = Object.fromEntries(Object.entries(scales).map(([axis, places]) => [axis, places.map((place) => [place])]));
const placeOf = (axis, lam) => (axis === "log" ? 0 - log10(lam) : onPath(turns, scaled[axis === "close" ? "ratio" : axis], lam)[0]);
const seen = [...turns.filter((lam) => lam > low), low];
const bent = [...seen.slice(1).flatMap((end, k) => Array.from({ length: BENT }, (_, i) => seen[k] * (end / seen[k]) ** (i / BENT))), low];

// ---- what no strength changes

const fixed = {}, kinds = { rest: plain.filter((j) => j >= named), path: plain.filter((j) => j < named), drop: drop ? [drop.feature] : [] };
for (const [axis, span] of Object.entries(heights)) {
  const lams = axis === "log" ? bent : turns, x = lams.map((lam) => placeOf(axis, lam)), all = lams.map(weightsAt);
  const passed = knots.filter((knot) => knot >= lams.at(-1)).map((knot) => placeOf(axis, knot));
  if (passed.length <= MOST_KNOTS) fixed[`knots-${axis}`] = joined(passed.map((at) => span.map((y) => [at, y])));
  for (const [kind, some] of Object.entries(kinds)) fixed[`${kind}-${axis}`] = joined(some.map((j) => over(x, all.map((each) => each[j]))));
}

// Sizes over falling lambda, with a vertex where what is linear between passes 0.
function turned(j) {
  return turns.flatMap((lam, k) => {
    const [value, next] = [k, k + 1].map((at) => pulls[at]?.[j]), here = [0 - lam, abs(value)];
    return value * next < 0 ? [here, [0 - (lam + (value / (value - next)) * (turns[k + 1] - lam)), 0]] : [here];
  });
}
for (const [kind, some] of Object.entries(kinds)) fixed[`pull-${kind}`] = joined(some.map(turned));
const begun = own.map((j) => turned(j).slice(0, 2));
Object.assign(fixed, { flat: joined(begun), begun: begun[0] });
for (const [name, points] of Object.entries(fixed)) if (!points.length) delete fixed[name];

// ---- at a strength

export function marks({ lam }) {
  const w = weightsAt(lam), sizes = pullsAt(lam).map(abs), points = { ...still.points, ...fixed }, labels = {};
  const split = (some, at) => keptAndGone(some.map(at), some.map((j) => w[j]));
  for (const [axis, span] of Object.entries(heights)) {
    const x = placeOf(axis, lam), [dots, holes] = split(axis === "close" ? [drop.feature] : own, (j) => [x, w[j]]);
    Object.assign(points, { [`now-${axis}`]: span.map((y) => [x, y]), [`dots-${axis}`]: dots, [`holes-${axis}`]: holes });
    labels[`now-${axis}`] = { value: lam };
  }
  const [tied, loose] = split(longest, (j) => [sizes[j], named - longest.indexOf(j)]);
  Object.assign(points, {
    "now-ties": [[0 - lam, 0], [0 - lam, top]], "grip-ties": [[0 - lam, lam]], tied, loose, press: [[lam, 0.5], [lam, named + 0.5]],
  });
  return { points, says: says(lam, w, sizes), names: { ...still.names, ...labels } };
}

// ---- what is true

const largest = (values) => values.indexOf(max(...values));

function says(lam, w, sizes) {
  const isWhole = n === names.length, ratio = three(placeOf("ratio", lam));
  const tied = isWhole ? w.filter((each) => each !== 0).length : degrees[knots.findIndex((knot) => knot <= lam) - 1] ?? 0;
  const next = largest(sizes.map((size, j) => (w[j] === 0 ? size : -1)));
  const kind = { [isWhole ? 1 : -1]: "one", [n]: n > 1 ? "all" : "alone", 0: "none" }[tied] ?? (isWhole ? "some" : "many");
  const told = { lam, tied, n, ...(tied === 1 && { one: names[largest(w.map(abs))] }), ...(isWhole && tied < n && { next: names[next], pull: three(sizes[next]) }) };
  const found = { ties: [`claim.ties.${kind}`, told], come: ["claim.come", { ratio, sign: equals(ratio), df: tied }] };
  return drop ? { ...found, drop: dropped(lam, w[drop.feature]) } : found;
}

function dropped(lam, weight) {
  const { entered, left, told } = drop, kind = weight === 0 ? (lam >= entered ? "before" : "out") : lam > left ? "in" : "back";
  return [`claim.drop.${kind}`, { weight: three(weight), ...told }];
}
