// The lasso's path between its knots, against four axes: the twin of lessons/lasso_path.py.

import { gap, joined, over, there } from "./lines.js";
import { abs, log10, max, min } from "./numbers.js";
import { onPath } from "./on_path.js";
import { page } from "./runtime.js";
import { equals } from "./said.js";
import { rounded } from "./scales.js";
import { still } from "./still.js";
import { three } from "./strengths.js";

const { knots, weights, pulls, named, names, top, low, heights, drop, told, close, n, degrees } = page.numbers;
const AXES = ["lambda", "log", "ratio", "df"], BENT = 8, BEYOND = 1.1, MOST_KNOTS = 40;
const features = names.map((_, j) => j), own = (j) => j < named, plain = features.filter((j) => j !== drop);
const weightsAt = (lam) => onPath(knots, weights, lam), pullsAt = (lam) => onPath(knots, pulls, lam).map(abs);

// ---- the axes

const ratios = page.numbers.ratios.map((ratio) => [ratio]), ratioAt = (lam) => onPath(knots, ratios, lam)[0];
const PLACES = {
  lambda: (lam) => 0 - lam,
  log: (lam) => 0 - log10(lam),
  ratio: ratioAt,
  df: (lam) => {
    const passed = [BEYOND * knots[0], ...knots], at = min(lam, passed[0]);
    const next = max(1, passed.findIndex((knot) => knot <= at));
    return next - 2 + (passed[next - 1] - at) / (passed[next - 1] - passed[next]);
  },
};
const seen = [top, ...knots.filter((knot) => knot > low), low];
const bent = [...seen.slice(1).flatMap((end, k) => Array.from({ length: BENT }, (_, i) => seen[k] * (end / seen[k]) ** (i / BENT))), low];

// ---- what no strength changes

const fixed = {};
for (const axis of AXES) {
  const lams = axis === "log" ? bent : [top, ...knots], x = lams.map(PLACES[axis]), all = lams.map(weightsAt);
  const line = (j) => over(x, all.map((each) => each[j])), ends = [x[0], x.at(-1)];
  const passed = knots.filter((knot) => knot >= lams.at(-1)).map(PLACES[axis]);
  fixed[`zero-${axis}`] = ends.map((at) => [at, 0]);
  if (passed.length <= MOST_KNOTS) fixed[`knots-${axis}`] = joined(passed.map((at) => heights.map((y) => [at, y])));
  fixed[`path-${axis}`] = joined(plain.filter(own).map(line));
  fixed[`rest-${axis}`] = joined(plain.filter((j) => !own(j)).map(line));
  if (drop !== null) fixed[`drop-${axis}`] = line(drop);
}

if (drop !== null) fixed.near = fixed["drop-ratio"];

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
const lines = (some) => some.flatMap((j) => [...turned(j), gap]);
Object.assign(fixed, { begun: turned(0).slice(0, 2), pulls: lines(plain.filter(own)), "pulls-rest": lines(plain.filter((j) => !own(j))), ...(drop !== null && { "pull-drop": turned(drop) }) });
for (const [name, points] of Object.entries(fixed)) if (!points.length) delete fixed[name];

// ---- at a strength

const { limits } = page.picture.panels.find(({ name }) => name === "paths-ratio");
function window(closer) {
  if (!close) return {};
  const ratio = (close[1] - close[0]) / (limits[1] - limits[0]), share = (1 - ratio ** closer) / (1 - ratio);
  const [left, right, ...ends] = limits.map((far, i) => far + share * (close[i] - far));
  return { limits: { "paths-ratio": [left, right, ...ends] }, ticks: { "paths-ratio": [rounded(left, min(right, 1)), rounded(...ends)] } };
}

export function marks({ lam, closer = 0 }) {
  const w = weightsAt(lam), sizes = pullsAt(lam), points = { ...still.points, ...fixed }, isTied = (j) => w[j] !== 0, isLoose = (j) => w[j] === 0;
  const every = features.filter(own);
  for (const axis of AXES) {
    const x = PLACES[axis](lam), dots = every.map((j) => [x, w[j]]);
    Object.assign(points, { [`now-${axis}`]: heights.map((y) => [x, y]), [`dots-${axis}`]: there(dots, isTied), [`holes-${axis}`]: there(dots, isLoose) });
  }
  const ends = every.map((j) => [sizes[j], named - j]);
  Object.assign(points, {
    "now-ties": [[0 - lam, 0], [0 - lam, top]], "grip-ties": [[0 - lam, lam]],
    tied: there(ends, isTied), loose: there(ends, isLoose), press: [[lam, 0.5], [lam, named + 0.5]],
  });
  const labels = Object.fromEntries(AXES.map((axis) => [`now-${axis}`, { value: lam }]));
  return { points, says: says(lam, w, sizes), names: { ...still.names, ...labels }, ...window(closer) };
}

// ---- what is true

function says(lam, w, sizes) {
  const isWhole = n === names.length, ratio = three(ratioAt(lam));
  const tied = isWhole ? w.filter((each) => each !== 0).length : degrees[knots.findIndex((knot) => knot <= lam) - 1] ?? 0;
  const largest = (values) => values.indexOf(max(...values));
  const next = largest(sizes.map((size, j) => (w[j] === 0 ? size : -1)));
  const kind = { [isWhole ? 1 : -1]: "one", [n]: "all", 0: "none" }[tied] ?? (isWhole ? "some" : "many");
  return {
    ties: [`claim.ties.${kind}`, { lam, tied, n, one: names[largest(w.map(abs))], ...(isWhole && tied < n && { next: names[next], pull: three(sizes[next]) }) }],
    come: ["claim.come", { ratio, sign: equals(ratio), df: tied }],
    ...(drop !== null && { drop: [`claim.drop.${state(lam, w[drop])}`, { weight: three(w[drop]), sign: equals(three(w[drop])), ...told }] }),
  };
}

function state(lam, weight) {
  const [entered, left] = page.numbers.turns;
  if (weight === 0) return lam >= entered ? "before" : "out";
  return lam > left ? "in" : "back";
}
