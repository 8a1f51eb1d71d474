// What each budget's least loss is, and which budget a price picks: the twin of
// lessons/price_and_budget.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { gap, over, squared } from "./lines.js";
import { lately } from "./lately.js";
import { abs, max } from "./numbers.js";
import { MIXES, constrained, gradient, level, lossOf, minus, penalized } from "./plane.js";
import { CURVE_POINTS, rings } from "./regions.js";
import { signed } from "./said.js";
import { cleared, rounded } from "./scales.js";

const POINTS = 80, BEYOND = 1.1, AIR = 0.06, ABOVE = 1.06, HALF = 0.05;
const POWERS = { l1: 1, l2: 2 };

const above = (loss, w) => { const [x, y] = minus(w, loss.c), [u, v] = gradient(loss, w); return 0.5 * (x * u + y * v); };

// The least loss of each budget, kept while the price alone moves.
const bought = lately(["rho", "curvature", "center"], (values) => {
  const loss = lossOf(values), whole = level(MIXES.l1, loss.c);
  const budgets = Array.from({ length: POINTS + 1 }, (_, i) => (BEYOND * whole * i) / POINTS);
  const least = (mix) => over(budgets, budgets.map((t) => above(loss, t ? constrained(loss, mix, t).weights : [0, 0])));
  return { loss, whole, budgets, curves: Object.fromEntries(Object.entries(MIXES).map(([name, mix]) => [name, least(mix)])) };
});

export function marks({ price, lift, rho, curvature, center }) {
  const all = bought({ rho, curvature, center }), { loss, whole } = all, start = above(loss, [0, 0]);
  const lam = price * max(...gradient(loss, [0, 0]).map(abs)), right = BEYOND * whole;
  const window = squared([[whole, whole], [-whole, -whole]], AIR);
  const curve = [0, right, 0, ABOVE * start], spots = [loss.c], reaches = [];
  const found = { points: {}, says: {}, limits: { curve }, ticks: { curve: [rounded(0, right), rounded(0, curve[3])] } };
  for (const [name, mix] of Object.entries(MIXES)) {
    const weights = penalized(loss, mix, lam), t = level(mix, weights);
    const drawn = { ...plane(loss, mix, lam, weights, t), ...chart(all, name, { lam, t, lift, start, spot: [t, above(loss, weights)] }) };
    for (const [what, rows] of Object.entries(drawn)) found.points[`${what}-${name}`] = rows;
    found.says[`curve-${name}`] = said(name, lam, t, whole);
    found.limits[name] = window;
    spots.push(weights);
    reaches.push(ball(mix, t, 5)[0][0]);
  }
  found.ticks.l1 = found.ticks.l2 = cleared(window, spots, reaches);
  return found;
}

function plane(loss, mix, lam, weights, t) {
  const edge = ball(mix, t, CURVE_POINTS);
  return {
    ball: edge, edge, contours: rings(loss, weights), unregularized: [loss.c], optimum: [weights], swept: [weights],
    contour: lam > 0 ? contour(loss, weights, CURVE_POINTS) : [gap],
  };
}

function chart({ budgets, curves }, name, { lam, t, lift, start, spot }) {
  const cost = (at) => lam * at ** POWERS[name], total = spot[1] + cost(t), lifted = total + lift * (start - total);
  const along = budgets.filter((_, i) => i % (name === "l1" ? POINTS : 2) === 0);
  return {
    curve: curves[name], way: curves[name].map((point) => (point[0] <= t ? point : spot)), spot: [spot],
    level: along.map((at) => [at, lifted - cost(at)]),
  };
}

function said(name, lam, t, whole) {
  const slope = name === "l1" ? lam : 2 * lam * t, isHalf = name === "l1" && abs(t - whole / 2) <= HALF * whole;
  const kind = !lam ? "free" : !t ? "none" : isHalf ? "half" : "some";
  return [`claim.${name}.${kind}`, signed({ lam, t, slope })];
}
