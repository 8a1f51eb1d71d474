// One weight and one bowl: what the twins of L1 and of L2 share, as lessons/one_weight.py has it.

import { abs, min, sign } from "./numbers.js";

export const STRONGEST = 100;

export const PULL = { l1: (w) => abs(w), l2: (w) => w * w };

const EPS = 2 ** -52, NEAR = 61, FAR = 80, TRAILED = 31, REACH = 1.8;

export const lossAt = ({ curvature, center }, w) => 0.5 * curvature * (w - center) ** 2;

// The lowest point; exactly 0 where L1 holds it there.
export function minimizer(name, { curvature, center, lam }) {
  const slope = curvature * center;
  if (lam === 0) return center;
  if (name === "l2") return slope / (curvature + 2 * lam);
  if (abs(slope) - lam <= 8 * EPS * abs(slope)) return 0;
  return (slope - lam * sign(slope)) / curvature;
}

// Weights from one end to the other, ever denser towards 0.
function weights(reach, zoom) {
  const half = (NEAR - 1) / 2;
  const near = Array.from({ length: NEAR }, (_, i) => (zoom * (i - half)) / half);
  const far = Array.from({ length: FAR }, (_, i) => zoom * (reach / zoom) ** ((i + 1) / FAR));
  return [...far.map((w) => -w).reverse(), ...near, ...far];
}

export const zoomOf = ({ curvature, center }) => (4 * abs(center)) / (1 + (2 * STRONGEST) / curvature);

export function losses(own, values) {
  const { curvature, center, lam } = values, pull = PULL[own], loss = (w) => lossAt(values, w);
  const w = weights(REACH * abs(center), zoomOf(values)), curve = (of) => w.map((x) => [x, of(x)]);
  const sum = (strength) => curve((x) => loss(x) + strength * pull(x));
  const lowest = (strength) => {
    const x = minimizer(own, { curvature, center, lam: strength });
    return [x, loss(x) + strength * pull(x)];
  };
  const end = own === "l1" ? curvature * abs(center) : Infinity;
  const way = (strength) => [
    ...Array.from({ length: TRAILED - 1 }, (_, i) => lowest((min(strength, end) * i) / (TRAILED - 1))), lowest(strength),
  ];
  return {
    curve, lowest, sum,
    points: {
      drop: [[lowest(lam)[0], 0], lowest(lam)], alone: curve((x) => lam * pull(x)), total: sum(lam), "total-lam": sum(lam), "total-strongest": sum(STRONGEST),
      loss: curve(loss), way: way(STRONGEST), trail: way(lam), bend: [[0, loss(0)]], free: [[center, 0]], least: [lowest(lam)], "least-strongest": [lowest(STRONGEST)],
    },
  };
}

export function limitsOf({ curvature, center }) {
  const size = abs(center), top = 0.5 * curvature * center * center;
  return [...(center > 0 ? [-size, 1.6 * size] : [-1.6 * size, size]), -0.12 * top, 2.4 * top];
}


// A strength of few digits that is no less.
export function roundedUp(threshold) {
  const rounded = Number(threshold.toPrecision(4));
  return rounded >= threshold ? rounded : Number((threshold * 1.0005).toPrecision(4));
}

// A loss that is lowest at 0 has no weight to shrink.
export const awayFromZero = (values) => (values.center === 0 ? { ...values, center: 0.05 } : values);
