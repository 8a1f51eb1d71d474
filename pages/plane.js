// Optima and descents of a quadratic loss of two weights; equals regmath's.
//
// A loss is `{h: [h11, h12, h22], c: [c1, c2]}`: 1/2 (w - c)' H (w - c). A penalty is the shares
// `{l1, l2}` of |w|_1 and |w|_2^2 in it; `norm` marks L2, whose budget is a radius.

import { abs, hypot, max, min, sign, sqrt } from "./numbers.js";
import { soft } from "./soft.js";

export const MIXES = {
  l1: { l1: 1, l2: 0 },
  l2: { l1: 0, l2: 1, norm: true },
};
const EPS = 2 ** -52;
const SIGNS = [[1, 1], [1, -1], [-1, 1], [-1, -1]];

// From a page's knobs: two curvatures, the features' correlation, and the optimum.
export function lossOf({ rho, curvature: [a, d], center }) {
  // At 0 no weight would be left to shrink.
  return { h: [a, rho * sqrt(a * d), d], c: center.some(Boolean) ? center : [0.01, 0.01] };
}

export const times = ([a, b, d], [x, y]) => [a * x + b * y, b * x + d * y];
export const minus = ([a, b], [c, d]) => [a - c, b - d];
export const plus = ([a, b], [c, d], part = 1) => [a + part * c, b + part * d];
export const length = ([x, y]) => hypot(x, y);

// Elimination, which is backward stable however correlated the weights are.
export function solve([a, b, d], [x, y]) {
  if (abs(b) > abs(a)) {
    const ratio = a / b;
    const second = (x - ratio * y) / (b - ratio * d);
    return [(y - d * second) / b, second];
  }
  const ratio = b / a;
  const second = (y - ratio * x) / (d - ratio * b);
  return [(x - b * second) / a, second];
}

export const gradient = (loss, w) => times(loss.h, minus(w, loss.c));

export function level(mix, [x, y]) {
  if (mix.norm) return sqrt(x * x + y * y);
  return abs(x) * (mix.l1 + mix.l2 * abs(x)) + abs(y) * (mix.l1 + mix.l2 * abs(y));
}

// ---- with a penalty

export function penalized(loss, mix, lam) {
  if (lam === 0) return [...loss.c];
  const [a, b, d] = loss.h, shift = 2 * mix.l2 * lam;
  const curved = [a + shift, b, d + shift], linear = times(loss.h, loss.c);
  return mix.l1 === 0 ? solve(curved, linear) : planarLasso(curved, linear, mix.l1 * lam);
}

// Either axis first: it holds the optimum when the slope across it stays within `l1`.
function planarLasso([a, b, d], [x, y], l1) {
  const first = soft(x, l1) / a + 0, second = soft(y, l1) / d + 0;
  const excess = (slope, moved) =>
    abs(slope - moved) - l1 - 4 * EPS * (abs(slope) + abs(moved));
  if (excess(y, b * first) <= 0) return [first, 0];
  if (excess(x, b * second) <= 0) return [0, second];
  let best = null, most = -Infinity;
  for (const [s, t] of SIGNS) {
    const [u, v] = solve([a, b, d], [x - s * l1, y - t * l1]);
    if (min(s * u, t * v) > most) [best, most] = [[s, t, s * u, t * v], min(s * u, t * v)];
  }
  const [s, t, u, v] = best;
  return [s * max(u, 0) + 0, t * max(v, 0) + 0];
}

// ---- inside a ball

// The optimum and the strength that is its price: 0 where the ball does not bind.
export function constrained(loss, mix, budget) {
  if (level(mix, loss.c) <= budget) return { weights: [...loss.c], lam: 0 };
  if (mix.norm) return inCircle(loss, budget);
  return mix.l2 === 0 ? inDiamond(loss, budget) : inRoundedDiamond(loss, mix, budget);
}

// Each edge has its own best point; the optimum is the one whose Frank-Wolfe gap is least.
function inDiamond(loss, budget) {
  const [h11, h12, h22] = loss.h, [b1, b2] = times(loss.h, loss.c);
  let best = null, least = Infinity;
  for (const [s, t] of SIGNS) {
    const curvature = max(h11 + h22 - 2 * s * t * h12, 0);
    const slope = budget * (h22 - s * t * h12) + s * b1 - t * b2;
    const share = min(max(slope / curvature, 0), budget);
    const w = [s * share + 0, t * (budget - share) + 0];
    const [g1, g2] = minus(times(loss.h, w), [b1, b2]);
    const steepest = max(abs(g1), abs(g2));
    const gap = g1 * w[0] + g2 * w[1] + budget * steepest;
    if (gap < least) [best, least] = [{ weights: w, lam: steepest }, gap];
  }
  return best;
}

// Eigenvalues and the first eigenvector, from the formula that adds and never cancels.
function eigen([a, b, d]) {
  const mean = 0.5 * (a + d), half = 0.5 * (a - d);
  const spread = sqrt(half * half + b * b);
  const longest = spread + abs(half) || 1;
  const scale = 1 / sqrt(longest * longest + b * b);
  const [long, short] = [longest * scale, b * scale];
  const axis = half < 0 ? [short, long] : [long, short];
  return { values: [mean + spread, max(mean - spread, 0)], axis };
}

// Newton on 1/|w(mu)| - 1/radius, which only ever grows mu.
function inCircle(loss, radius) {
  const { values, axis: [x, y] } = eigen(loss.h), [c1, c2] = loss.c;
  const along = [x * c1 + y * c2, x * c2 - y * c1];
  const scaled = along.map((part, i) => (values[i] * part) / radius);
  let mu = max(...scaled.map((part, i) => abs(part) - values[i]), 0);
  for (let step = 0; step < 100; step++) {
    const squares = scaled.map((part, i) => (part / (values[i] + mu)) ** 2);
    const norm2 = squares[0] + squares[1], excess = sqrt(norm2) - 1;
    if (excess <= 4 * EPS) break;
    mu += (excess * norm2) / squares.reduce((sum, part, i) => sum + part / (values[i] + mu), 0);
  }
  const [u, v] = along.map((part, i) => part * (values[i] / (values[i] + mu)));
  return { weights: [x * u - y * v, y * u + x * v], lam: 0.5 * mu };
}

// The level falls as lam grows: bisection to the last bit of a double.
function inRoundedDiamond(loss, mix, budget) {
  let low = 0, high = max(...times(loss.h, loss.c).map(abs)) / mix.l1;
  for (;;) {
    const lam = 0.5 * (low + high);
    if (lam <= low || lam >= high) return { weights: penalized(loss, mix, high), lam: high };
    if (level(mix, penalized(loss, mix, lam)) > budget) low = lam;
    else high = lam;
  }
}

// How far weights are from meeting their optimality conditions.
export function residual(loss, mix, lam, w) {
  const g = gradient(loss, w), pull = mix.l1 * lam;
  return hypot(...w.map((x, i) => {
    const rest = g[i] + 2 * mix.l2 * lam * x;
    return x === 0 ? max(abs(rest) - pull, 0) : rest + pull * sign(x);
  }));
}

// ---- descents: endless iterators of weights, the start first

export function project(mix, w, budget) {
  if (level(mix, w) <= budget) return [...w];
  if (mix.norm) return w.map((x) => x * (budget / level(mix, w)) + 0);
  const { l1: r, l2: s } = mix, size = w.map(abs).sort((a, b) => b - a);
  let excess = -budget, ratio = 0;
  size.forEach((x, i) => {
    excess += x * (r + s * x);
    const spread = (i + 1) * r * r + 4 * s * budget;
    // A weight stays if the multiplier that would just remove it overspends.
    if (i === 0 || r * r * excess < spread * x * (r + s * x)) ratio = max(excess / spread, 0);
  });
  const shrink = sqrt(1 + 4 * s * ratio);
  return w.map((x) => soft(x, ((2 * ratio) / (1 + shrink)) * r) / shrink + 0);
}

const prox = (mix, lam, w, step) =>
  w.map((x) => soft(x, step * lam * mix.l1) / (1 + 2 * step * lam * mix.l2) + 0);

const downhill = (loss, w, step) => plus(w, gradient(loss, w), -step);

export const DESCENTS = {
  *free(loss, mix, { start, step }) {
    for (let w = [...start]; ; w = downhill(loss, w, step)) yield w;
  },
  *momentum(loss, mix, { start, step, beta }) {
    for (let w = [...start], before = w; ;) {
      yield w;
      [w, before] = [plus(downhill(loss, w, step), minus(w, before), beta), w];
    }
  },
  *projected(loss, mix, { start, step, budget }) {
    for (let w = [...start]; ; w = project(mix, downhill(loss, w, step), budget)) yield w;
  },
  *ista(loss, mix, { start, step, lam }) {
    for (let w = [...start]; ; w = prox(mix, lam, downhill(loss, w, step), step)) yield w;
  },
  *fista(loss, mix, { start, step, lam }) {
    let w = [...start], ahead = w, inertia = 1;
    for (;;) {
      yield w;
      const before = w, grown = (1 + sqrt(1 + 4 * inertia * inertia)) / 2;
      w = prox(mix, lam, downhill(loss, ahead, step), step);
      ahead = plus(w, minus(w, before), (inertia - 1) / grown);
      inertia = grown;
    }
  },
  *coordinate(loss, mix, { start, lam }) {
    for (let w = [...start]; ; w = sweep(loss, mix, lam, w)) yield w;
  },
};

function sweep(loss, mix, lam, [x, y]) {
  const [a, b, d] = loss.h;
  let [g1, g2] = gradient(loss, [x, y]);
  const [u] = prox(mix, lam, [x - g1 / a], 1 / a);
  g2 += (u - x) * b;
  const [v] = prox(mix, lam, [y - g2 / d], 1 / d);
  return [u, v];
}

// The largest curvature of the loss: descent's step sizes are in units of one over it.
export const smoothness = (loss) => eigen(loss.h).values[0];

// ---- zones

// Where the loss's optimum must lie for a weight to be exactly 0, by half an axis: strips where
// the strength is given, wedges at the corners, which go so far, where the budget is.
export function zones(loss, { l1, l2 }, lam, budget, reach, far) {
  return [[0, 1], [0, -1], [1, 1], [1, -1]].map(([axis, way]) => {
    const placed = (along, across) => (axis ? [across, way * along] : [way * along, across]);
    const up = (along, across) => solve(loss.h, placed(along, across));
    if (budget == null) {
      const near = [-1, 1].map((side) => up(l1 * lam, side * l1 * lam));
      const [first, last] = near.map((from) => plus(plus(from, placed(far, 0)), up(2 * l2 * lam, 0), far));
      return [[0, 0], near[0], first, last, near[1]];
    }
    const apex = placed(reach, 0);
    const [first, last] = [-1, 1].map((side) => up(l1 + 2 * l2 * reach, side * l1)).map((ray) => plus(apex, ray, far / length(ray)));
    return [apex, apex, first, last, apex];
  });
}

// The strengths from which on L1 leaves one weight, and none.
export function bends({ h: [a, b, d], c: [x, y] }) {
  const linear = [a * x + b * y, b * x + d * y], high = max(...linear.map(abs));
  const TIE = 8 * 2 ** -52, first = high - TIE * max(abs(a * x) + abs(b * y), abs(b * x) + abs(d * y), high);
  const joins = (own, other, curvature) => {
    if (abs(own) < first) return Infinity;
    const ratio = b / curvature, rest = other - ratio * own, drift = ratio * sign(own);
    const rounding = TIE * (abs(other) + abs(ratio * own));
    const meets = (left, closing) => (left > rounding ? (closing > TIE ? left / closing : Infinity) : 0);
    return max(meets(rest, 1 - drift), meets(-rest, 1 + drift));
  };
  return [min(joins(linear[0], linear[1], a), joins(linear[1], linear[0], d), high), high];
}
