// L1 on one weight: the twin of lessons/l1_loss.py.

import { abs, hypot, min } from "./numbers.js";
import { awayFromZero, losses, minimizer, roundedUp } from "./one_weight.js";
import { equals } from "./said.js";

const BEYOND = 2.5, SLOPE = 0.36;

export function marks(values) {
  const { curvature, center, lam } = values, slope = -curvature * center;
  const threshold = abs(slope), end = BEYOND * threshold;
  const { points, lowest, sum, closest, limits, ticks, names, least } = losses("l1", values);
  const w = lowest(lam)[0], other = minimizer("l2", values), [[, atZero]] = points.bend;
  const [before, after] = [slope - lam, slope + lam].map((at) => (abs(at) <= 1e-12 * threshold ? 0 : at));
  const line = (way) => {
    const [x, y] = [way, way * (way < 0 ? before : after)], length = hypot(x / (closest[1] - closest[0]), y / (closest[3] - closest[2]));
    return [[0, atZero], [(x * SLOPE) / length, atZero + (y * SLOPE) / length]];
  };
  const tip = [min(lam, end), w], kind = least[0].split(".").pop();
  return {
    points: {
      ...points,
      "total-threshold": sum(threshold), "slope-left": line(-1), "slope-right": line(1),
      path: [[0, center], [threshold, 0], [end, 0]],
      walk: [[0, center], [min(lam, threshold), w], tip],
      held: [[threshold, 0], [end, 0]],
      start: [[0, center]], arrival: [[threshold, 0]], now: [lam > end ? [NaN, NaN] : tip],
    },
    names: { ...names, "total-threshold": { lam: roundedUp(threshold) }, "slope-left": { value: before }, "slope-right": { value: after } },
    limits: { ...limits, path: [0, end, ...[-0.12 * center, 1.2 * center].sort((a, b) => a - b)] },
    ticks: { ...ticks, path: [[threshold, 2 * threshold], [0, center]] },
    says: {
      least,
      slopes: [`claim.slopes.${before === 0 || after === 0 ? "level" : kind}`, { slope, lam, left: before, right: after, is: equals(before), is_right: equals(after) }],
      other: ["claim.other", { w: other, is: equals(other) }],
    },
  };
}

marks.settle = awayFromZero;
