// A loss of two weights with a penalty: how much higher it is than at its lowest point, and its
// contours under L1. Equals regmath's objective_gap and l1_level_sets.

import { PI, abs, atan2, cos, max, min, sign, sin, sqrt } from "./numbers.js";
import { gradient, minus, plus, times } from "./plane.js";

export function gapFrom(loss, mix, lam, lowest) {
  const l1 = lam * mix.l1, l2 = lam * mix.l2, slope = plus(gradient(loss, lowest), lowest, 2 * l2);
  const tangent = lowest.map((x, j) => (x === 0 ? min(max(0 - slope[j], 0 - l1), l1) : l1 * sign(x)));
  return (w) => {
    const off = minus(w, lowest), pull = times(loss.h, off);
    return w.reduce((sum, x, j) => sum + (off[j] * pull[j]) / 2 + l2 * off[j] ** 2 + max(l1 * abs(x) - tangent[j] * x, 0), 0);
  };
}

// About the lowest point, closed; `gap` is how much higher the objective is than there.
export function kinkedContour(loss, lam, lowest, gap, rise, n) {
  const [a, b, d] = loss.h, p = sqrt(a), q = b / p, r = sqrt(d - q * q), slope = gradient(loss, lowest);
  // Along a ray: even in its angle where the loss is round.
  const at = (angle) => {
    const up = sin(angle) / r, way = [(cos(angle) - q * up) / p, up], used = [[0, 0], [1, 0], [0, 1], [1, 1]];
    const steady = way.reduce((sum, x, j) => sum + x * slope[j] + lam * x * (lowest[j] === 0 ? sign(x) : sign(lowest[j])), 0);
    const bends = way.map((x, j) => (x * lowest[j] < 0 ? [2 * lam * abs(x), 2 * lam * abs(lowest[j])] : [0, 0]));
    const reach = min(...used.map((on) => {
      const [tilt, left] = [steady, rise].map((whole, i) => whole + on[0] * bends[0][i] + on[1] * bends[1][i]);
      return (2 * left) / (tilt + sqrt(tilt ** 2 + 2 * left));
    }));
    return [angle, lowest.map((x, j) => x + reach * way[j])];
  };
  // On the axis where a weight is 0, where the contour comes so far.
  const vertices = (axis) => {
    const curvature = axis ? a : d, pull = times(loss.h, loss.c)[1 - axis], above = gap([0, 0]) - rise;
    const middle = [(pull - lam) / curvature, (pull + lam) / curvature], square = middle.map((x) => x ** 2 - (2 * above) / curvature);
    const half = square.map((x) => sqrt(max(x, 0))), low = max(middle[0] - half[0], middle[1] - half[1]), high = min(middle[0] + half[0], middle[1] + half[1]);
    if (min(...square) < 0 || low > high) return [at(0 - PI), at(0 - PI)];
    return [low, high].map((x) => {
      const point = axis ? [x, 0] : [0, x], off = point.map((part, j) => part - lowest[j]);
      return [atan2(r * off[1] + 0, p * off[0] + q * off[1] + 0), point];
    });
  };
  const even = Array.from({ length: n - 1 }, (_, i) => at(PI * ((2 * i) / (n - 1) - 1)));
  const found = [...even, ...vertices(0), ...vertices(1)].sort((one, other) => one[0] - other[0]).map(([, point]) => point);
  return [...found, found[0]];
}
