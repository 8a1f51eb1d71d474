// The loss of two weights, the penalty and their sum as surfaces: the twin of lessons/loss_surface.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { gap, joined, there } from "./lines.js";
import { PI, abs, cos, max, min, round, sin, sqrt } from "./numbers.js";
import { MIXES, gradient, level, minus, penalized, times } from "./plane.js";
import { signed, zeros } from "./said.js";
import { facets, project, surface } from "./space.js";
import { inSpace } from "./space_drawn.js";

const MARGIN = 0.72, SPACES = 20, POINTS = 98, CURVE_POINTS = 121, CUT = 1.75, LEVELS = [0.05, 0.25, 0.6, 1, 1.5];
const HALF = 2, HIGH = 2.2, DEEP = 0.55, WIDE = 2.2, TURNED = 0.55, AIR = 0.15;

function lossOf({ rho, center }) {
  // At 0 no weight would be left to shrink.
  return { h: [1, rho, 1], c: center.some(Boolean) ? center : [0.01, 0.01] };
}

function valueOf(loss, w) {
  const off = minus(w, loss.c), [x, y] = times(loss.h, off);
  return (off[0] * x + off[1] * y) / 2;
}

// Lines of a square grid around 0 and the center; 0 is one of them.
function gridOf(c) {
  const margin = MARGIN * max(...c.map(abs)), low = c.map((x) => min(x, 0) - margin), high = c.map((x) => max(x, 0) + margin);
  const step = max(...high.map((x, i) => x - low[i])) / SPACES;
  return low.map((x, i) => {
    const first = even(((x + high[i]) / 2 - (step * SPACES) / 2) / step);
    return Array.from({ length: SPACES + 1 }, (_, k) => step * (first + k) + 0);
  });
}

// Halves to the even side, as NumPy rounds.
const even = (x) => (abs(x % 1) === 0.5 ? 2 * round(x / 2) : round(x));

export function marks(values) {
  const { lam, penalty, turn, tilt } = values, loss = lossOf(values), mix = MIXES[penalty], [x, y] = gridOf(loss.c);
  const top = CUT * valueOf(loss, [0, 0]), unit = (2 * HALF) / (x[SPACES] - x[0]), w = penalized(loss, mix, lam);
  const middle = [x, y].map((line) => (line[0] + line[SPACES]) / 2), rise = HIGH / top;
  const price = (a, b) => (penalty === "l1" ? abs(a) + abs(b) : a * a + b * b), both = (at) => valueOf(loss, at) + lam * price(...at);
  const placed = ([a, b], height) => [(a - middle[0]) * unit, (b - middle[1]) * unit, height];
  const seen = (places) => project(places, turn, tilt), low = (points) => seen(points.map((at) => placed(at, 0 - DEEP)));
  const within = (points) => there(points, (i) => points[i][0] >= x[0] && points[i][0] <= x[SPACES] && points[i][1] >= y[0] && points[i][1] <= y[SPACES]);
  const line = (points, value) => seen(points.map((at) => (value(at) <= top ? placed(at, value(at) * rise) : [NaN, NaN, NaN])));
  const over = (value) => surface(x.map((a) => placed([a, 0], 0)[0]), y.map((b) => placed([0, b], 0)[1]), (i, j) => value([x[i], y[j]]) * rise, HIGH);
  const drop = (at, value) => seen([placed(at, value * rise), placed(at, 0 - DEEP)]);
  const along = abs(w[0]) <= abs(w[1]) ? 0 : 1, cut = cutOf([x, y][along], w, along), foot = w.map((part, i) => (i === along ? 0 : part));
  const own = (at) => valueOf(loss, at), rings = within(joined(LEVELS.map((share) => contour(loss, [loss.c[0] + sqrt(2 * share * own([0, 0])), loss.c[1]], POINTS))));
  const bent = (points) => there(points, () => penalty === "l1" && lam > 0);
  const region = low(ball(mix, level(mix, w), penalty === "l1" ? 5 : CURVE_POINTS));
  const surfaces = { bowl: over(own), price: over((at) => lam * price(...at)), sum: over(both) };
  const [up, flat] = [sin((tilt * PI) / 180), cos((tilt * PI) / 180)], wide = WIDE + TURNED * flat;
  return {
    points: {
      floor: low([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map(([i, j]) => [x[i * SPACES], y[j * SPACES]])),
      ball: region, "axis-1": low([[x[0], 0], [x[SPACES], 0]]), "axis-2": low([[0, y[0]], [0, y[SPACES]]]),
      rings: low(rings), edge: region, level: lam > 0 ? low(within(contour(loss, w, CURVE_POINTS))) : [gap],
      "center-floor": low([loss.c]), "low-floor": low([w]),
      ...Object.fromEntries(Object.entries(surfaces).map(([name, places]) => [name, seen(places)])),
      "rings-bowl": line(rings, own), "crease-1": line(bent(x.map((a) => [a, 0])), both), "crease-2": line(bent(y.map((b) => [0, b])), both), "cut-loss": line(cut, own), cut: line(cut, both),
      base: seen([cut[0], cut.at(-1)].map((at) => placed(at, 0))), stem: seen([placed(foot, 0), placed(foot, HIGH)]),
      "drop-center": drop(loss.c, 0), drop: drop(w, both(w)), center: seen([placed(loss.c, 0)]), low: seen([placed(w, both(w) * rise)]),
    },
    facets: Object.fromEntries(Object.entries(surfaces).map(([name, places]) => [name, facets(places, turn, tilt)])),
    limits: { space: [0 - wide, wide, 0 - (DEEP * flat + wide * up + AIR), HIGH * flat + wide * up] },
    names: { base: { value: along + 1 } },
    roles: Object.fromEntries(["edge", "low-floor", "price", "crease-1", "crease-2", "drop", "low"].map((name) => [name, penalty])),
    says: saidOf(values, loss, w, along),
  };
}

marks.inSpace = inSpace;

// Along one weight through the optimum, with 0 and the optimum.
function cutOf(line, w, along) {
  const own = [...Array.from({ length: POINTS }, (_, i) => line[0] + (i * (line[SPACES] - line[0])) / (POINTS - 1)), 0, w[along]];
  return own.sort((a, b) => a - b).map((part) => (along === 0 ? [part, w[1]] : [w[0], part]));
}

function saidOf({ lam, penalty }, loss, w, along) {
  const [first, second] = w, slope = abs(gradient(loss, w)[along]);
  const bend = penalty === "l2" || lam === 0 ? "smooth" : w[along] === 0 ? "held" : "beside";
  return {
    strength: ["claim.strength", signed({ lam })],
    low: [`claim.low.${zeros(w)}`, signed({ first, second })],
    cut: [`claim.cut.${bend}`, { axis: along + 1, ...signed({ slope }), lam }],
  };
}
