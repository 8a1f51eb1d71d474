// Curves of a loss of two weights, as in `plane.js`; equals regmath's.

import { cos, sin, sqrt } from "./numbers.js";

// Contour through a point, closed; its first vertex is the point itself.
export function contour(loss, w, n = 241) {
  const [a, b, d] = loss.h;
  const p = sqrt(a), q = b / p, r = sqrt(d - q * q);
  const x = w[0] - loss.c[0], y = w[1] - loss.c[1], u = p * x + q * y, v = r * y;
  const points = [];
  for (let i = 0; i < n; i++) {
    const angle = (2 * Math.PI * i) / (n - 1), c = cos(angle), s = sin(angle);
    const up = (s * u + c * v) / r;
    points.push([loss.c[0] + (c * u - s * v - q * up) / p, loss.c[1] + up]);
  }
  points[0] = points[n - 1] = [...w];
  return points;
}
