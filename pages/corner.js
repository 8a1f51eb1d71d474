// The corner: drag the optimum of the loss and see where the penalty makes descent stop.

import { abs, cos, floor, hypot, log10, max, min, sin, sqrt } from "./numbers.js";
import { shown, exact } from "./panel.js";
import { planeAxes } from "./plane_axes.js";
import { page, label, evenly, start } from "./runtime.js";
import {
  DESCENTS, MIXES, ball, constrained, contour, follow, gradient, length, level, minus, penalized,
  plus, residual, smoothness, solve, zones,
} from "./plane.js";

const given = page.values, fromData = Boolean(given.features);
const SHAPES = { l1: "diamond", l2: "circle", net: "square" };
const free = () => !fromData;

const mixOf = ({ penalty, ratio }) => MIXES[penalty] ?? { l1: ratio, l2: 1 - ratio };

function lossOf({ rho, curvature: [first, second], center }) {
  return { h: [first, rho * sqrt(first * second), second], c: center };
}

// ---- what there is to see

function compute(values) {
  const loss = lossOf(values), mix = mixOf(values), byLam = values.drive === "lam";
  const found = byLam
    ? { weights: penalized(loss, mix, values.lam), lam: values.lam }
    : constrained(loss, mix, values.budget);
  const { weights, lam } = found;
  const budget = byLam ? level(mix, weights) : values.budget;
  const step = values.step_size / smoothness(loss), from = { start: values.start, step };
  const method = lam === 0 ? "free" : values.method;
  return {
    loss, mix, weights, lam, budget,
    case: caseOf(values.penalty, lam, weights),
    residual: residual(loss, mix, lam, weights),
    path: follow(DESCENTS[method](loss, mix, { ...from, lam, budget }), weights),
    free: follow(DESCENTS.free(loss, mix, from), loss.c),
  };
}

function caseOf(penalty, lam, weights) {
  if (lam === 0) return "free";
  const zeros = weights.filter((w) => w === 0).length;
  return penalty === "l2" ? ["smooth", "axis", "axis"][zeros] : ["edge", "corner", "origin"][zeros];
}

// Where a walker has as good as arrived: the last steps are too small to be seen.
function arrival({ path, weights }) {
  const near = 2e-3 * length(minus(path[0], weights)) + 1e-12;
  const at = path.findIndex((w) => length(minus(w, weights)) <= near);
  return at < 0 ? path.length - 1 : at;
}

// ---- the picture

let limits = null;

// The limits stay while something is dragged and while what is shown still fits them well.
function fit(view, values, panel) {
  if (limits && panel.dragged) return limits;
  const reach = ball(view.mix, view.budget, 9);
  const points = [values.center, values.start, ...reach];
  const low = [0, 1].map((i) => min(...points.map((p) => p[i])));
  const high = [0, 1].map((i) => max(...points.map((p) => p[i])));
  const half = 0.6 * max(high[0] - low[0], high[1] - low[1], 0.5);
  const inside = limits && [0, 1].every((i) => low[i] > limits[i][0] && high[i] < limits[i][1]);
  if (inside && half > 0.42 * (limits[0][1] - limits[0][0]) / 1.2) return limits;
  limits = [0, 1].map((i) => [(low[i] + high[i]) / 2 - half, (low[i] + high[i]) / 2 + half]);
  return limits;
}

function draw(view, { plane }, values) {
  plane.frame(...fit(view, values, plane));
  const name = values.penalty, reach = (plane.limits.right - plane.limits.left) * 0.2;
  ground(view, plane, values, name);
  planeAxes(plane, axisNames());
  paths(view, plane, values);
  if (view.case !== "free") pull(view, plane, name, reach);
  marks(view, plane, values, name);
  return { readout: readout(view, values) };
}

function ground(view, plane, values, name) {
  const { loss, mix, budget, weights } = view;
  if (values.zone) {
    const { left, right, bottom, top } = plane.limits;
    const far = 4 * hypot(right - left, top - bottom) + 4 * length(values.center);
    const which = values.drive === "lam" ? { lam: values.lam } : { budget };
    zones(loss, mix, which, far).forEach((zone, i) => plane.area(`zone ${i}`, zone, `zone ${name}`));
  }
  if (budget > 0) {
    const region = ball(mix, budget);
    plane.area("region", region, `region ${name}`);
    plane.line("boundary", region, `${name} edge`, { avoid: 2 });
  }
  const unit = contour({ h: loss.h, c: [0, 0] }, [1 / sqrt(loss.h[0]), 0], 181);
  const size = (w) => { const e = minus(w, loss.c); return sqrt(e[0] * (loss.h[0] * e[0] + 2 * loss.h[1] * e[1]) + loss.h[2] * e[1] * e[1]); };
  const { left, right, bottom, top } = plane.limits;
  const furthest = max(...[[left, top], [left, bottom], [right, top], [right, bottom]].map(size));
  const through = size(weights), gap = furthest / 9;
  for (let i = 1; i <= 9; i++) {
    // Beside the one through the optimum it would look like a shadow.
    if (abs(i * gap - through) < 0.25 * gap) continue;
    plane.line(`contour ${i}`, unit.map((p) => plus(loss.c, p, i * gap)), "loss thin", { avoid: 0.2 });
  }
  if (view.case !== "free") {
    const curve = contour(loss, weights);
    plane.line("level", curve, "loss", { avoid: 2.5 });
    plane.level = curve;
  } else plane.level = null;
}

function paths(view, plane, values) {
  const { path } = view, walked = path.slice(0, values.step + 1);
  plane.line("free path", view.free, "muted dashed", { avoid: 1 });
  if (view.case === "free") return;
  plane.line("path", path, values.step ? "path faint" : "path", { avoid: 2 });
  if (values.step) {
    plane.line("walked", walked, "path", { avoid: 0 });
    plane.dot("walker", walked[walked.length - 1], "path", "circle", 5);
  } else headAlong(plane, path);
}

// An arrowhead in the middle of a path says which way it runs.
function headAlong(plane, path) {
  const drawn = plane.pixels(path), run = [0];
  for (let i = 1; i < drawn.length; i++) run.push(run[i - 1] + length(minus(drawn[i], drawn[i - 1])));
  const at = run.findIndex((far) => far >= 0.55 * run[run.length - 1]);
  if (at < 1 || run[run.length - 1] < 30) return;
  plane.arrow("path way", path[max(0, at - 1)], path[at], "path", { avoid: 0, head: true });
}

function pull({ loss, mix, weights, case: kind }, plane, name, reach) {
  const g = gradient(loss, weights).map((x) => -x), unit = g.map((x) => x / length(g));
  if (kind === "corner") plane.area("cone", cone(mix, weights, reach), `cone ${name}`);
  plane.arrow("pull", weights, plus(weights, unit, 0.8 * reach), name);
  plane.label("pull", label("pull"), [plus(weights, unit, 0.8 * reach), plus(weights, unit, 0.5 * reach)], name, { spared: true });
}

// All directions that the corner holds back.
function cone(mix, weights, reach) {
  const axis = weights[0] === 0 ? 1 : 0, w = weights[axis];
  const along = Math.sign(w) * (mix.l1 + 2 * mix.l2 * abs(w));
  const widest = Math.atan2(mix.l1, abs(along)), points = [weights];
  for (let i = -12; i <= 12; i++) {
    const angle = (i / 12) * widest, step = [cos(angle) * Math.sign(w), sin(angle)];
    points.push(plus(weights, axis === 0 ? step : [step[1], step[0]], reach));
  }
  return points;
}

function marks(view, plane, values, name) {
  const { weights, budget } = view, [first, second] = values.center.map((x) => shown(x));
  plane.dot("start", values.start, "hollow", "square", 5);
  plane.dot("center", values.center, "loss", "cross", 6);
  plane.dot("optimum", weights, name, SHAPES[name], 7);
  plane.label("center", label("center", { first, second }), [values.center], "loss", { gap: 11 });
  plane.label("optimum", label(`optimum.${name}`), [weights], `${name} strong`, { gap: 11 });
  plane.label("start", label("start"), [values.start], "ink");
  if (view.case === "corner") plane.label("cone", label("cone"), cone(view.mix, weights, 0.2 * (plane.limits.right - plane.limits.left)).slice(1), name, { spared: true });
  if (budget > 0) plane.label("ball", label(`ball.${name}`, { budget: budgetShown(view, values) }), ball(view.mix, budget, 33), name, { spared: true });
  if (plane.level) plane.label("level", label("level"), plane.level.filter((_, i) => i % 12 === 0), "loss small", { spared: true });
  if (free()) plane.grip("center", values.center, (...at) => drag("center", at, plane));
  plane.grip("start", values.start, (...at) => drag("start", at, plane));
}

// To a hundredth of the plane's width: no finger is steadier.
function drag(name, at, plane) {
  const digits = max(0, 2 - floor(log10(plane.limits.right - plane.limits.left)));
  window.regviz.set({ [name]: at.map((x) => Number(x.toFixed(digits))), step: 0 });
}

function axisNames() {
  if (!fromData) return [label("w1"), label("w2")];
  const short = (text) => (text.length > 16 ? `${text.slice(0, 15)}…` : text);
  return [1, 2].map((i) => [...label(`w${i}`), [` (${short(given.features[i - 1])})`, ""]]);
}

// ---- the words

const budgetShown = (view, { drive }) => (drive === "budget" ? exact(view.budget) : shown(view.budget));

function readout(view, values) {
  const [first, second] = view.weights.map((w) => shown(w));
  const lam = values.drive === "lam" ? exact(view.lam) : shown(view.lam, 3);
  return [
    [`heading.${values.penalty}.${view.case}`, {}, `heading ${values.penalty}`],
    [`weights.${which(view.weights)}`, { first, second }],
    ["price", { lam, budget: budgetShown(view, values), residual: shown(view.residual) }, "foot"],
  ];
}

const which = ([first, second]) => (first === 0 ? (second === 0 ? "both" : "first") : second === 0 ? "second" : "none");

// ---- begin

const strengths = [...evenly(0, 4, 0.02), ...evenly(4.1, 10, 0.1), ...evenly(11, 60, 1)];
const drive = given.budget == null ? "lam" : "budget";

// The other of strength and budget starts from what the exhibit's has as its price.
function settle(values) {
  const rest = { ...values };
  if (rest.lam == null) rest.lam = 1;
  if (rest.budget == null) rest.budget = 1;
  if (rest.center.every((x) => x === 0)) rest.center = [0.01, 0.01];
  return rest;
}

start({
  panels: { plane: { shape: "plane" } },
  extra: { penalty: "l1", drive, ratio: 0.5, zone: false },
  bounds: { ratio: { low: 0.05, high: 0.95 } },
  knobs: [
    { title: "penalty", knobs: [
      { name: "penalty", options: ["l1", "l2", "net"] },
      { name: "ratio", values: evenly(0.05, 0.95, 0.05), when: ({ penalty }) => penalty === "net" },
      { name: "drive", options: ["lam", "budget"] },
      { name: "lam", values: strengths, when: (values) => values.drive === "lam" },
      { name: "budget", values: evenly(0.02, 6, 0.02), when: (values) => values.drive === "budget" },
      { name: "zone", toggle: true, when: ({ penalty }) => penalty !== "l2" },
    ] },
    ...(fromData ? [] : [{ title: "loss", knobs: [
      { name: "rho", values: evenly(-0.9, 0.9, 0.02) },
      { name: "curvature", parts: [0, 1], values: evenly(0.2, 5, 0.1) },
      { name: "center", parts: [0, 1], values: evenly(-5, 5, 0.1) },
    ] }]),
    { title: "descent", knobs: [
      { name: "method", options: ["projected", "ista", "fista", "coordinate"] },
      { name: "step_size", values: evenly(0.05, 1, 0.05), when: ({ method }) => method !== "coordinate" },
    ] },
  ],
  play: { last: arrival, rate: 24 },
  settle, compute, draw,
});
