// Contours of a quadratic loss with an L1 penalty, with their vertices on the axes; equals regmath's.

import { PI, abs, atan2, cos, max, min, sign, sin, sqrt } from "./numbers.js";
import { minus, penalized, times } from "./plane.js";

// One that rises so much above the lowest point, along even rays and through its vertices.
export function l1Contour(loss, lam, rise, n) {
  const lowest = penalized(loss, { l1: 1, l2: 0 }, lam), [a, b, d] = loss.h, p = sqrt(a), q = b / p, r = sqrt(d - q * q);
  const slope = times(loss.h, minus(lowest, loss.c));
  const at = (angle) => {
    const up = sin(angle) / r, way = [(cos(angle) - q * up) / p, up];
    const side = lowest.map((w, i) => sign(w === 0 ? way[i] : w)), crosses = way.map((x, i) => x * lowest[i] < 0);
    const steady = way[0] * slope[0] + way[1] * slope[1] + lam * (way[0] * side[0] + way[1] * side[1]);
    const bends = way.map((x, i) => (crosses[i] ? 2 * lam * abs(x) : 0)), offsets = lowest.map((w, i) => (crosses[i] ? 2 * lam * abs(w) : 0));
    const reach = min(...[[0, 0], [1, 0], [0, 1], [1, 1]].map(([i, j]) => {
      const tilt = steady + i * bends[0] + j * bends[1], left = rise + i * offsets[0] + j * offsets[1];
      return (2 * left) / (tilt + sqrt(tilt ** 2 + 2 * left));
    }));
    return way.map((x, i) => lowest[i] + reach * x);
  };
  const gap = (w) => loss.h[0] * (w[0] - loss.c[0]) ** 2 / 2 + b * (w[0] - loss.c[0]) * (w[1] - loss.c[1]) + (d * (w[1] - loss.c[1]) ** 2) / 2 + lam * (abs(w[0]) + abs(w[1]));
  const vertices = [0, 1].flatMap((axis) => {
    const other = 1 - axis, curvature = other ? d : a, pull = times(loss.h, loss.c)[other], atZero = gap([0, 0]) - gap(lowest);
    const middles = [(pull - lam) / curvature, (pull + lam) / curvature], squares = middles.map((x) => x ** 2 - (2 * (atZero - rise)) / curvature);
    const halves = squares.map((x) => sqrt(max(x, 0))), low = max(...middles.map((x, i) => x - halves[i])), high = min(...middles.map((x, i) => x + halves[i]));
    if (squares.some((x) => x < 0) || low > high) return [at(0 - PI), at(0 - PI)];
    return [low, high].map((x) => (other ? [0, x] : [x, 0]));
  });
  const angles = vertices.map((w) => { const [x, y] = minus(w, lowest); return atan2(r * y + 0, p * x + q * y + 0); });
  const even = Array.from({ length: n - 1 }, (_, k) => k * ((2 * PI) / (n - 1)) - PI);
  const found = [...even.map((angle) => [angle, at(angle)]), ...vertices.map((w, k) => [angles[k], w])].sort((one, two) => one[0] - two[0]).map(([, w]) => w);
  return [...found, found[0]];
}
