// Noisy points of one wave on [-1, 1]: the twin of lessons/noisy_wave.py.

import { PI, max, min, sin } from "./numbers.js";
import { random } from "./fits.js";

const APART = 0.02;

export const X = Array.from({ length: 401 }, (_, i) => i / 200 - 1);
export const TRUTH = X.map((x) => sin(PI * x));

// Points in equal stretches, and so many new ones anywhere.
export function drawn(count, many, noise, seed) {
  const { even, normal } = random(seed), list = (of, draw) => Array.from({ length: of }, (_, i) => draw(i));
  const noisy = (x) => sin(PI * x) + noise * normal();
  const xs = list(count, (i) => (2 / count) * (i + 0.1 + 0.8 * even()) - 1), ys = xs.map(noisy);
  const news = list(many, () => 2 * even() - 1);
  return { xs, ys, news, newYs: news.map(noisy) };
}

// Points that have been dragged push others before them, so that none meets another.
export function dragged(data, moved) {
  const { xs, ys } = data, last = xs.length - 1, from = xs.map((x, i) => [x, ys[i]]);
  if (moved.length !== 2 * xs.length) return { ...data, from };
  const pushed = [];
  xs.forEach((x, i) => pushed.push(min(max(x + moved[2 * i], i ? pushed[i - 1] + APART : -1), 1 - (last - i) * APART)));
  return { ...data, from, xs: pushed, ys: ys.map((y, i) => y + moved[2 * i + 1]) };
}

// The expected squared error on a new point, by the trapezoid rule on the even grid.
export function expectedError(fit, noise) {
  const squares = fit.map((y, i) => (y - TRUTH[i]) ** 2), last = squares.length - 1;
  const inner = squares.slice(1, last).reduce((total, value) => total + value, 0);
  return (inner + (squares[0] + squares[last]) / 2) / last + noise ** 2;
}
