// Where a diamond and a circle stop descent: the twin of lessons/corner.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { STEPS, followed } from "./followed.js";
import { gap, span, squared, upTo } from "./lines.js";
import { abs, max, min } from "./numbers.js";
import { DESCENTS, MIXES, level, lossOf, minus, plus, residual, smoothness, zones } from "./plane.js";
import { CURVE_POINTS, caseOf, drops, edges, legs, optimum, pullOf, region, rim, rings, trace } from "./regions.js";
import { signed, toDigits, zeros } from "./said.js";
import { cleared } from "./scales.js";
import { turnedPull, turns } from "./turned_pull.js";

const REACH = 0.36, PULL = 0.75, FAR = 20, AIR = 0.06, LOOSE = 1.02, BEHIND = 0.27;

export function marks(values) {
  const { start, ratio, rho, curvature, center } = values, loss = lossOf({ rho, curvature, center });
  const mixes = { ...MIXES, ...(ratio > 0 && { net: { l1: ratio, l2: 1 - ratio } }) };
  const sides = Object.entries(mixes).map(([name, mix]) => ({ name, ...region(mix, loss, values) }));
  const reach = max(...sides.map((side) => side.reach)), points = [start, loss.c];
  const seen = [...points, [reach, reach], [-reach, -reach]], size = span(seen), whole = LOOSE * level(MIXES.l1, loss.c), held = max(reach, min(whole, 4 * reach - whole));
  const [left, right, bottom, top] = squared(seen, AIR), window = squared([[left, bottom], [right, top], [held, held], [-held, -held], loss.c.map((x) => (1 + BEHIND) * x), ...sides.flatMap((side) => rim(side, REACH * size))], 0);
  const angles = sides[0].kind === "corner" ? turns(edges(sides[0]), sides[0].pull) : null;
  const ticks = cleared(window, [...points, ...sides.map((side) => side.weights)], sides.map((side) => side.reach));
  const found = { points: {}, says: {}, names: {}, limits: {}, ticks: {} };
  for (const side of sides) {
    const { name } = side, drawn = { ...marksOf(side, loss, values, size), ...walks(side, loss, values), ...turning(side, angles, values.turn, size), ...crossing(side, loss, sides[0], values.across) };
    for (const [what, rows] of Object.entries(drawn)) found.points[`${what}-${name}`] = rows;
    found.names[`edge-${name}`] = { value: side.now.budget };
    found.limits[name] = window;
    found.ticks[name] = ticks;
    Object.assign(found.says, saidOf(side, loss));
  }
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

function marksOf(side, loss, { start, budget, zones: areSeen }, size) {
  const { mix, lam, kind, weights, now } = side, edge = ball(mix, now.budget, CURVE_POINTS), pull = pullOf(side, REACH * size);
  const wedges = mix.l1 > 0 && areSeen ? zones(loss, mix, lam, budget, side.reach, FAR * size) : [];
  const [first, second] = legs(side, PULL * REACH * size);
  return {
    ...Object.fromEntries(wedges.map((zone, i) => [`zone-${i + 1}`, zone])),
    ball: edge, edge, contours: rings(loss, now.weights), trace: trace(loss, mix, now), drop: drops(side),
    level: now.lam > 0 ? contour(loss, now.weights, CURVE_POINTS) : [gap],
    cone: kind === "corner" ? [weights, ...rim(side, REACH * size)] : [gap], "part-1": first, "part-2": second,
    normal: kind === "corner" || kind === "origin" ? [gap] : pull, pull: [pull[0], plus(pull[0], minus(pull[1], pull[0]), PULL)],
    start: [start], unregularized: [loss.c], optimum: [now.weights], swept: [now.weights],
  };
}

function walks({ mix, lam, budget, weights }, loss, { start, step_size, method, step }) {
  const from = { start, step: step_size / smoothness(loss), lam, budget }, at = STEPS.findLastIndex((each) => each <= step);
  const path = followed(DESCENTS[method](loss, mix, from), weights), free = followed(DESCENTS.free(loss, mix, from), loss.c);
  return {
    path, walk: upTo(path, at), walker: [path[at]],
    "path-free": free, "walk-free": upTo(free, at), "head-free": [free[at]],
  };
}

function turning({ mix, weights, budget, pull, kind }, angles, turn, size) {
  const [at, way] = turnedPull(mix, weights, budget, pull, kind === "free" ? null : angles, turn);
  return { turned: [at], turning: [at, plus(at, way, PULL * REACH * size)] };
}

// The optimum while the unregularized one crosses the axis that L1's corner is on.
function crossing({ mix, budget }, loss, corner, share) {
  if (corner.kind !== "corner") return { "moved-center": [gap], moved: [gap] };
  const c = loss.c.map((own, i) => (corner.weights[i] === 0 ? share * corner.budget : own));
  return { "moved-center": [c], moved: [optimum({ ...loss, c }, mix, { budget }, 1).weights] };
}

function saidOf({ name, mix, now }, loss) {
  const { lam, budget, weights } = now, [first, second] = weights;
  return {
    [`verdict-${name}`]: [`claim.${name}.${caseOf(mix, now)}`, {}],
    [`weights-${name}`]: [`claim.weights.${zeros(weights)}`, signed({ first, second }, 3)],
    [`foot-${name}`]: ["claim.foot", { ...signed({ lam, budget }), residual: toDigits(residual(loss, mix, lam, weights), 1) }],
  };
}
