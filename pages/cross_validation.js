// Errors on rows held out, and what is chosen by them: the twin of
// lessons/cross_validation_picture.py.

import { mean } from "./fits.js";
import { gap, joined, over, there, upTo } from "./lines.js";
import { max, min, sqrt } from "./numbers.js";
import { nearest, page } from "./runtime.js";
import { three } from "./strengths.js";

const { own, n, lambdas, x, unit, kept, chosen, ends, view, counts, rules, again, rows } = page.numbers;
const [[left, right, bottom], cut, row] = view, NEARLY = 0.1;

// By split: each fold's errors, their mean and its standard error.
const splits = page.numbers.errors.map((errors) => {
  const folds = errors.map((curve) => curve.map((error) => error / unit)), columns = x.map((_, i) => folds.map((curve) => curve[i]));
  const means = columns.map(mean), many = folds.length;
  const spread = columns.map((column, i) => sqrt(column.reduce((sum, error) => sum + (error - means[i]) ** 2, 0) / (many - 1)) / sqrt(many));
  return { folds, means, spread };
});
const K = splits[0].folds.length, parts = [...Array(K).keys()];

const below = (points) => there(points, (i) => points[i][1] <= cut);

// As far as it is below, with the point where it gets there.
const capped = (points) => points.map((point, i) => {
  const [x0, y0] = points[max(i - 1, 0)], [x1, y1] = point;
  if (y1 <= cut) return point;
  return y0 <= cut ? [x0 + ((cut - y0) / (y1 - y0)) * (x1 - x0), cut] : gap;
});

// Where a split's choice stands, if it has one.
const place = (name, s) => (chosen[name][s] === null ? gap : [x[chosen[name][s]], splits[s].means[chosen[name][s]]]);
const curves = splits.map(({ means }) => capped(over(x, means)));

function near(s, now) {
  const { folds, means, spread } = splits[s], edge = (way) => x.map((at, i) => [at, min(max(means[i] + way * spread[i], bottom), cut)]);
  const [least, rule] = [place(0, s), place(1, s)], high = least[1] + spread[chosen[0][s] ?? 0];
  const trail = (name) => splits.map((_, i) => (i <= s ? place(name, i) : gap));
  return {
    band: [...edge(1), ...edge(-1).reverse()], mean: curves[s], least: [least], rule: [rule],
    ...Object.fromEntries(folds.map((curve, k) => [`fold-${k + 1}`, capped(over(x, curve))])),
    means: joined(curves.map((curve, i) => (i < s ? curve : curve.map(() => gap)))), leasts: trail(0), rules: trail(1),
    level: Number.isNaN(high) ? [gap, gap] : [[left, high], [right, high]], se: [least, [least[0], high]],
    drop: [Number.isNaN(rule[0]) ? gap : [rule[0], bottom], rule],
    now: [[x[now], bottom], [x[now], cut]], "fold-dots": below(folds.map((curve) => [x[now], curve[now]])),
    error: below([[x[now], means[now]]]), kept: counts.map((at) => [x[at], own === "l1" ? row : NaN]),
  };
}

function far(now) {
  const [{ folds, means, spread }] = splits, average = over(x, means);
  return {
    ...Object.fromEntries(folds.map((curve, k) => [`part-${k + 1}`, over(x, curve)])),
    first: upTo(over(x, folds[0]), now), "first-now": [[x[now], folds[0][now]]], "so-far": upTo(average, now), whole: average,
    bar: [-1, 1].map((way) => [x[now], means[now] + way * spread[now]]), dots: folds.map((curve) => [x[now], curve[now]]), average: [average[now]],
  };
}

// The parts that each fit sees, and the one held out, up to a fit.
function held(fold) {
  const cells = parts.flatMap((part) => parts.map((fit) => [part + 1, K - fit])), isOut = ([part, up]) => part === K + 1 - up;
  const isTold = ([, up]) => K + 1 - up <= fold, those = (wanted) => there(cells, (i) => isTold(cells[i]) && isOut(cells[i]) === wanted);
  return { fitted: those(false), out: those(true) };
}

export function marks({ lam, split = 1, fold = 1 }) {
  const s = split - 1, now = nearest(lambdas, lam), error = splits[s].means[now], [least, tolerated] = ends[s];
  const verdict = error <= least + NEARLY * (tolerated - least) ? "least" : error <= tolerated ? "within" : "over";
  const said = ["claim.error", { lam, n, error: three(error), se: three(splits[s].spread[now]), kept: kept[now] }];
  return {
    points: { ...held(fold), ...far(now), ...near(s, now) },
    says: { verdict: [`claim.verdict.${verdict}`, {}], average: said, error: said, rule: rules[s], again, "foot-rows": rows },
  };
}

// Only the strengths that came with the page have errors.
marks.settle = (values) => ({ ...values, lam: lambdas[nearest(lambdas, values.lam)] });
