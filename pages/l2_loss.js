// L2 on one weight: the twin of lessons/l2_loss.py.

import { abs, hypot } from "./numbers.js";
import { PULL, STRONGEST, awayFromZero, limitsOf, losses, lossAt, minimizer, zoomOf } from "./one_weight.js";
import { equals } from "./said.js";
import { graded } from "./scales.js";

const BETWEEN = 10, SLOPE = 0.22;

// What the look at 0 sees; it closes in by the same factor at every step.
function windowOf(values, limits, lowest) {
  const zoom = zoomOf(values), atZero = lossAt(values, 0), low = lowest(STRONGEST)[1], drop = atZero - low;
  const close = [-zoom, zoom, low - 0.8 * drop, atZero + 2.2 * drop];
  return [0, 2].flatMap((at) => {
    const [wide, narrow] = [limits, close].map((edges) => edges[at + 1] - edges[at]);
    const size = wide ** (1 - values.look) * narrow ** values.look, mix = (size - narrow) / (wide - narrow);
    return [at, at + 1].map((edge) => close[edge] + mix * (limits[edge] - close[edge]));
  });
}

export function marks(values) {
  const { curvature, center, lam, compare } = values, slope = -curvature * center, size = abs(slope);
  const { points, lowest, sum, curve } = losses("l2", values);
  const limits = limitsOf(values), [left, right, bottom, top] = limits, atZero = lossAt(values, 0);
  const close = windowOf(values, limits, lowest), last = lowest(STRONGEST), nowhere = [NaN, NaN];
  const part = SLOPE / hypot(1 / (right - left), slope / (top - bottom));
  const near = Number(last[0].toPrecision(2)), w = lowest(lam)[0], other = minimizer("l1", values), kind = lam === 0 ? "free" : "moved";
  return {
    points: {
      ...points,
      other: compare ? curve((x) => lossAt(values, x) + lam * PULL.l1(x)) : points.loss.map(() => nowhere),
      "other-least": [compare ? [other, lossAt(values, other) + lam * PULL.l1(other)] : nowhere],
      "total-between": sum(BETWEEN), "least-between": [lowest(BETWEEN)],
      slope: [[0 - part, atZero - part * slope], [part, atZero + part * slope]],
      "close-drop": [[last[0], 0], last], "close-total": points.total, "close-strongest": sum(STRONGEST),
      "close-loss": points.loss, "close-same": points.bend, "close-least": points.least, "close-lowest": [last],
    },
    names: {
      drop: { value: w }, "total-lam": { value: lam }, "total-between": { lam: BETWEEN }, "total-strongest": { lam: STRONGEST },
      slope: { slope }, "close-strongest": { lam: STRONGEST }, "close-drop": { w: near, lam: STRONGEST, is: near === last[0] ? "=" : "≈" },
    },
    limits: { losses: limits, close },
    ticks: { losses: [[0, center], graded(0, top)], close: [[0, ...graded(close[0], close[1])], graded(close[2], close[3] - 0.25 * (close[3] - close[2]))] },
    says: {
      least: [`claim.least.${kind}`, { w, lam, is: equals(w) }],
      slope: [`claim.slope.${kind}`, { slope }],
      other: [`claim.other.${lam >= size * (1 - 1e-15) ? "zero" : "moved"}`, { size }],
    },
  };
}

marks.settle = awayFromZero;
