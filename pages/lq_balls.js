// Balls of every power, their tips and their farthest points: the twin of lessons/lq_balls.py.

import { PI, abs, atan2, cos, expm1, log1p, max, min, sign, sin, sqrt } from "./numbers.js";
import { equals } from "./said.js";

const POINTS = 97, TIP_POINTS = 57, [LEFT, RIGHT, BOTTOM, TOP] = [-1.4, 0.6, -1, 1], REACH = 4.5;
const CONTOUR = 0.75, PULL = 0.55, K = (POINTS - 1) / 4;

// One quadrant turned into four: the axes are met without rounding.
function turned(x, y) {
  const around = [(i) => [x[i], y[i]], (i) => [0 - y[i], x[i]], (i) => [0 - x[i], 0 - y[i]], (i) => [y[i], 0 - x[i]]];
  return [...around.flatMap((at) => x.map((_, i) => at(i))), [x[0], y[0]]];
}

const angles = Array.from({ length: K }, (_, i) => (i * PI) / (2 * K));
const outline = (q) => turned(angles.map((t) => cos(t) ** (2 / q)), angles.map((t) => sin(t) ** (2 / q)));
const square = turned(angles.map(() => 1), angles.map((_, i) => (i ? 1 : 0)));

// How far the elastic net reaches along each angle: the root of a quadratic.
function netOutline(r) {
  const reach = angles.map((t) => {
    const linear = r * (cos(t) + sin(t));
    return 2 / (linear + sqrt(linear ** 2 + 4 * (1 - r)));
  });
  return turned(angles.map((t, i) => reach[i] * cos(t)), angles.map((t, i) => reach[i] * sin(t)));
}

const steps = Array.from({ length: TIP_POINTS }, (_, i) => (i - (TIP_POINTS - 1) / 2) / ((TIP_POINTS - 1) / 2));

// The tip, enlarged, in its own coordinates; and beyond what is seen the corners that close it.
function closed(side) {
  const points = steps.map((step) => side(REACH * step * abs(step)));
  return [[-REACH, points[0][1]], ...points, [-REACH, points.at(-1)[1]]];
}

const lqTip = (q, scale) => closed((far) => {
  const size = abs(far);
  if (q >= 1) return [scale * expm1(log1p(0 - (size / scale) ** q) / q) + 0, far];
  return [0 - size, sign(far) * scale * (0 - expm1(q * log1p(0 - size / scale))) ** (1 / q)];
});

const netTip = (r, scale) => closed((far) => {
  const size = abs(far), a = (1 - r) / scale, b = 2 - r, c = size * (r + a * size);
  return [0 - (2 * c) / (b + sqrt(b * b - 4 * a * c)), far];
});

// Where a ball lies farthest along a pull, by Hoelder's equality.
function lqFar(q, g) {
  const [a, b] = g.map(abs), most = max(a, b);
  if (q <= 1) return a >= b ? [sign(g[0]), 0] : [0, sign(g[1])];
  const share = [a, b].map((size) => (size / most) ** (1 / (q - 1)));
  const level = (share[0] ** q + share[1] ** q) ** (1 / q);
  return g.map((one, i) => (sign(one) * share[i]) / level);
}

function netFar(r, g) {
  const s = 1 - r, [a, b] = g.map(abs), low = min(a, b), both = a * a + b * b;
  const stays = r * r * both < (2 * r * r + 4 * s) * low * low;
  const m = stays ? sqrt(both / (2 * r * r + 4 * s)) : max(a, b) / sqrt(r * r + 4 * s);
  return g.map((one) => (sign(one) * max(abs(one) - m * r, 0)) / (2 * s * m) + 0);
}

const weight = (key, w, turn) => [`claim.${key}.${w === 0 ? "zero" : "other"}`, { w, turn, is: equals(w) }];

export function marks({ q, zoom, turn, ratio }) {
  const pull = [cos((turn * PI) / 180), sin((turn * PI) / 180)], along = [0 - CONTOUR * pull[1], CONTOUR * pull[0]];
  const ball = outline(q), tip = lqTip(q, zoom), far = lqFar(q, pull), net = netFar(ratio, pull);
  const ray = [q <= 1 ? -2 : 0, q >= 1 ? 2 : 0], level = 2 * 0.5 ** q, angle = (360 / PI) * atan2(2 - ratio, ratio);
  const lens = [[LEFT, BOTTOM], [RIGHT, BOTTOM], [RIGHT, TOP], [LEFT, TOP], [LEFT, BOTTOM]];
  return {
    points: {
      ball, lq: ball, net: netOutline(ratio), half: outline(0.5), l1: outline(1), l2: outline(2), square,
      chord: [[1, 0], [0, 1]], middle: [[0.5, 0.5]], lens: lens.map(([x, y]) => [1 + x / zoom, y / zoom]),
      "contour-lq": [[far[0] - along[0], far[1] - along[1]], [far[0] + along[0], far[1] + along[1]]],
      pull: [[0, 0], pull.map((x) => PULL * x)], "far-net": [net], "far-lq": [far],
      "ball-tip": tip, tangent: [[ray[0], 0 - ray[1]], [0, 0], ray], "lq-tip": tip, "net-tip": netTip(ratio, zoom),
    },
    says: {
      lq: [`claim.lq.${q < 1 ? "needle" : q === 1 ? "corner" : "round"}`, { q }],
      net: ["claim.net", { ratio, angle, is: equals(angle) }],
      middle: [`claim.middle.${level > 1 ? "out" : level === 1 ? "on" : "in"}`, { q, level, is: equals(level) }],
      "far-lq": weight("far", far[1], turn),
      "far-net": weight("net-far", net[1], turn),
    },
    names: { lq: { value: q }, "lq-tip": { value: q } },
  };
}
