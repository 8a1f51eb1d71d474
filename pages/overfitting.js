// Overfitting: move a point, drag lambda, and see the fit and both errors.

import { PI, max, min, sin } from "./numbers.js";
import { chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { page, aria, evenly, label, start } from "./runtime.js";
import { tenfold } from "./scales.js";
import { inner, lasso, mean, powers, product, random, ridge, svd } from "./fits.js";

const { x_train: xs, y_train: ys, weakest } = page.numbers;
const truth = (x) => sin(PI * x);
// The strengths and the grid that the exhibit measures errors at.
const STRENGTHS = tenfold(weakest, 10, 20), GRID = Array.from({ length: 401 }, (_, i) => (i - 200) / 200);
const TRUTH = GRID.map(truth), TRUE_LINE = GRID.map((x, i) => [x, TRUTH[i]]);
const LEAST = 0.5 * weakest;

// ---- what there is to see

// All that does not depend on lambda, kept while it stays.
let known = null;

function prepared(values) {
  const key = JSON.stringify([values.xs, values.ys, values.degree, values.penalty, values.noise]);
  if (known?.key === key) return known;
  const at = powers(values.xs, values.degree), columns = at(values.xs), middle = mean(values.ys);
  const centred = values.ys.map((y) => y - middle), grid = at(GRID);
  const solve = values.penalty === "l1" ? (lam, from) => lasso(columns, centred, lam, from) : ridge(svd(columns), centred);
  const measure = (weights) => ({
    weights,
    fit: product(grid, weights).map((y) => y + middle),
    train: mean(product(columns, weights).map((y, i) => (y - centred[i]) ** 2)),
  });
  known = { key, solve, measure, noise: values.noise };
  let weights;
  // From strong to weak, so that each lasso fit begins at the one before.
  known.errors = [...STRENGTHS].reverse().map((lam) => {
    weights = solve(lam, weights);
    return { lam, ...errorsOf(measure(weights), values.noise) };
  }).reverse();
  known.best = known.errors.reduce((best, each) => (each.test < best.test ? each : best)).lam;
  return known;
}

// The expected squared error on a new point, noise included, by the trapezoid rule.
function errorsOf({ fit, train }, noise) {
  const off = fit.map((y, i) => (y - TRUTH[i]) ** 2), last = off.length - 1;
  const sum = off.reduce((total, part) => total + part, 0) - (off[0] + off[last]) / 2;
  return { train, test: sum / last + noise ** 2 };
}

function compute(values) {
  const setting = prepared(values), found = setting.measure(setting.solve(values.lam));
  const size = found.weights.map(Math.abs);
  return {
    ...found,
    ...errorsOf(found, values.noise),
    norm: values.penalty === "l1" ? size.reduce((a, b) => a + b, 0) : Math.sqrt(inner(size, size)),
    zeros: found.weights.filter((w) => w === 0).length,
    errors: setting.errors,
    best: setting.best,
  };
}

// ---- the picture

function draw(view, { fit, errors }, values) {
  drawFit(view, fit, values);
  drawErrors(view, errors, values);
  return { readout: readout(view, values), aria: aria("says", { train: shown(view.train, 3), test: shown(view.test, 3) }) };
}

function drawFit(view, panel, values) {
  panel.frame([-1.08, 1.08], [-2.2, 2.2]);
  chartAxes(panel, [label("x"), label("y")]);
  const line = (of) => GRID.map((x, i) => [x, of[i]]);
  panel.line("truth", TRUE_LINE, "muted dashed");
  panel.line("fit", line(view.fit).filter(([, y]) => Math.abs(y) < 50), values.penalty);
  values.xs.forEach((x, i) => {
    const at = [x, min(max(values.ys[i], -2.2), 2.2)];
    panel.dot(`point ${i}`, at, "ink", "circle", 5.5);
    panel.grip(`point ${i}`, at, (...to) => move(values, i, to));
  });
  const spread = (points) => points.filter((_, i) => i % 20 === 10).filter(([, y]) => Math.abs(y) < 2);
  panel.label("fit", label("fit"), spread(line(view.fit)), `${values.penalty} strong`, { gap: 9 });
  panel.label("truth", label("truth"), spread(TRUE_LINE), "muted", { gap: 9, spared: true });
}

// Each point keeps to its own stretch, so that none meets another.
function move(values, i, [x, y]) {
  const near = values.xs.map((each, k) => (k === i ? Infinity : each)), gap = 0.02;
  const left = max(-1, ...near.filter((each) => each < values.xs[i]).map((each) => each + gap));
  const right = min(1, ...near.filter((each) => each > values.xs[i] && each < Infinity).map((each) => each - gap));
  const put = (list, value) => list.map((each, k) => (k === i ? Number(value.toFixed(2)) : each));
  const inside = min(max(x, left), right);
  window.regviz.set({ xs: inside >= left ? put(values.xs, inside) : values.xs, ys: put(values.ys, y) });
}

function drawErrors(view, panel, values) {
  const highest = max(0.4, 3 * values.noise ** 2, ...view.errors.map((each) => each.train));
  const top = min(highest, 1.2) * 1.1;
  panel.frame([LEAST, 10], [0, top], { log: true });
  chartAxes(panel, [label("lam"), label("error")]);
  const at = max(values.lam, LEAST);
  panel.line("noise", [[LEAST, values.noise ** 2], [10, values.noise ** 2]], "muted dotted");
  panel.label("noise", label("noise"), [[1e-6, values.noise ** 2], [1, values.noise ** 2]], "muted small", { gap: 6, spared: true });
  panel.line("now", [[at, 0], [at, top]], "ink fine", { avoid: 1.5 });
  for (const [kind, look] of [["train", "muted"], ["test", "ink"]]) {
    const points = view.errors.map((each) => [each.lam, each[kind]]);
    panel.line(kind, points, kind === "train" ? `${look} dashed` : look);
    panel.dot(`${kind} now`, [at, min(view[kind], top)], look, kind === "train" ? "square" : "circle", 6);
    panel.label(kind, label(kind), points.filter(([, y], i) => i % 13 === 7 && y < 0.95 * top), `${look} strong`, { gap: 8 });
  }
  panel.grip("lam", [at, 0], (x) => window.regviz.set({ lam: Number(x.toPrecision(2)) }), { upright: true });
}

// ---- the words

function readout(view, values) {
  const kind = values.lam === 0 ? "free" : values.lam < view.best / 1.5 ? "under" : values.lam > view.best * 1.5 ? "over" : "best";
  return [
    [`heading.${kind}`, {}, `heading ${values.penalty}`],
    ["errors", { train: shown(view.train, 3), test: shown(view.test, 3) }],
    [values.penalty === "l1" ? "weights.l1" : "weights.l2", { norm: shown(view.norm), zeros: view.zeros, many: view.weights.length }],
    // At the end of what was tried, the least is only the least of that.
    [view.best === STRENGTHS.at(-1) ? "edge" : "lam", { lam: lamShown(values.lam), best: lamShown(view.best) }, "foot"],
  ];
}

const lamShown = (lam) => (lam !== 0 && lam < 1e-3 ? shown(lam, 0) : exact(lam));

// ---- begin

function fresh({ seed_now: seed, xs: { length: many }, noise }) {
  const next = seed + 1, { even, normal } = random(next);
  const at = Array.from({ length: many }, (_, i) => Number((-1 + (2 * (i + 0.1 + 0.8 * even())) / many).toFixed(2)));
  return { seed_now: next, xs: at, ys: at.map((x) => Number((truth(x) + noise * normal()).toFixed(2))) };
}

start({
  panels: { fit: { ratio: 0.56 }, errors: { ratio: 0.42 } },
  extra: { xs, ys, seed_now: page.values.seed },
  bounds: { xs: { low: -1, high: 1 }, ys: { low: -5, high: 5 }, seed_now: page.knobs.seed, degree: { low: 1, high: min(15, xs.length - 1), whole: true } },
  knobs: [
    { title: "penalty", knobs: [
      { name: "penalty", options: ["l2", "l1"] },
      { name: "lam", values: tenfold(weakest, 10, 20, true) },
    ] },
    { title: "fit", knobs: [{ name: "degree", values: evenly(1, min(15, xs.length - 1), 1) }] },
  ],
  actions: { fresh },
  play: { rate: 20, next: ({ lam }) => (lam >= 10 ? null : { lam: Number((lam > 0 ? lam * 1.122 : weakest).toPrecision(2)) }), first: { lam: 0 } },
  compute, draw,
});
