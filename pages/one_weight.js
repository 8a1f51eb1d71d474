// One weight and one bowl: what the twins of L1 and of L2 share, as lessons/one_weight.py has it.

import { abs, min, sign } from "./numbers.js";
import { equals, toDigits } from "./said.js";
import { graded } from "./scales.js";

export const STRONGEST = 100;

const PULL = { l1: (w) => abs(w), l2: (w) => w * w };

const EPS = 2 ** -52, NEAR = 61, FAR = 80, TRAILED = 31, REACH = 1.8;

const lossAt = ({ curvature, center }, w) => 0.5 * curvature * (w - center) ** 2;

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

const zoomOf = ({ curvature, center }) => (4 * abs(center)) / (1 + (2 * STRONGEST) / curvature);

// What the look at 0 sees; it closes in by the same factor at every step.
function windowOf(look, all, close) {
  return [0, 2].flatMap((at) => {
    const [wide, narrow] = [all, close].map((edges) => edges[at + 1] - edges[at]);
    const size = wide ** (1 - look) * narrow ** look, mix = (size - narrow) / (wide - narrow);
    return [at, at + 1].map((edge) => close[edge] + mix * (all[edge] - close[edge]));
  });
}

// The loss, its sum with the penalty, and the look at 0, of which `closest` is the nearest.
export function losses(own, values) {
  const { curvature, center, lam, compare } = values, pull = PULL[own], loss = (w) => lossAt(values, w);
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
  const other = own === "l1" ? "l2" : "l1", nowhere = [NaN, NaN], x = minimizer(other, values);
  const all = limitsOf(values), zoom = zoomOf(values), atZero = loss(0), fall = curvature * abs(center) * zoom, drop = atZero - lowest(STRONGEST)[1];
  const closest = [-zoom, zoom, ...(own === "l1" ? [atZero - 1.3 * fall, atZero + 3 * fall] : [atZero - 1.8 * drop, atZero + 2.2 * drop])];
  const close = windowOf(values.look, all, closest), zero = [[0, all[2]], [0, all[3]]];
  return {
    curve, lowest, sum, closest,
    limits: { losses: all, close },
    ticks: { losses: [[0, center], graded(0, all[3])], close: [[0, ...graded(close[0], close[1])], graded(close[2], close[3])] },
    names: { drop: { value: lowest(lam)[0] }, "total-lam": { value: lam }, "total-strongest": { lam: STRONGEST } },
    points: {
      zero, drop: [[lowest(lam)[0], 0], lowest(lam)], alone: curve((at) => lam * pull(at)), total: sum(lam), "total-lam": sum(lam), "total-strongest": sum(STRONGEST),
      loss: curve(loss), way: way(STRONGEST), trail: way(lam), bend: [[0, atZero]], free: [[center, 0]], least: [lowest(lam)], "least-strongest": [lowest(STRONGEST)],
      other: compare ? curve((at) => loss(at) + lam * PULL[other](at)) : w.map(() => nowhere),
      "other-least": [compare ? [x, loss(x) + lam * PULL[other](x)] : nowhere],
      "close-zero": zero, "close-total": sum(lam), "close-loss": curve(loss), "close-least": [lowest(lam)],
    },
    least: [`claim.least.${lowest(lam)[0] === 0 ? "zero" : lam === 0 ? "free" : "moved"}`, { w: lowest(lam)[0], lam, is: equals(lowest(lam)[0]) }],
  };
}

function limitsOf({ curvature, center }) {
  const size = abs(center), top = 0.5 * curvature * center * center;
  return [...(center > 0 ? [-1.25 * size, 1.6 * size] : [-1.6 * size, 1.25 * size]), -0.12 * top, 2.4 * top];
}

// A strength of few digits that is no less.
export function roundedUp(threshold) {
  const rounded = toDigits(threshold, 4);
  return rounded >= threshold ? rounded : toDigits(threshold * 1.0005, 4);
}

// A loss that is lowest at 0 has no weight to shrink.
export const awayFromZero = (values) => (values.center === 0 ? { ...values, center: 0.05 } : values);
