// Rules that update weights of any number, by the loss's slope there; equals regmath's descents.

import { sign } from "./numbers.js";
import { soft } from "./soft.js";

// From a weight, and where the step of the loss takes it.
export const UPDATES = {
  sign: (w, down, eta, lam) => down - eta * lam * sign(w),
  proximal: (w, down, eta, lam) => soft(down, eta * lam),
  l2: (w, down, eta, lam) => down - 2 * eta * lam * w,
};

// Where a rule leads from a start in so many steps.
export function walk(update, slope, start, { lam, step_size: eta }, many) {
  const found = [start];
  while (found.length <= many) {
    const w = found[found.length - 1], down = slope(w);
    found.push(w.map((x, i) => update(x, x - eta * down[i], eta, lam)));
  }
  return found;
}
