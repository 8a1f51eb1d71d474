// Balls of two weights: outlines, tips from as close as wanted, and farthest points; equals
// regmath's.

import { PI, abs, cos, expm1, log1p, max, min, sign, sin, sqrt } from "./numbers.js";

// One quadrant turned into four: the axes are met without rounding.
function quadrants(x, y) {
  const around = [(i) => [x[i], y[i]], (i) => [0 - y[i], x[i]], (i) => [0 - x[i], 0 - y[i]], (i) => [y[i], 0 - x[i]]];
  return [...around.flatMap((at) => x.map((_, i) => at(i))), [x[0], y[0]]];
}

const quarter = (n) => Array.from({ length: (n - 1) / 4 }, (_, i) => (2 * i * PI) / (n - 1));

// The boundary of a penalty's ball, `{l1, l2}` as in `plane.js`, whose budget is a radius for L2:
// how far it goes along each angle is the root of a quadratic.
export const ball = (mix, budget, n) => (mix.l2 === 0 ? quadrants([budget], [0]) : outline(mix, budget, n));

// With so many vertices whatever the penalty.
export function outline({ l1, l2, norm }, budget, n) {
  const turns = quarter(n), reach = turns.map((t) => {
    const linear = l1 * (cos(t) + sin(t));
    return norm ? budget : (2 * budget) / (linear + sqrt(linear ** 2 + 4 * l2 * budget)) || 0;
  });
  return quadrants(turns.map((t, i) => reach[i] * cos(t)), turns.map((t, i) => reach[i] * sin(t)));
}

// Of level 1, by its power.
export function lqBall(q, n) {
  const turns = quarter(n);
  if (q === Infinity) return quadrants(turns.map(() => 1), turns.map((_, i) => (i ? 1 : 0)));
  return quadrants(turns.map((t) => cos(t) ** (2 / q)), turns.map((t) => sin(t) ** (2 / q)));
}

// ---- tips, enlarged, in their own coordinates

function magnified(side, n, reach) {
  const half = (n - 1) / 2, steps = Array.from({ length: n }, (_, i) => (i - half) / half);
  return steps.map((step) => side(reach * step * abs(step)));
}

export const lqTip = (q, scale, n, reach) => magnified((far) => {
  const size = abs(far);
  if (q >= 1) return [scale * expm1(log1p(0 - (size / scale) ** q) / q) + 0, far];
  return [0 - size, sign(far) * scale * (0 - expm1(q * log1p(0 - size / scale))) ** (1 / q)];
}, n, reach);

export const netTip = (r, scale, n, reach) => magnified((far) => {
  const size = abs(far), a = (1 - r) / scale, b = 2 - r, c = size * (r + a * size);
  return [0 - (2 * c) / (b + sqrt(b * b - 4 * a * c)), far];
}, n, reach);

// ---- farthest points along a pull

// By Hoelder's equality.
export function lqFarthest(q, pull) {
  const [a, b] = pull.map(abs), most = max(a, b);
  if (q <= 1) return a >= b ? [sign(pull[0]), 0] : [0, sign(pull[1])];
  const share = [a, b].map((size) => (size / most) ** (1 / (q - 1)));
  const level = (share[0] ** q + share[1] ** q) ** (1 / q);
  return pull.map((one, i) => (sign(one) * share[i]) / level);
}

export function netFarthest(r, pull) {
  const s = 1 - r, [a, b] = pull.map(abs), low = min(a, b), both = a * a + b * b;
  const stays = r * r * both < (2 * r * r + 4 * s) * low * low;
  const m = stays ? sqrt(both / (2 * r * r + 4 * s)) : max(a, b) / sqrt(r * r + 4 * s);
  return pull.map((one) => (sign(one) * max(abs(one) - m * r, 0)) / (2 * s * m) + 0);
}
