// Where a diamond and a circle stop descent: the twin of lessons/corner_picture.py.

import { abs, atan2, cos, max, min, round, sign, sin, sqrt } from "./numbers.js";
import {
  DESCENTS, MIXES, ball, bends, constrained, gradient, length, level, minus, penalized,
  plus, project, residual, smoothness, zones,
} from "./plane.js";
import { contour } from "./curves.js";
import { rounded } from "./scales.js";
import { equals } from "./said.js";

const RINGS = 9, APART = 0.33, RING_POINTS = 61, SHADOW = 0.25, CURVE_POINTS = 121, RIM = 12;
const REACH = 0.36, PULL = 0.75, FAR = 20, TRACED = 41, AIR = 0.06;
const SWING_SHARE = 0.7, MOST_SWING = radians(40), BEYOND = radians(25), STEP = 0.1;
const THERE = 16, BACK = 40, OUT = 24, STAYS = 6;
const STEPS = [...Array(25).keys(), ...Array.from({ length: 70 }, (_, i) => round(24 * 1.12 ** (i + 1)))];
const GONE = [NaN, NaN];
// What the story alone shows, of two penalties.
const TOLD = ["trace", "walk-free", "walk", "drop", "turning", "head-free", "swept", "turned"];

function radians(degrees) { return (degrees * Math.PI) / 180; }

const scaled = (loss, w) => { const e = minus(w, loss.c), [a, b, d] = loss.h; return sqrt(e[0] * (a * e[0] + 2 * b * e[1]) + d * e[1] * e[1]); };

const named = (names, each) => Object.fromEntries(names.map((name) => [name, each(name)]));

function lossOf({ rho, curvature: [a, d], center }) {
  // At 0 no weight would be left to shrink.
  return { h: [a, rho * sqrt(a * d), d], c: center.some(Boolean) ? center : [0.01, 0.01] };
}

export function marks(values) {
  const { share, step, turn, ratio } = values, loss = lossOf(values);
  const mixes = { ...MIXES, ...(ratio > 0 && { net: { l1: ratio, l2: 1 - ratio } }) }, all = Object.keys(mixes);
  const own = named(all, (name) => side(loss, mixes[name], values, 1));
  const now = named(all, (name) => side(loss, mixes[name], values, share));
  const reach = named(all, (name) => ball(mixes[name], own[name].budget, 5)[0][0]);
  const box = extent(loss.c, values.start, reach), size = max(box.high[0] - box.low[0], box.high[1] - box.low[1]);
  const pulls = named(all, (name) => (own[name].lam === 0 ? [0, 0] : gradient(loss, own[name].weights).map((x) => 0 - x)));
  const angles = caseOf("l1", own.l1) === "corner" ? turns(own.l1, pulls.l1) : null;
  const points = {}, says = {}, names = {}, ends = [];
  for (const name of all) {
    const mix = mixes[name], kind = caseOf(name, own[name]), pull = pulls[name];
    const put = (what, rows) => { points[`${what}-${name}`] = rows; };
    ground(put, loss, mix, now[name]);
    const found = mix.l1 > 0 && values.zones ? zones(loss, mix, own[name].lam, values.budget, reach[name], FAR * size) : [];
    found.forEach((zone, i) => put(`zone-${i + 1}`, zone));
    walks(put, loss, mix, own[name], values, STEPS.findLastIndex((each) => each <= step));
    ends.push(...reasons(put, mix, own[name], kind, pull, REACH * size));
    if (name === "l1") legs(put, names, own.l1, kind, pull, PULL * REACH * size);
    put("drop", kind === "free" || own[name].weights.includes(0) ? [GONE] : drops(own[name].weights));
    turned(put, mix, own[name], pull, kind === "free" ? null : angles, turn, PULL * REACH * size);
    put("start", [values.start]);
    put("unregularized", [loss.c]);
    names[`edge-${name}`] = { value: now[name].budget };
    Object.assign(says, told(loss, mix, name, now[name]));
  }
  for (const what of TOLD) delete points[`${what}-net`];
  const window = fit(box, ends);
  const numbers = (name) => [clear(reach[name], window[0], window[1]), clear(reach[name], window[2], window[3])];
  return { points, says, names, limits: named(all, () => window), ticks: named(all, numbers) };
}

// Of strength and budget, what is given anew starts from the other: its price for L1.
marks.settle = (values) => {
  const { either } = values;
  if (values[either] !== null) return values;
  const found = side(lossOf(values), MIXES.l1, values, 1)[either];
  return { ...values, [either]: max(Number(found.toPrecision(4)), either === "lam" ? 0 : 0.01) };
};

// Numbers beyond the region, or within it and clear of its outline: two or more, where it can be.
function clear(reach, low, high) {
  const wide = high - low;
  let found = [];
  for (const [within, most] of [Infinity, 0.1].flatMap((each) => [4, 8, 16].map((most) => [each, most]))) {
    found = rounded(low, high, most).filter((at) => {
      const beyond = (abs(at) - reach) / wide;
      return at !== 0 && min(at - low, high - at) > 0.04 * wide && !(beyond > -within && beyond < 0.045);
    });
    found = found.reduce((kept, at) => (at - (kept.at(-1) ?? -Infinity) > 0.11 * wide ? [...kept, at] : kept), []);
    if (found.length > 1) break;
  }
  return found;
}

// The optimum at a share of the strength, or of the budget, that is given.
function side(loss, mix, values, share) {
  if (values.budget != null) {
    const budget = values.budget * share;
    return { budget, ...constrained(loss, mix, budget) };
  }
  const lam = values.lam * share, weights = penalized(loss, mix, lam);
  return { lam, weights, budget: level(mix, weights) };
}

function caseOf(name, { lam, weights }) {
  if (lam === 0) return "free";
  const zeros = weights.filter((w) => w === 0).length;
  return name === "l2" ? ["smooth", "axis", "axis"][zeros] : ["edge", "corner", "origin"][zeros];
}

function extent(center, start, reaches) {
  const reach = max(...Object.values(reaches));
  return {
    low: [0, 1].map((i) => min(start[i], center[i], -reach)),
    high: [0, 1].map((i) => max(start[i], center[i], reach)),
  };
}

// A square around regions, points and cones.
function fit({ low, high }, ends) {
  const all = [low, high, ...ends];
  const [least, most] = [min, max].map((of) => [0, 1].map((i) => of(...all.map((p) => p[i]))));
  const half = (0.5 + AIR) * max(most[0] - least[0], most[1] - least[1]);
  const [x, y] = [0, 1].map((i) => (least[i] + most[i]) / 2);
  return [x - half, x + half, y - half, y + half];
}

// ---- the region, the loss and the optimum

function ground(put, loss, mix, { lam, weights, budget }) {
  const region = ball(mix, budget, CURVE_POINTS);
  put("ball", region);
  put("edge", region);
  put("optimum", [weights]);
  put("swept", [weights]);
  put("level", lam > 0 ? contour(loss, weights, CURVE_POINTS) : Array(CURVE_POINTS).fill(GONE));
  const unit = contour({ h: loss.h, c: [0, 0] }, [1 / sqrt(loss.h[0]), 0], RING_POINTS);
  const gap = APART * scaled(loss, [0, 0]), through = scaled(loss, weights), rings = [];
  for (let i = 1; i <= RINGS; i++) {
    const near = abs(i * gap - through) < SHADOW * gap;
    rings.push(...unit.map((p) => (near ? GONE : plus(loss.c, p, i * gap))), GONE);
  }
  put("contours", rings);
  const passed = [...Array(TRACED).keys()].map((i) => lam * (i / (TRACED - 1)));
  const way = [...passed, ...bends(loss).map((bend) => min(bend, lam))].sort((x, y) => x - y);
  put("trace", way.map((each) => penalized(loss, mix, each)));
}

// ---- descent

function walks(put, loss, mix, { lam, weights, budget }, { start, step_size, method }, at) {
  const from = { start, step: step_size / smoothness(loss), lam, budget };
  for (const [name, states, limit] of [
    ["-free", DESCENTS.free(loss, mix, from), loss.c], ["", DESCENTS[method](loss, mix, from), weights],
  ]) {
    const path = kept(states, limit);
    put(`path${name}`, path);
    put(`walk${name}`, path.map((_, i) => path[min(i, at)]));
    put(name ? "head-free" : "walker", [path[at]]);
  }
}

// Where descent is after each of the steps: at its limit once it is as near as can be told.
function kept(states, limit) {
  const near = 1e-10 * (1 + max(...limit.map(abs))), path = STEPS.map(() => limit);
  let count = 0, row = 0;
  for (const w of states) {
    if (count && max(...minus(w, limit).map(abs)) <= near) break;
    if (count === STEPS[row]) path[row++] = w;
    if (row === STEPS.length) break;
    count += 1;
  }
  return path;
}

// ---- what holds the optimum

// Returns the ends of what is held back.
function reasons(put, mix, { weights }, kind, pull, reach) {
  const along = pull.map((x) => x / length(pull)), tip = plus(weights, along, reach);
  const rim = kind === "corner" ? cone(mix, weights, reach) : [];
  put("cone", rim.length ? [weights, ...rim] : [GONE]);
  put("normal", ["edge", "smooth", "axis"].includes(kind) ? [weights, tip] : [GONE, GONE]);
  put("pull", kind === "free" ? [GONE, GONE] : [weights, weights.map((w, i) => w + PULL * (tip[i] - w))]);
  return rim.length ? rim : kind === "free" || kind === "origin" ? [] : [tip];
}

function cone({ l1, l2 }, weights, reach) {
  const axis = weights[0] === 0 ? 1 : 0, way = sign(weights[axis]), rim = [];
  const widest = atan2(l1, l1 + 2 * l2 * abs(weights[axis]));
  for (let i = -RIM; i <= RIM; i++) {
    const angle = (widest * i) / RIM, step = [way * cos(angle), sin(angle)];
    rim.push(plus(weights, axis ? [step[1], step[0]] : step, reach));
  }
  return rim;
}

function legs(put, names, { weights }, kind, pull, reach) {
  const along = pull.map((x) => x / length(pull)), end = weights.map((w, i) => w + reach * along[i]);
  const held = weights[0] === 0 ? 0 : 1, bend = [0, 1].map((i) => (i === held ? end[i] : weights[i]));
  for (const i of [0, 1]) {
    put(`part-${i + 1}`, kind !== "corner" ? [GONE, GONE] : i === held ? [weights, bend] : [bend, end]);
    names[`part-${i + 1}-l1`] = { value: abs(pull[i]) };
  }
}

const drops = ([x, y]) => [[x, 0], [x, y], [0, y]];

// ---- the pull that turns

const line = (from, to, n) => Array.from({ length: n }, (_, i) => from + (i * (to - from)) / (n - 1));

function turns({ weights }, pull) {
  const axis = weights[0] === 0 ? 1 : 0, way = sign(weights[axis]), own = atan2(pull[1], pull[0]);
  const edges = [[way, 1], [way, -1]].map((ray) => {
    const [x, y] = axis ? [ray[1], ray[0]] : ray;
    return turnedBack(atan2(y, x) - own);
  });
  const [near, far] = edges.sort((x, y) => abs(x) - abs(y)), on = 0 - sign(far);
  const swing = 0 - on * min(SWING_SHARE * abs(far), MOST_SWING);
  const out = line(near, near + on * BEYOND, OUT + 1).slice(1);
  return [
    ...line(0, swing, THERE + 1), ...line(swing, near, BACK + 2).slice(1, -1), ...out,
    ...Array(STAYS).fill(out[OUT - 1]),
  ];
}

function turnedBack(angle) {
  const whole = 2 * Math.PI, rest = (angle + Math.PI) % whole;
  return (rest < 0 ? rest + whole : rest) - Math.PI;
}

function turned(put, mix, { weights, budget }, pull, angles, turn, reach) {
  let at = weights, angle = 0;
  const own = atan2(pull[1], pull[0]);
  for (let i = 1; i <= turn && angles; i++) {
    angle = angles[i];
    at = project(mix, plus(at, [cos(own + angle), sin(own + angle)], STEP * budget), budget);
  }
  put("turned", [at]);
  put("turning", [at, plus(at, [cos(own + angle), sin(own + angle)], reach)]);
}

// ---- what may be said

const ZEROS = [["none", "second"], ["first", "both"]];

function told(loss, mix, name, side) {
  const [first, second] = side.weights, { lam, budget } = side;
  const zeros = ZEROS[Number(first === 0)][Number(second === 0)];
  return {
    [`verdict-${name}`]: [`claim.${name}.${caseOf(name, side)}`, {}],
    [`weights-${name}`]: [`claim.weights.${zeros}`, { first, is1: equals(first), second, is2: equals(second) }],
    [`foot-${name}`]: ["claim.foot", { lam, is1: equals(lam), budget, is2: equals(budget), residual: residual(loss, mix, lam, side.weights) }],
  };
}
