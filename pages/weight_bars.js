// The weights of a polynomial as bars: the twin of lessons/weight_bars.py.

import { abs, max } from "./numbers.js";
import { rounded } from "./scales.js";

const ASIDE = 0.7, AIR = 1.25;

// Where bars are, without a penalty and now, and what is seen of them.
export function weightBars(free, now) {
  const bars = (weights) => weights.map((weight, j) => [j + 1, weight]), reach = AIR * max(...free.map(abs));
  const limits = [1 - ASIDE, free.length + ASIDE, -reach, reach], zero = limits.slice(0, 2).map((x) => [x, 0]);
  return {
    points: { "bars-free": bars(free), "bars-before": bars(free), bars: bars(now), zero },
    limits, ticks: [null, rounded(-reach, reach)],
  };
}
