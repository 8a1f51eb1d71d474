// L1 on one weight: the twin of lessons/l1_loss.py.

import { abs, hypot, min } from "./numbers.js";
import { PULL, STRONGEST, awayFromZero, limitsOf, losses, lossAt, minimizer, roundedUp } from "./one_weight.js";
import { equals } from "./said.js";
import { graded } from "./scales.js";

const BEYOND = 2.5, SLOPE = 0.24;

export function marks(values) {
  const { curvature, center, lam, compare } = values, slope = -curvature * center;
  const threshold = abs(slope), end = BEYOND * threshold;
  const { points, lowest, sum, curve } = losses("l1", values);
  const w = lowest(lam)[0], other = minimizer("l2", values);
  const limits = limitsOf(values), [left, right, bottom, top] = limits, atZero = lossAt(values, 0);
  const [before, after] = [slope - lam, slope + lam].map((at) => (abs(at) <= 1e-12 * threshold ? 0 : at));
  const line = (way) => {
    const [x, y] = [way, way * (way < 0 ? before : after)], length = hypot(x / (right - left), y / (top - bottom));
    return [[0, atZero], [(x * SLOPE) / length, atZero + (y * SLOPE) / length]];
  };
  const kind = w === 0 ? "zero" : lam === 0 ? "free" : "moved";
  const tip = [min(lam, end), w], nowhere = [NaN, NaN];
  const [low, high] = [-0.12 * center, 1.2 * center].sort((a, b) => a - b);
  return {
    points: {
      ...points,
      "total-threshold": sum(threshold),
      other: compare ? curve((x) => lossAt(values, x) + lam * PULL.l2(x)) : points.loss.map(() => nowhere),
      "other-least": [compare ? [other, lossAt(values, other) + lam * PULL.l2(other)] : nowhere],
      "slope-left": line(-1), "slope-right": line(1),
      path: [[0, center], [threshold, 0], [end, 0]],
      walk: [[0, center], [min(lam, threshold), w], tip],
      held: [[threshold, 0], [end, 0]],
      start: [[0, center]], arrival: [[threshold, 0]], now: [lam > end ? nowhere : tip],
    },
    names: {
      drop: { value: w }, "total-lam": { value: lam }, "total-threshold": { lam: roundedUp(threshold) }, "total-strongest": { lam: STRONGEST },
      "slope-left": { value: before }, "slope-right": { value: after },
    },
    limits: { losses: limits, path: [0, end, low, high] },
    ticks: { losses: [[0, center], graded(0, top)], path: [[threshold, 2 * threshold], [0, center]] },
    says: {
      least: [`claim.least.${kind}`, { w, lam, is: equals(w) }],
      slopes: [`claim.slopes.${before === 0 || after === 0 ? "level" : kind}`, { left: before, right: after }],
      other: ["claim.other", { w: other, is: equals(other) }],
    },
  };
}

marks.settle = awayFromZero;
