// The ways of the L1 and the L2 optimum: the twin of lessons/path_in_plane.py.

import { ball } from "./balls.js";
import { gap, over, squared, there, withAir } from "./lines.js";
import { abs, counted, min } from "./numbers.js";
import { MIXES, bends, level, lossOf, penalized, times } from "./plane.js";
import { CURVE_POINTS, rings } from "./regions.js";
import { signed, three, zeros } from "./said.js";
import { cleared, rounded } from "./scales.js";

const POINTS = 161, AIR = 0.06, SPACE = 0.16, BEYOND = 1.25, LASTS = 1e-6;
const shares = (n) => counted(n).map((k) => k / (n - 1));

// Strengths among which are all where the L1 way bends.
function knotsOf({ h: [a, b, d], c }, slopes) {
  const whole = a * d - b * b, across = [[d - b, d + b], [a - b, 0 - b - a]], curvatures = [a, d];
  const leaves = across.flatMap((row, j) => row.map((part) => (part === 0 ? 0 : (whole * c[j]) / part)));
  const joins = curvatures.flatMap((own, j) => [own - b, own + b].map((kept) => (kept === 0 ? 0 : (own * slopes[1 - j] - b * slopes[j]) / kept)));
  return [...leaves, ...slopes, ...joins].map(abs).sort((x, y) => x - y);
}

// Of a region that has shrunk to a point there is nothing to name.
function region(mix, weights, n) {
  const size = level(mix, weights);
  return there(ball(mix, size, n), () => size > 0);
}

export function marks(values) {
  const { lam } = values, loss = lossOf(values), [low, high] = bends(loss), end = three(BEYOND * high);
  const at = (name, lams) => lams.map((each) => penalized(loss, MIXES[name], each)), knots = [0, ...knotsOf(loss, times(loss.h, loss.c))];
  const isBent = high - low > LASTS * high && loss.c.every(Boolean), [bend] = at("l1", [low]), scale = (loss.h[0] + loss.h[2]) / 4;
  // Strengths up to one: L1's has all its knots.
  const until = { l1: (last) => [...knots, Infinity].map((each) => min(each, last)), l2: (last) => shares(CURVE_POINTS).map((share) => last * share ** 2) };
  const ways = { l1: at("l1", knots), l2: [...at("l2", shares(POINTS).slice(0, -1).map((share) => (scale * share) / (1 - share))), [0, 0]] };
  const every = [...ways.l1, ...ways.l2], whole = level(MIXES.l1, loss.c), plane = squared([[whole, whole], [-whole, -whole]], AIR), reach = withAir(every.flat(), SPACE), now = {};
  const points = { contours: rings(loss, loss.c), unregularized: [loss.c], now: reach.map((y) => [lam, y]), level: [[0, 0], [end, 0]], bend: [isBent ? bend : gap] };
  const says = { bends: [`claim.${isBent ? "bends" : "straight"}`, { low: three(low), high: three(high) }], strength: ["claim.strength", { lam }] };
  for (const [name, way] of Object.entries(ways)) {
    const drawn = until[name](end), weights = at(name, drawn), [w] = at(name, [lam]);
    now[name] = w;
    Object.assign(points, {
      [`ball-${name}`]: region(MIXES[name], w, name === "l1" ? 5 : CURVE_POINTS), [`way-${name}`]: way, [`gone-${name}`]: at(name, until[name](lam)),
      [`now-${name}`]: [w], [`w-${name}`]: w.map((part) => [lam, part]),
      ...Object.fromEntries([0, 1].map((i) => [`w${i + 1}-${name}`, over(drawn, weights.map((each) => each[i]))])),
    });
    says[`now-${name}`] = [`claim.${name}.${zeros(w)}`, signed({ first: w[0], second: w[1] }, 3)];
  }
  return {
    points, says, limits: { plane, chart: [0, end, ...reach] },
    ticks: { plane: cleared(plane, [loss.c, now.l1, bend]), chart: [rounded(0, end), rounded(...reach)] },
  };
}
