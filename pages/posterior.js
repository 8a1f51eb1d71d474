// The mean of a posterior with a Laplace prior, by quadrature; equals regmath's.

import { PI, abs, ceil, cos, exp, min, sqrt } from "./numbers.js";
import { MIXES, minus, penalized, times } from "./plane.js";

const POINTS = 16, WIDTH = 2, FALL = 8, REACH = 40;

// Points and weights of Gauss and Legendre's rule: the polynomial's roots, by Newton's steps.
const RULE = Array.from({ length: POINTS }, (_, i) => {
  let x = 0 - cos((PI * (i + 0.75)) / (POINTS + 0.5)), slope = 0;
  for (let turn = 0; turn < 8; turn++) {
    let [before, at] = [1, x];
    for (let k = 2; k <= POINTS; k++) [before, at] = [at, ((2 * k - 1) * x * at - (k - 1) * before) / k];
    slope = (POINTS * (x * at - before)) / (x * x - 1);
    x -= at / slope;
  }
  return [x, 2 / ((1 - x * x) * slope * slope)];
});

// Places and weights in even panels about a middle, cut at 0, where the density has a kink.
function panels(middle, far, unit, steep) {
  const low = middle - far, high = middle + far, widest = min(WIDTH * unit, FALL / steep);
  const cuts = low < 0 && high > 0 ? [low, 0, high] : [low, high];
  return cuts.slice(1).flatMap((end, k) => {
    const many = ceil((end - cuts[k]) / widest), half = (end - cuts[k]) / (2 * many);
    return Array.from({ length: many }, (_, i) => RULE.map(([node, weight]) => [cuts[k] + half * (2 * i + 1 + node), half * weight])).flat();
  });
}

// Of two weights, with a loss as in `plane.js`.
export function meanOfTwo(loss, lam, spread, upright) {
  const mode = penalized(loss, MIXES.l1, lam), [a, b, d] = loss.h, whole = a * d - b * b;
  const rule = (i, other, own) => panels(mode[i], sqrt((2 * REACH * spread * other) / whole), sqrt(spread / own), lam / spread);
  const [level, up] = [rule(0, d, a), upright ?? rule(1, a, d)], slope = times(loss.h, minus(mode, loss.c)), size = abs(mode[0]) + abs(mode[1]);
  let mass = 0, first = 0, second = 0;
  for (const [x, wide] of level) {
    const u = x - mode[0];
    for (const [y, high] of up) {
      const v = y - mode[1], rise = 0.5 * (a * u * u + 2 * b * u * v + d * v * v) + u * slope[0] + v * slope[1] + lam * (abs(x) + abs(y) - size);
      const part = wide * high * exp(-rise / spread);
      mass += part;
      first += part * u;
      second += part * v;
    }
  }
  return [mode[0] + first / mass, mode[1] + second / mass];
}

// Of one weight with the loss (w - m)^2 / 2: the other stays at 0.
export const meanOfOne = (m, lam, spread) => (m === 0 ? 0 : meanOfTwo({ h: [1, 0, 1], c: [m, 0] }, lam, spread, [[0, 1]])[0]);
