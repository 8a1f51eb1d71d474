// All weights at a strength, those that are 0 told apart, and their count: the twin of
// lessons/paths_drawn.py.

import { keptAndGone } from "./lines.js";
import { page } from "./runtime.js";

const { n, near, upright, count: [none, all] } = page.numbers;

// The marks of one penalty's paths that follow lambda, which stands at `now`.
export function pathsAt(name, now, weights, zeros) {
  const [dots, holes] = keptAndGone(weights.map((w) => [now, w]), weights).map((each) => each.slice(0, near));
  return {
    [`dots-${name}`]: dots, [`holes-${name}`]: holes, [`now-${name}`]: upright.map((end) => [now, end]),
    [`count-${name}`]: [[now, none + (zeros / n) * (all - none)]],
  };
}
