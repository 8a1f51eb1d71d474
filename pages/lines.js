// Points of curves, which may not be there, and many lines as one with breaks: the twin of
// lessons/lines.py.

import { max, min } from "./numbers.js";

export const gap = [NaN, NaN];
export const over = (x, y) => x.map((at, i) => [at, y[i]]);
export const joined = (lines) => lines.flatMap((line) => [...line, gap]);
export const there = (points, isThere) => points.map((point, i) => (isThere(i) ? point : gap));

// The least and the greatest of values, with a share of their span on both sides.
export function withAir(values, share) {
  const low = min(...values), high = max(...values), air = share * (high - low);
  return [low - air, high + air];
}
