// Where a diamond and a circle stop descent: the twin of lessons/corner_picture.py.

import { contour } from "./curves.js";
import { STEPS, followed, walked } from "./followed.js";
import { gap, joined, there } from "./lines.js";
import { abs, atan2, cos, max, min, sign, sin, sqrt } from "./numbers.js";
import {
  DESCENTS, MIXES, ball, bends, constrained, gradient, length, level, minus, penalized,
  plus, residual, smoothness, times, zones,
} from "./plane.js";
import { equals } from "./said.js";
import { clear } from "./scales.js";
import { turnedPull, turns } from "./turned_pull.js";

const RINGS = 9, APART = 0.33, RING_POINTS = 61, SHADOW = 0.25, CURVE_POINTS = 121, RIM = 12;
const REACH = 0.36, PULL = 0.75, FAR = 20, TRACED = 41, AIR = 0.06;
const counted = (n) => [...Array(n).keys()];

function lossOf({ rho, curvature: [a, d], center }) {
  // At 0 no weight would be left to shrink.
  return { h: [a, rho * sqrt(a * d), d], c: center.some(Boolean) ? center : [0.01, 0.01] };
}

export function marks(values) {
  const { start, ratio } = values, loss = lossOf(values);
  const mixes = { ...MIXES, ...(ratio > 0 && { net: { l1: ratio, l2: 1 - ratio } }) };
  const sides = Object.entries(mixes).map(([name, mix]) => sideOf(name, mix, loss, values));
  const reach = max(...sides.map((side) => side.reach));
  const seen = [[start, loss.c, [-reach, -reach]], [start, loss.c, [reach, reach]]].map((points, i) => extreme([min, max][i], points));
  const size = max(...minus(seen[1], seen[0])), pulled = REACH * size;
  const angles = sides[0].kind === "corner" ? turns(edgesOf(sides[0]), sides[0].pull) : null;
  const found = { points: {}, says: {}, names: {}, limits: {}, ticks: {} };
  const rims = sides.map((side) => rimOf(side, pulled)), window = around([...seen, ...rims.flat()]);
  sides.forEach((side, i) => {
    const { name } = side, drawn = {
      ...region(side, loss, values, FAR * size), ...held(side, rims[i], pulled), ...walks(side, loss, values),
      ...turning(side, angles, values.turn, PULL * pulled), start: [start], unregularized: [loss.c],
    };
    for (const [what, rows] of Object.entries(drawn)) found.points[`${what}-${name}`] = rows;
    found.names[`edge-${name}`] = { value: side.now.budget };
    found.limits[name] = window;
    found.ticks[name] = [0, 1].map((axis) => clear(window.slice(2 * axis, 2 * axis + 2), axis, [start, loss.c, side.weights], side.reach));
    Object.assign(found.says, saidOf(side, loss));
  });
  sides[0].pull.forEach((pull, i) => { found.names[`part-${i + 1}-l1`] = { value: abs(pull) }; });
  return found;
}

// Of strength and budget, what is given anew starts from the other: its price for L1.
marks.settle = (values) => {
  const { either } = values;
  if (values[either] !== null) return values;
  const found = optimum(lossOf(values), MIXES.l1, values, 1)[either];
  return { ...values, [either]: max(Number(found.toPrecision(4)), either === "lam" ? 0 : 0.01) };
};

// ---- an optimum and its region

// At a share of the strength, or of the budget, that is given.
function optimum(loss, mix, { lam, budget }, share) {
  if (budget != null) return { budget: budget * share, ...constrained(loss, mix, budget * share) };
  const weights = penalized(loss, mix, lam * share);
  return { lam: lam * share, weights, budget: level(mix, weights) };
}

// At the values given, and `now` at a step of the sweep.
function sideOf(name, mix, loss, values) {
  const own = optimum(loss, mix, values, 1), kind = caseOf(name, own);
  const pull = kind === "free" ? [0, 0] : gradient(loss, own.weights).map((x) => 0 - x);
  return { name, mix, kind, pull, ...own, reach: ball(mix, own.budget, 5)[0][0], now: optimum(loss, mix, values, values.share) };
}

function caseOf(name, { lam, weights }) {
  if (lam === 0) return "free";
  const zeros = weights.filter((w) => w === 0).length;
  return name === "l2" ? ["smooth", "axis", "axis"][zeros] : ["edge", "corner", "origin"][zeros];
}

function region({ mix, lam, reach, now }, loss, { zones: isOn, budget }, far) {
  const edge = ball(mix, now.budget, CURVE_POINTS), way = counted(TRACED).map((i) => now.lam * (i / (TRACED - 1)));
  const traced = [...way, ...bends(loss).map((bend) => min(bend, now.lam))].sort((x, y) => x - y);
  const wedges = mix.l1 > 0 && isOn ? zones(loss, mix, lam, budget, reach, far) : [];
  return {
    ...Object.fromEntries(wedges.map((zone, i) => [`zone-${i + 1}`, zone])),
    ball: edge, edge, optimum: [now.weights], swept: [now.weights],
    level: now.lam > 0 ? contour(loss, now.weights, CURVE_POINTS) : [gap],
    contours: rings(loss, now.weights), trace: traced.map((each) => penalized(loss, mix, each)),
  };
}

// Rings about the center, but for one that is nearly the optimum's own.
function rings(loss, weights) {
  const root = (w) => { const [x, y] = minus(w, loss.c), [u, v] = times(loss.h, [x, y]); return sqrt(x * u + y * v); };
  const step = APART * root([0, 0]), through = root(weights), aside = 1 / sqrt(loss.h[0]);
  return joined(counted(RINGS).map((i) => {
    const radius = step * (i + 1), isApart = abs(radius - through) >= SHADOW * step;
    return there(contour(loss, plus(loss.c, [aside, 0], radius), RING_POINTS), () => isApart);
  }));
}

// ---- what is to be seen

const extreme = (of, points) => [0, 1].map((i) => of(...points.map((point) => point[i])));

// A square around points.
function around(points) {
  const low = extreme(min, points), high = extreme(max, points), half = (0.5 + AIR) * max(...minus(high, low));
  return [0, 1].flatMap((i) => [-half, half].map((off) => (low[i] + high[i]) / 2 + off));
}

// ---- descent

function pathOf(side, loss, { start, step_size, method }) {
  const from = { start, step: step_size / smoothness(loss), lam: side?.lam, budget: side?.budget };
  return followed(DESCENTS[side ? method : "free"](loss, side?.mix, from), side?.weights ?? loss.c);
}

function walks(side, loss, values) {
  const at = STEPS.findLastIndex((each) => each <= values.step), path = pathOf(side, loss, values), free = pathOf(null, loss, values);
  return {
    path, walk: walked(path, at), walker: [path[at]],
    "path-free": free, "walk-free": walked(free, at), "head-free": [free[at]],
  };
}

// ---- what holds the optimum

const alongAxis = (weights, [along, across]) => (weights[0] === 0 ? [across, along] : [along, across]);
const wayOf = (weights) => sign(weights[0] || weights[1]);
const edgesOf = ({ weights }) => [1, -1].map((across) => alongAxis(weights, [wayOf(weights), across]));
const tipOf = ({ weights, pull }, reach) => plus(weights, pull, reach / length(pull));

// The ends of what is held back.
function rimOf(side, reach) {
  const { mix: { l1, l2 }, kind, weights } = side;
  if (kind !== "corner") return kind === "free" || kind === "origin" ? [] : [tipOf(side, reach)];
  const widest = atan2(l1, l1 + 2 * l2 * max(...weights.map(abs)));
  return counted(2 * RIM + 1).map((i) => (widest * (i - RIM)) / RIM).map((angle) => plus(weights, alongAxis(weights, [wayOf(weights) * cos(angle), sin(angle)]), reach));
}

function held(side, rim, reach) {
  const { kind, weights, pull } = side, tip = tipOf(side, reach), end = plus(weights, minus(tip, weights), PULL);
  // The held part begins at the optimum: it is the one to be compared.
  const bend = weights.map((w, i) => (w === 0 ? end[i] : w)), isCorner = kind === "corner", [x, y] = weights;
  const legs = weights.map((w) => (!isCorner ? [gap] : w === 0 ? [weights, bend] : [bend, end]));
  return {
    cone: isCorner ? [weights, ...rim] : [gap], pull: kind === "free" ? [gap] : [weights, end],
    normal: ["edge", "smooth", "axis"].includes(kind) ? [weights, tip] : [gap],
    "part-1": legs[0], "part-2": legs[1], drop: kind === "free" || !x || !y ? [gap] : [[x, 0], [x, y], [0, y]],
  };
}

function turning({ mix, weights, budget, pull, kind }, angles, turn, reach) {
  const [at, way] = turnedPull(mix, weights, budget, pull, kind === "free" ? null : angles, turn);
  return { turned: [at], turning: [at, plus(at, way, reach)] };
}

// ---- what may be said

const ZEROS = [["none", "second"], ["first", "both"]];

function saidOf({ name, mix, now }, loss) {
  const { lam, budget, weights } = now, [first, second] = weights, zeros = ZEROS[Number(first === 0)][Number(second === 0)];
  return {
    [`verdict-${name}`]: [`claim.${name}.${caseOf(name, now)}`, {}],
    [`weights-${name}`]: [`claim.weights.${zeros}`, { first, is1: equals(first), second, is2: equals(second) }],
    [`foot-${name}`]: ["claim.foot", { lam, is1: equals(lam), budget, is2: equals(budget), residual: residual(loss, mix, lam, weights) }],
  };
}
