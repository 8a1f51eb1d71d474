// Descent at a few of its many steps, until it has arrived: the twin of lessons/followed.py.

import { abs, max, round } from "./numbers.js";
import { minus } from "./plane.js";

export const STEPS = [...Array(25).keys(), ...Array.from({ length: 70 }, (_, i) => round(24 * 1.12 ** (i + 1)))];

// Where descent is after each of the steps: at its limit once it is as near as can be told.
export function followed(states, limit) {
  const near = 1e-10 * (1 + max(...limit.map(abs))), path = STEPS.map(() => limit);
  let count = 0, row = 0;
  for (const w of states) {
    if (count && max(...minus(w, limit).map(abs)) <= near) break;
    if (count === STEPS[row]) path[row++] = w;
    if (row === STEPS.length) break;
    count += 1;
  }
  return path;
}
