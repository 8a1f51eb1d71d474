// L2 on one weight: the twin of lessons/l2_loss.py.

import { abs, hypot } from "./numbers.js";
import { STRONGEST, awayFromZero, losses } from "./one_weight.js";
import { toDigits } from "./said.js";

const BETWEEN = 10, SLOPE = 0.28;

export function marks(values) {
  const { curvature, center, lam } = values, slope = -curvature * center, size = abs(slope);
  const { points, lowest, sum, limits, ticks, names, least } = losses("l2", values);
  const [left, right, bottom, top] = limits.losses, [[, atZero]] = points.bend, last = lowest(STRONGEST);
  const part = SLOPE / hypot(1 / (right - left), slope / (top - bottom)), near = toDigits(last[0], 2);
  return {
    points: {
      ...points,
      "total-between": sum(BETWEEN), "least-between": [lowest(BETWEEN)],
      slope: [[0 - part, atZero - part * slope], [part, atZero + part * slope]],
      "close-drop": [[last[0], 0], last], "close-strongest": sum(STRONGEST), "close-same": points.bend, "close-lowest": [last],
    },
    names: {
      ...names,
      "total-between": { lam: BETWEEN }, slope: { slope }, "close-strongest": { lam: STRONGEST },
      "close-drop": { w: near, is: near === last[0] ? "=" : "≈" },
    },
    limits, ticks,
    says: {
      least,
      slope: [`claim.slope.${lam === 0 ? "free" : "moved"}`, { slope }],
      other: [`claim.other.${lam >= size * (1 - 1e-15) ? "zero" : "moved"}`, { size }],
    },
  };
}

marks.settle = awayFromZero;
