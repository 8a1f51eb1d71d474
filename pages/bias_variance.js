// Bias against variance: refit to new samples, drag lambda, and find where the sum is least.

import { max, min } from "./numbers.js";
import { chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { page, aria, evenly, label, start } from "./runtime.js";
import { tenfold } from "./scales.js";
import { biasVariance, mean, powers, product, random, ridge, svd } from "./fits.js";

const { x_sample: rows, truth_sample: truth, noise, limits, feature, weakest } = page.numbers;
const STRENGTHS = tenfold(weakest, 10, 20), LEAST = 0.5 * weakest, MOST = 60, POINTS = 100;

// In the middle half of the rows' spread, where powers behave.
const middle = (max(...rows) + min(...rows)) / 2, half = (max(...rows) - min(...rows)) / 2;
const grid = Array.from({ length: POINTS + 1 }, (_, i) => rows[0] + ((2 * half) / POINTS) * i);

// The truth is a cubic, so that four of its points give it everywhere.
const chosen = [0, 1, 2, 3].map((part) => Math.round((part / 3) * (rows.length - 1)));
const truthGrid = grid.map((x) => chosen.reduce((sum, i) =>
  sum + chosen.reduce((part, k) => (k === i ? part : (part * (x - rows[k])) / (rows[i] - rows[k])), truth[i]), 0));

const scaled = (xs) => xs.map((x) => (x - middle) / half);

// ---- what there is to see

let known = null;

function prepared(degree, seed) {
  const key = `${degree} ${seed}`;
  if (known?.key === key) return known;
  const at = powers(scaled(rows), degree), columns = at(scaled(rows)), parts = svd(columns);
  const { normal } = random(seed), split = biasVariance(parts, truth, noise);
  const samples = Array.from({ length: MOST }, () => truth.map((y) => y + noise * normal()));
  const errors = [0, ...STRENGTHS].map((lam) => ({ lam, ...totals(split(lam)) }));
  known = {
    key, split, samples, errors,
    inGrid: at(scaled(grid)),
    solvers: samples.map((sample) => ridge(parts, sample.map((y) => y - mean(sample)))),
    best: errors.reduce((best, each) => (each.total < best.total ? each : best)),
  };
  return known;
}

const totals = ({ bias, variance }) => ({ bias, variance, total: bias + variance + noise ** 2 });

function compute({ lam, degree, seed, step }) {
  const { split, samples, inGrid, solvers, errors, best } = prepared(degree, seed);
  const curves = solvers.slice(0, step).map((solve, i) => {
    const middleOf = mean(samples[i]);
    return product(inGrid, solve(lam)).map((y) => y + middleOf);
  });
  return { ...totals(split(lam)), curves, samples, errors, best };
}

// ---- the picture

function draw(view, { fits, errors }, values) {
  drawFits(view, fits, values);
  drawErrors(view, errors, values);
  const kind = values.lam < view.best.lam / 1.6 ? "under" : values.lam > view.best.lam * 1.6 ? "over" : "best";
  const said = { bias: shown(view.bias, 4), variance: shown(view.variance, 4), noise: shown(noise ** 2, 3), total: shown(view.total, 4) };
  return {
    readout: [
      [`heading.${kind}`, {}, "heading"],
      ["bias", said, "toned l2"], ["variance", said, "toned loss"], ["total", said],
      // At the end of what was tried, the least is only the least of that.
      [view.best.lam === STRENGTHS.at(-1) ? "edge" : "lam", { lam: lamShown(values.lam), best: lamShown(view.best.lam), count: values.step }, "foot"],
    ],
    aria: aria("says", said),
  };
}

const lamShown = (lam) => (lam !== 0 && lam < 1e-3 ? shown(lam, 0) : exact(lam));

function drawFits(view, panel, { step }) {
  const [left, right, bottom, top] = limits;
  panel.frame([left, right], [bottom, top]);
  chartAxes(panel, [[[feature, ""]], label("target")]);
  const inside = (line) => grid.map((x, i) => [x, line[i]]);
  view.curves.forEach((curve, i) => panel.line(`fit ${i}`, inside(curve), i === step - 1 ? "l2 fine" : "l2 thin", { avoid: 0.02 }));
  if (step) view.samples[step - 1].forEach((y, i) => panel.dot(`point ${i}`, [rows[i], y], "muted quiet", "circle", 3));
  if (step > 1) {
    const average = grid.map((_, i) => mean(view.curves.map((curve) => curve[i])));
    panel.line("mean", inside(average), "ink", { avoid: 1 });
    panel.label("mean", label("mean"), inside(average).filter((_, i) => i % 12 === 6), "ink strong", { gap: 10 });
  }
  panel.line("truth", inside(truthGrid), "ink dashed", { avoid: 1 });
  panel.label("truth", label("truth"), inside(truthGrid).filter((_, i) => i % 12 === 6), "ink strong", { gap: 10 });
}

function drawErrors(view, panel, values) {
  const floor = noise ** 2, spread = view.errors.filter(({ lam }) => lam > 0);
  const top = 1.15 * min(max(...spread.map((each) => max(each.bias, each.variance, each.total - floor))), 8 * (view.best.total - floor));
  panel.frame([LEAST, 10], [0, top], { log: true });
  chartAxes(panel, [label("lam"), label("error")]);
  const at = max(values.lam, LEAST), now = { ...view, total: view.total - floor };
  panel.line("now", [[at, 0], [at, top]], "ink fine", { avoid: 1.5 });
  for (const [kind, look, shape] of [["bias", "l2", "circle"], ["variance", "loss", "square"], ["total", "ink", "diamond"]]) {
    const points = spread.map((each) => [each.lam, kind === "total" ? each.total - floor : each[kind]]);
    panel.line(kind, points, kind === "variance" ? `${look} dashed` : look);
    panel.label(kind, label(kind), points.filter(([, y], i) => i % 9 === 4 && y < 0.9 * top), `${look} strong`, { gap: 8 });
    panel.dot(`${kind} now`, [at, min(now[kind], top)], look, shape, 6);
  }
  panel.grip("lam", [at, 0], (x) => window.regviz.set({ lam: Number(x.toPrecision(2)) }), { upright: true });
}

start({
  panels: { fits: { ratio: 0.5 }, errors: { ratio: 0.42 } },
  bounds: { step: { low: 0, high: MOST, whole: true } },
  settle: (values) => ({ ...values, degree: min(values.degree, rows.length - 2) }),
  knobs: [
    { title: "penalty", knobs: [{ name: "lam", values: tenfold(weakest, 10, 20, true) }] },
    { title: "fit", knobs: [
      { name: "degree", values: evenly(3, min(12, rows.length - 2), 1) },
      { name: "step", values: evenly(0, MOST, 1) },
    ] },
  ],
  actions: { fresh: ({ seed }) => ({ seed: seed + 1 }) },
  first: { step: 30 },
  play: { rate: 6, last: () => MOST },
  compute, draw,
});
