// What changes of the data by chance do to predictions and to two weights: the twin of
// lessons/jittered.py.

import { sqrt } from "./numbers.js";
import { contour } from "./curves.js";
import { inner, mean } from "./fits.js";
import { joined, there } from "./lines.js";

const POINTS = 91;

// In units of the spread about the mean.
export function standardized(column) {
  const middle = mean(column), off = column.map((x) => x - middle), spread = sqrt(inner(off, off) / column.length);
  return off.map((x) => x / spread);
}

// [[a, b], [b, d]] w = (u, v); where the features cannot be told apart, the least w.
export function solved([a, b, d], [u, v]) {
  const det = a * d - b * b;
  if (det > 1e-13 * a * d) return [(d * u - b * v) / det, (a * v - b * u) / det];
  const size = (a + d) ** 2 || 1;
  return [(a * u + b * v) / size, (b * u + d * v) / size];
}

// The optima of each change, and of so many first ones together, by the moments of each:
// a, b, d, u, v as above.
export function optimaOf(moments) {
  const of = (all) => solved(all.slice(0, 3), all.slice(3)), sum = moments[0].map(() => 0);
  const averages = moments.map((each) => { each.forEach((part, j) => { sum[j] += part; }); return of(sum); });
  return { optima: moments.map(of), averages };
}

// Predictions of rows with and without a change, and how far all changes move them.
export function jitter(name, whole, now, spread) {
  const dots = (of) => of.map((y, i) => [i + 1, y]), between = (low, high) => joined(low.map((y, i) => [[i + 1, y], [i + 1, high[i]]]));
  return {
    whole: dots(whole), [name]: dots(now), off: between(whole, now),
    spread: between(whole.map((y, i) => y - spread[i]), whole.map((y, i) => y + spread[i])),
  };
}

// Contours of the plain and the averaged loss at the same rises, of which the last is that of 0
// for the plain one, and optima.
export function plane(plain, averaged, optima, count, average) {
  const { h: [a, b, d], c: free } = plain, best = [averaged.c];
  const root = sqrt(a * free[0] ** 2 + 2 * b * free[0] * free[1] + d * free[1] ** 2);
  const contours = ({ h, c }) => joined([1, 2, 3].map((level) => contour({ h, c }, [c[0] + ((root * level) / 3) / sqrt(h[0]), c[1]], POINTS)));
  return {
    plain: contours(plain), averaged: contours(averaged), dots: there(optima, (m) => m < count),
    unregularized: [free], optimum: best, walker: best, average: [average],
  };
}
