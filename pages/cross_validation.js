// Errors on rows held out, and what is chosen by them: the twin of lessons/cross_validation.py.

import { mean } from "./fits.js";
import { below, capped, filled, gap, over, there, upTo } from "./lines.js";
import { counted, max, min, sqrt } from "./numbers.js";
import { nearest, page } from "./runtime.js";
import { three } from "./said.js";
import { still } from "./still.js";

const { n, lambdas, x, unit, kept, chosen, ends, view: [left, right, bottom, cut], choices } = page.numbers, NEARLY = 0.1;

// Errors come as what each adds to the one before it, which is shorter.
function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step) / unit);
}

// By split: each fold's errors, their mean and its standard error.
const splits = page.numbers.changes.map((changes) => {
  const every = changes.map(summed), columns = x.map((_, i) => every.map((curve) => curve[i]));
  const means = columns.map(mean), many = every.length;
  const spread = columns.map((column, i) => sqrt(column.reduce((sum, error) => sum + (error - means[i]) ** 2, 0) / (many - 1)) / sqrt(many));
  return { every, means, spread };
});
const K = splits[0].every.length, parts = counted(K);

// Where a split's choice stands, if it has one.
const place = (name, s) => (chosen[name][s] === null ? gap : [x[chosen[name][s]], splits[s].means[chosen[name][s]]]);
const each = (name) => splits.map((_, s) => place(name, s));

function ofErrors(s, now) {
  const [first] = splits, { every, means, spread } = splits[s], curve = (errors) => capped(over(x, errors), cut), dot = (errors) => [x[now], errors[now]];
  const low = filled(capped(x.map((at, i) => [at, means[i] - spread[i]]), cut));
  const upright = ([at]) => [bottom, cut].map((level) => (Number.isNaN(at) ? gap : [at, level]));
  const least = place("least", s), rule = place("rule", s), high = least[1] + spread[chosen.least[s] ?? 0];
  return {
    band: [...low.map(([at], i) => [at, max(min(means[i] + spread[i], cut), bottom)]), ...low.map(([at, y]) => [at, max(y, bottom)]).reverse()], mean: curve(means), least: [least], rule: [rule], leasts: upTo(each("least"), s), rules: upTo(each("rule"), s),
    ...Object.fromEntries(every.map((errors, k) => [`fold-${k + 1}`, curve(errors)])),
    first: upTo(curve(first.every[0]), now), "so-far": upTo(curve(first.means), now), "first-now": below([dot(first.every[0])], cut),
    bar: [-1, 1].map((way) => [x[now], min(first.means[now] + way * first.spread[now], cut)]),
    level: Number.isNaN(high) ? [gap, gap] : [[left, high], [right, high]], se: [least, [least[0], high]],
    "drop-least": upright(least), "drop-rule": upright(rule), now: [[x[now], bottom], [x[now], cut]],
    dots: below(every.map(dot), cut), error: below([dot(means)], cut),
  };
}

// The parts that each fit sees, and the one held out, up to a fit.
function held(fold) {
  const cells = parts.flatMap((part) => parts.map((fit) => [part + 1, K - fit])), isOut = ([part, up]) => part === K + 1 - up;
  const those = (wanted) => there(cells, (i) => K + 1 - cells[i][1] <= fold && isOut(cells[i]) === wanted);
  return { fitted: those(false), out: those(true) };
}

export function marks({ lam, split = 1, fold = 1 }) {
  const s = split - 1, now = nearest(lambdas, lam), error = splits[s].means[now], [least, tolerated] = ends[s];
  const verdict = error <= least + NEARLY * (tolerated - least) ? "least" : error <= tolerated ? "within" : "over";
  return {
    points: { ...still.points, ...held(fold), ...ofErrors(s, now) },
    says: {
      ...still.says, verdict: [`claim.verdict.${verdict}`, {}], choice: choices[s],
      error: ["claim.error", { lam: lambdas[now], n, error: three(error), se: three(splits[s].spread[now]), kept: kept[now] }],
    },
  };
}

// Only the strengths that came with the page have errors.
marks.stops = ["lam"];
