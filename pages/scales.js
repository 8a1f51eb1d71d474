// Values for sliders over many tenfolds, and round numbers for axes.

import { abs, ceil, floor, log10, min, round } from "./numbers.js";
import { toDigits } from "./said.js";

// Values of two digits, so many to each tenfold; with 0 in front if wanted.
export function tenfold(low, high, many, zero = false) {
  const count = round(log10(high / low) * many);
  const values = Array.from({ length: count + 1 }, (_, i) => min(high, toDigits(low * 10 ** (i / many), 2)));
  return [...new Set(zero ? [0, ...values] : values)];
}

// All multiples between two values of a round step, which goes at most so many times into their
// distance, or more often for two ticks: the twin of `rounded` in lessons/picture.py.
export function rounded(low, high, most = 5) {
  const least = (high - low) / most, power = 10 ** floor(log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least);
  const first = ceil(low / step - 1e-9), count = floor(high / step + 1e-9) - first + 1;
  if (count < 2) return rounded(low, high, most + 1);
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toFixed(12)) + 0);
}

// Round values for an axis from low to high, other than 0: the fewest that are two.
export function graded(low, high, most = 3) {
  const found = rounded(low, high, most).filter((at) => at !== 0);
  return found.length > 1 || most > 4 ? found : graded(low, high, most + 1);
}

// Numbers of both axes of a plane that nothing is drawn on: the twin of lessons/clear.py.
const BESIDE = [0.07, 0.065], NEAR = [0.11, 0.07], EDGE = 0.04, SPACE = [0.16, 0.11], OFF = 0.22, INSIDE = 0.1, OUTSIDE = 0.045;
const WAYS = [[Infinity, 4], [Infinity, 8], [INSIDE, 4], [INSIDE, 8], [Infinity, 16], [INSIDE, 16]];

export const cleared = (window, points, reaches = []) => [0, 1].map((axis) => {
  const found = WAYS.map((way) => clear(window.slice(2 * axis, 2 * axis + 2), axis, points, reaches, ...way));
  return found.slice(0, -2).find((kept) => kept.length > 1) ?? found.find((kept) => kept.length) ?? [];
});

function clear([low, high], axis, points, reaches, within, most) {
  const wide = high - low;
  const kept = rounded(low, high, most).filter((at) => {
    const middle = BESIDE.map((off, i) => (i === axis ? at : -wide * off));
    const isOff = points.every((point) => point.some((x, i) => abs(x - middle[i]) > wide * NEAR[i]));
    const isStruck = reaches.map((reach) => (abs(at) - reach) / wide).some((beyond) => -within < beyond && beyond < OUTSIDE);
    return isOff && !isStruck && !(-OFF * wide < at && at <= 0) && min(at - low, high - at) > EDGE * wide;
  });
  return kept.reduce((found, at) => (at - (found.at(-1) ?? -Infinity) >= SPACE[axis] * wide ? [...found, at] : found), []);
}
