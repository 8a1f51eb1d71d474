// Which features survive: drag lambda across both paths.

import { floor, log10, max, min } from "./numbers.js";
import { bottomAxis, chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { page, aria, label, start } from "./runtime.js";
import { tenfold } from "./scales.js";
import { onPath } from "./fits.js";

const { features, called, knots, knot_weights: knotWeights, spectrum, directions, projections, drawn, folds, chosen } = page.numbers;
const many = features.length, largest = knots[0];

// ---- what there is to see

// (X'X / n + 2 lam I) w = X'y / n along the eigenvectors of X'X, which come with the page.
function ridgeAt(lam) {
  const parts = projections.map((part, k) => (part === 0 ? 0 : part / (spectrum[k] + 2 * lam)));
  return features.map((_, j) => parts.reduce((sum, part, k) => sum + directions[k][j] * part, 0));
}

function compute({ lam }) {
  const weights = { l1: onPath(knots, knotWeights, lam), l2: ridgeAt(lam) };
  return { weights, zeros: { l1: zerosOf(weights.l1), l2: zerosOf(weights.l2) } };
}

const zerosOf = (weights) => weights.filter((w) => w === 0).length;

// ---- the picture

const top = 2 * largest, bottom = top / 1000;
const strengths = [...new Set([...Array.from({ length: 181 }, (_, i) => bottom * 1000 ** (i / 180)), ...knots.filter((knot) => knot > bottom)])].sort((a, b) => a - b);
const paths = { l1: strengths.map((lam) => onPath(knots, knotWeights, lam)), l2: strengths.map(ridgeAt) };
// Not max(...all): a wide file has more weights than a call takes arguments.
const extent = (outermost) => outermost(0, ...paths.l1.concat(paths.l2).map((weights) => outermost(...weights)));
// Each feature's curve, made once: what stays the same array is not worked out again.
const curveOf = (name) => features.map((_, j) => strengths.map((lam, i) => [lam, paths[name][i][j]]));
const curves = { l1: curveOf("l1"), l2: curveOf("l2") };
const span = [extent(min), extent(max)], air = 0.08 * (span[1] - span[0]) || 1;
const limits = [span[0] - air, span[1] + air];

function draw(view, panels, values) {
  for (const name of ["l1", "l2"]) drawPath(panels[name], name, view, values);
  drawBars(panels.bars, view);
  return {
    readout: [
      ["l1", { zeros: view.zeros.l1, many }, "heading l1"],
      ["l2", { zeros: view.zeros.l2, many }, "heading l2"],
      [values.lam >= largest ? "all" : "lam", { lam: exact(values.lam), largest: shown(largest, 4), target: page.values.target }, "foot"],
      ...(drawn.length < many ? [["drawn", { drawn: drawn.length, many }, "foot"]] : []),
      ...["l1", "l2"].map((name) => [`choice.${name}.${chosen[name].kind}`, { folds, least: exact(chosen[name].least), rule: exact(chosen[name].rule) }, "foot"]),
    ],
    aria: aria("says", { zeros: view.zeros.l1, other: view.zeros.l2, many }),
  };
}

function drawPath(panel, name, view, { lam }) {
  panel.frame([bottom, top], limits, { log: true });
  chartAxes(panel, [label("lam"), label(`path.${name}`)]);
  const at = min(max(lam, bottom), top);
  panel.line("now", [[at, limits[0]], [at, limits[1]]], "ink fine", { avoid: 1 });
  drawn.forEach((feature, rank) => {
    panel.line(`curve ${feature}`, curves[name][feature], `${name} ${rank < 5 ? "fine" : "thin"}`, { avoid: 0.5 });
    panel.dot(`dot ${feature}`, [at, view.weights[name][feature]], `${view.weights[name][feature] === 0 ? "ring " : ""}${name}`, name === "l1" ? "diamond" : "circle", 4);
  });
  for (const feature of drawn.slice(0, 6)) {
    const points = curves[name][feature];
    panel.label(`curve ${feature}`, [[called[feature], ""]], [points[4], points[30], points[60]], `${name} small`, { gap: 5, spared: true });
  }
  panel.grip("lam", [at, 0], (x) => window.regviz.set({ lam: Number(x.toPrecision(3)) }), { upright: true });
}

// A row for each feature: L1's bar above L2's, and a ring where a weight is exactly 0.
function drawBars(panel, view) {
  panel.frame(limits, [0, drawn.length]);
  panel.line("zero", [[0, 0], [0, drawn.length]], "axis", { avoid: 0 });
  drawn.forEach((feature, rank) => {
    const y = drawn.length - rank - 0.5;
    for (const [name, up] of [["l1", 0.17], ["l2", -0.17]]) {
      const w = view.weights[name][feature], mark = `${name} ${feature}`;
      const edge = [[0, y + up + 0.15], [w, y + up + 0.15], [w, y + up - 0.15], [0, y + up - 0.15]];
      panel.area(`bar ${mark}`, edge, `bar ${name}`);
      if (w === 0) panel.dot(`none ${mark}`, [0, y + up], `ring ${name}`, name === "l1" ? "diamond" : "circle", 3.6);
    }
    const alive = view.weights.l1[feature] !== 0;
    panel.write(`name ${feature}`, [[called[feature], ""]], panel.box.left - 8, panel.y(y) + 5, "end", `label ${alive ? "ink" : "muted"}`);
  });
  bottomAxis(panel, label("weight"));
}

start({
  panels: { l1: { ratio: 0.66 }, l2: { ratio: 0.66 }, bars: { height: 24 * drawn.length + 70, left: 140 } },
  layout: "pair",
  knobs: [{ title: "penalty", knobs: [{ name: "lam", values: tenfold(10 ** floor(log10(bottom)), max(top, bottom * 2), 40, true) }] }],
  play: { rate: 24, next: ({ lam }) => (lam >= top ? null : { lam: Number((lam > bottom ? lam * 1.04 : bottom).toPrecision(3)) }), first: { lam: 0 } },
  compute, draw,
});
