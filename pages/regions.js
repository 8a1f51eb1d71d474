// An optimum within the region of a penalty, and what a plane shows of it: the twin of
// lessons/regions.py and lessons/region_lines.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { gap, joined, there } from "./lines.js";
import { abs, atan2, cos, counted, max, min, sign, sin, sqrt } from "./numbers.js";
import { bends, constrained, gradient, length, level, minus, penalized, plus, times } from "./plane.js";

const RINGS = 9, APART = 0.33, RING_POINTS = 121, SHADOW = 0.25, RIM = 12, TRACED = 41;
export const CURVE_POINTS = 121;

// At a share of the strength, or of the budget, that is given.
export function optimum(loss, mix, { lam, budget }, share) {
  if (budget != null) return { budget: budget * share, ...constrained(loss, mix, budget * share) };
  const weights = penalized(loss, mix, lam * share);
  return { lam: lam * share, weights, budget: level(mix, weights) };
}

// At the values given, and `now` at a step of the sweep.
export function region(mix, loss, values) {
  const own = optimum(loss, mix, values, 1), kind = caseOf(mix, own);
  const pull = kind === "free" ? [0, 0] : gradient(loss, own.weights).map((x) => 0 - x);
  return { mix, kind, pull, ...own, reach: ball(mix, own.budget, 5)[0][0], now: optimum(loss, mix, values, values.share) };
}

export function caseOf(mix, { lam, weights }) {
  if (lam === 0) return "free";
  const zeros = weights.filter((w) => w === 0).length;
  return mix.norm ? ["smooth", "axis", "axis"][zeros] : ["edge", "corner", "origin"][zeros];
}

// Weights of a trace that are 0 but for rounding, in those without a penalty.
const ROUNDING = 1e-14;

// The optima on the way to one, from no penalty at all.
export function trace(loss, mix, { lam }) {
  const way = counted(TRACED).map((i) => lam * (i / (TRACED - 1))), bent = bends(loss).map((bend) => min(bend, lam));
  const none = ROUNDING * max(...loss.c.map(abs));
  return [...way, ...bent].sort((x, y) => x - y).map((each) => penalized(loss, mix, each).map((w) => (each > 0 && abs(w) <= none ? 0 : w)));
}

// ---- the loss around it

export function rings(loss, weights) {
  const root = (w) => { const [x, y] = minus(w, loss.c), [u, v] = times(loss.h, [x, y]); return sqrt(x * u + y * v); };
  const step = APART * root([0, 0]), through = root(weights), aside = 1 / sqrt(loss.h[0]);
  return joined(counted(RINGS).map((i) => {
    const radius = step * (i + 1), isApart = abs(radius - through) >= SHADOW * step;
    return there(contour(loss, plus(loss.c, [aside, 0], radius), RING_POINTS), () => isApart);
  }));
}

// ---- what holds it

const wayOf = (weights) => sign(weights[0] || weights[1]);
const alongAxis = (weights, [along, across]) => (weights[0] === 0 ? [across, along] : [along, across]);

// The edges of the cone at L1's corner.
export const edges = ({ weights }) => [1, -1].map((across) => alongAxis(weights, [wayOf(weights), across]));

export const pullOf = ({ kind, weights, pull }, reach) => (kind === "free" ? [gap, gap] : [weights, plus(weights, pull, reach / length(pull))]);

export function rim(side, reach) {
  const { mix: { l1, l2 }, kind, weights } = side;
  if (kind !== "corner") return kind === "free" || kind === "origin" ? [] : [pullOf(side, reach)[1]];
  const widest = atan2(l1, l1 + 2 * l2 * max(...weights.map(abs))), turned = (angle) => alongAxis(weights, [wayOf(weights) * cos(angle), sin(angle)]);
  return counted(2 * RIM + 1).map((i) => plus(weights, turned((widest * (i - RIM)) / RIM), reach));
}

export function legs(side, reach) {
  const [start, end] = pullOf(side, reach), bend = start.map((w, i) => (w === 0 ? end[i] : w));
  return start.map((w) => (side.kind !== "corner" ? [gap, gap] : w === 0 ? [start, bend] : [bend, end]));
}

export const drops = ({ kind, weights: [x, y] }) => (kind === "free" || !x || !y ? [gap] : [[x, 0], [x, y], [0, y]]);
