// One weight and one bowl: what the pages of L1 and of L2 share.
//
// L(w) = curvature / 2 * (w - center)^2, with lam |w| or lam w^2 added.

import { abs, max, min } from "./numbers.js";
import { chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { aria, evenly, label, start } from "./runtime.js";
import { along, tenfold } from "./scales.js";

const EPS = 2 ** -52;
const PENALTY = { l1: (w) => abs(w), l2: (w) => w * w };
const SHAPES = { l1: "diamond", l2: "circle" };
const STRENGTHS = [...evenly(0, 4, 0.01), ...evenly(4.1, 10, 0.1), ...evenly(11, 100, 1)];
// Fewer to play through: the sweep should take seconds.
const PLAYED = [...evenly(0, 4, 0.05), ...evenly(4.25, 10, 0.25), ...evenly(12, 100, 2)];

// The minimizer in closed form; exactly 0 where L1 holds the weight there.
export function minimizer(name, { curvature, center, lam }) {
  const slope = curvature * center;
  if (lam === 0) return center;
  if (name === "l2") return slope / (curvature + 2 * lam);
  if (abs(slope) - lam <= 8 * EPS * abs(slope)) return 0;
  return (slope - lam * Math.sign(slope)) / curvature;
}

export function play(own) {
  const other = own === "l1" ? "l2" : "l1";
  const lossAt = ({ curvature, center }, w) => 0.5 * curvature * (w - center) ** 2;
  const total = (values, name, w) => lossAt(values, w) + values.lam * PENALTY[name](w);

  function compute(values) {
    const view = { slope: -values.curvature * values.center, weights: {}, minima: {} };
    for (const name of ["l1", "l2"]) {
      view.weights[name] = minimizer(name, values);
      view.minima[name] = total(values, name, view.weights[name]);
    }
    view.atZero = lossAt(values, 0);
    return view;
  }

  // Where a curve is drawn: 0 is among the points, so that a bend there is a vertex.
  const grid = (left, right, n = 160) =>
    [...new Set([...Array.from({ length: n + 1 }, (_, i) => left + ((right - left) * i) / n), 0])]
      .filter((w) => w >= left && w <= right).sort((a, b) => a - b);

  function draw(view, { curve, close }, values) {
    drawCurve(view, curve, values);
    drawClose(view, close, values);
    const w = view.weights[own], what = { w: shown(w, 3), lam: exact(values.lam) };
    const kind = w === 0 ? "zero" : values.lam === 0 ? "free" : "moved";
    const [left, right] = own === "l1" ? [view.slope - values.lam, view.slope + values.lam] : [view.slope, view.slope];
    return {
      readout: [
        [`heading.${kind}`, what, `heading ${own}`],
        [`why.${kind}`, { ...what, left: shown(left), right: shown(right), slope: shown(view.slope) }],
        ...(values.compare ? [[`other.${view.weights[other] === 0 ? "zero" : "moved"}`, { w: shown(view.weights[other], 3) }, `toned ${other}`]] : []),
      ],
      aria: aria(`says.${kind}`, what),
    };
  }

  let limits = null;

  function drawCurve(view, panel, values) {
    if (!limits || !panel.dragged) {
      const size = abs(values.center), sign = Math.sign(values.center);
      const reach = [-sign * size, sign * 1.6 * size].sort((a, b) => a - b);
      limits = [reach, [-0.12 * view.atZero, 2.4 * view.atZero]];
    }
    panel.frame(...limits);
    chartAxes(panel, [label("w"), label("value")]);
    const points = grid(...limits[0], 240), top = limits[1][1];
    panel.line("zero", [[0, limits[1][0]], [0, top]], "axis", { avoid: 0.5 });
    panel.line("loss", points.map((w) => [w, lossAt(values, w)]), "loss");
    if (values.compare) {
      panel.line("other", points.map((w) => [w, total(values, other, w)]), `${other} dashed`);
    }
    const curve = points.map((w) => [w, total(values, own, w)]);
    // Without a penalty both are one curve, and it is the loss.
    if (values.lam) panel.line("total", curve, "ink sharp");
    const at = (name) => [view.weights[name], view.minima[name]];
    if (view.minima[own] < top) panel.line("drop", [at(own), [view.weights[own], limits[1][0]]], `${own} dotted`, { avoid: 0.5 });
    if (values.compare && view.minima[other] < top) panel.dot("other least", at(other), other, SHAPES[other], 6);
    panel.dot("center", [values.center, 0], "loss", "cross", 6);
    panel.dot("least", at(own), own, SHAPES[own], 8);
    panel.label("center", label("center", { w: exact(values.center) }), [[values.center, 0]], "loss", { gap: 11 });
    panel.label("least", label(view.weights[own] === 0 ? "zero" : "least", { w: shown(view.weights[own], 3) }), [at(own)], `${own} strong`, { gap: 13 });
    nameCurve(panel, "loss", points.map((w) => [w, lossAt(values, w)]), "loss", top);
    if (values.lam) nameCurve(panel, "total", curve, "ink", top);
    panel.grip("center", [values.center, 0], (w) => {
      const near = Number(w.toFixed(2));
      window.regviz.set({ center: abs(near) < 0.05 ? 0.05 * (Math.sign(values.center) || 1) : near });
    });
  }

  // A curve's name stands where the curve is seen, away from its low.
  function nameCurve(panel, name, points, look, top) {
    const seen = points.filter(([, y]) => y < 0.92 * top);
    panel.label(name, label(name), seen.filter((_, i) => i % 12 === 0).reverse(), look, { gap: 8 });
  }

  function drawClose(view, panel, values) {
    const reach = values.zoom, points = grid(-reach, reach, 120);
    const curves = [own, ...(values.compare ? [other] : [])];
    // The other penalty's curve may leave the picture: this page's own is looked at.
    const heights = points.map((w) => total(values, own, w)).concat(curves.map((name) => view.minima[name]));
    const [low, high] = [min(...heights), max(...heights)], air = 0.18 * (high - low) || 1e-12;
    panel.frame([-reach, reach], [low - air, high + air]);
    chartAxes(panel, [label("close"), label("value")]);
    panel.line("zero", [[0, low - air], [0, high + air]], "axis", { avoid: 0.5 });
    panel.line("loss", points.map((w) => [w, lossAt(values, w)]), "loss");
    for (const name of curves) {
      panel.line(`total ${name}`, points.map((w) => [w, total(values, name, w)]), name === own ? "ink sharp" : `${other} dashed`);
    }
    for (const name of [...curves].reverse()) {
      const w = view.weights[name];
      if (abs(w) > reach) continue;
      panel.dot(`least ${name}`, [w, view.minima[name]], name, SHAPES[name], 7);
      panel.label(`least ${name}`, label(w === 0 ? "zero" : "least", { w: shown(w, 3) }), [[w, view.minima[name]]], `${name} strong`, { gap: 12 });
    }
  }

  start({
    panels: { curve: { ratio: 0.58 }, close: { ratio: 0.42 } },
    extra: { zoom: own === "l1" ? 0.2 : 0.05, compare: false },
    bounds: { zoom: { low: 0.001, high: 2 } },
    knobs: [
      { title: "penalty", knobs: [{ name: "lam", values: STRENGTHS }, { name: "compare", toggle: true }] },
      { title: "loss", knobs: [
        { name: "center", values: evenly(-3, 3, 0.05) },
        { name: "curvature", values: evenly(0.1, 10, 0.1) },
      ] },
      { title: "view", knobs: [{ name: "zoom", values: tenfold(0.001, 2, 12) }] },
    ],
    // A loss that is least at 0 has no weight to shrink.
    settle: (values) => (values.center === 0 ? { ...values, center: 0.05 } : values),
    play: { rate: 20, next: along("lam", PLAYED), first: { lam: 0 } },
    compute, draw,
  });
}
