// The lasso's path between its knots, against four axes: the twin of lessons/lasso_path.py.

import { gap, joined, over } from "./lines.js";
import { abs, log10, max, min } from "./numbers.js";
import { onPath } from "./on_path.js";
import { page } from "./runtime.js";
import { equals } from "./said.js";
import { still } from "./still.js";
import { three } from "./strengths.js";

const { knots, weights, pulls, named, names, top, low, heights, drop, told, n, degrees } = page.numbers;
const BENT = 8, BEYOND = 1.1, MOST_KNOTS = 40;
const features = names.map((_, j) => j), own = (j) => j < named, plain = features.filter((j) => j !== drop);
const longest = features.filter(own).sort((i, j) => abs(pulls[0][j]) - abs(pulls[0][i]));
const weightsAt = (lam) => onPath(knots, weights, lam), pullsAt = (lam) => onPath(knots, pulls, lam).map(abs);

// ---- the axes

const ratios = page.numbers.ratios.map((ratio) => [ratio]), ratioAt = (lam) => onPath(knots, ratios, lam)[0];
const PLACES = {
  lambda: (lam) => 0 - lam,
  log: (lam) => 0 - log10(lam),
  ratio: ratioAt, close: ratioAt,
  df: (lam) => {
    const passed = [BEYOND * knots[0], ...knots], at = min(lam, passed[0]);
    const next = max(1, passed.findIndex((knot) => knot <= at));
    return next - 2 + (passed[next - 1] - at) / (passed[next - 1] - passed[next]);
  },
};
const seen = [top, ...knots.filter((knot) => knot > low), low];
const bent = [...seen.slice(1).flatMap((end, k) => Array.from({ length: BENT }, (_, i) => seen[k] * (end / seen[k]) ** (i / BENT))), low];

// ---- what no strength changes

const fixed = {}, kinds = { rest: plain.filter((j) => !own(j)), path: plain.filter(own), drop: drop === null ? [] : [drop] };
for (const axis of Object.keys(heights)) {
  const lams = axis === "log" ? bent : [top, ...knots], x = lams.map(PLACES[axis]), all = lams.map(weightsAt);
  const passed = knots.filter((knot) => knot >= lams.at(-1)).map(PLACES[axis]);
  if (passed.length <= MOST_KNOTS) fixed[`knots-${axis}`] = joined(passed.map((at) => heights[axis].map((y) => [at, y])));
  for (const [kind, some] of Object.entries(kinds)) fixed[`${kind}-${axis}`] = joined(some.map((j) => over(x, all.map((each) => each[j]))));
}

// Sizes over falling lambda, with a vertex where what is linear between passes 0.
function turned(j) {
  const lams = [top, ...knots], values = lams.map((lam) => onPath(knots, pulls, lam)[j]);
  return lams.flatMap((lam, k) => {
    const here = [0 - lam, abs(values[k])], next = values[k + 1];
    if (!(values[k] * next < 0)) return [here];
    const share = values[k] / (values[k] - next);
    return [here, [0 - (lam + share * (lams[k + 1] - lam)), 0]];
  });
}
for (const [kind, some] of Object.entries(kinds)) fixed[`pull-${kind}`] = joined(some.map(turned));
const begun = features.filter(own).map((j) => turned(j).slice(0, 2));
fixed.flat = joined(begun);
[fixed.begun] = begun;
for (const [name, points] of Object.entries(fixed)) if (!points.length) delete fixed[name];

// ---- at a strength

export function marks({ lam }) {
  const w = weightsAt(lam), sizes = pullsAt(lam), isTied = (j) => w[j] !== 0, points = { ...still.points, ...fixed }, labels = {};
  // Points of some features that are there where their weights are not 0, or are.
  const some = (of, at, wanted) => of.map((j) => (isTied(j) === wanted ? at(j) : gap));
  const every = features.filter(own), bar = (j) => [sizes[j], named - longest.indexOf(j)];
  for (const [axis, ends] of Object.entries(heights)) {
    const x = PLACES[axis](lam), of = axis === "close" ? [drop] : every, dot = (j) => [x, w[j]];
    Object.assign(points, { [`now-${axis}`]: ends.map((y) => [x, y]), [`dots-${axis}`]: some(of, dot, true), [`holes-${axis}`]: some(of, dot, false) });
    labels[`now-${axis}`] = { value: lam };
  }
  Object.assign(points, {
    "now-ties": [[0 - lam, 0], [0 - lam, top]], "grip-ties": [[0 - lam, lam]],
    tied: some(longest, bar, true), loose: some(longest, bar, false), press: [[lam, 0.5], [lam, named + 0.5]],
  });
  return { points, says: says(lam, w, sizes), names: { ...still.names, ...labels } };
}

// ---- what is true

function says(lam, w, sizes) {
  const isWhole = n === names.length, ratio = three(ratioAt(lam));
  const tied = isWhole ? w.filter((each) => each !== 0).length : degrees[knots.findIndex((knot) => knot <= lam) - 1] ?? 0;
  const largest = (values) => values.indexOf(max(...values));
  const next = largest(sizes.map((size, j) => (w[j] === 0 ? size : -1)));
  const kind = { [isWhole ? 1 : -1]: "one", [n]: n > 1 ? "all" : "alone", 0: "none" }[tied] ?? (isWhole ? "some" : "many");
  return {
    ties: [`claim.ties.${kind}`, { lam, tied, n, ...(tied === 1 && { one: names[largest(w.map(abs))] }), ...(isWhole && tied < n && { next: names[next], pull: three(sizes[next]) }) }],
    come: ["claim.come", { ratio, sign: equals(ratio), df: tied }],
    ...(drop !== null && { drop: [`claim.drop.${state(lam, w[drop])}`, { weight: three(w[drop]), ...told }] }),
  };
}

function state(lam, weight) {
  const [entered, left] = page.numbers.turns;
  if (weight === 0) return lam >= entered ? "before" : "out";
  return lam > left ? "in" : "back";
}
