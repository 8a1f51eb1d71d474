// Points of curves, which may not be there, and many lines as one with breaks: the twin of
// lessons/lines.py.

import { max, min } from "./numbers.js";

export const gap = [NaN, NaN];
export const over = (x, y) => x.map((at, i) => [at, y[i]]);
export const joined = (lines) => lines.flatMap((line) => [...line, gap]);
export const there = (points, isThere) => points.map((point, i) => (isThere(i) ? point : gap));

// The points of weights that are not 0, and of those that are.
export const keptAndGone = (points, weights) => [false, true].map((isZero) => there(points, (i) => (weights[i] === 0) === isZero));

export const below = (points, level) => there(points, (i) => points[i][1] <= level);

// A curve as far as it is below a level, up to where it crosses it.
export const capped = (points, level) => points.map(([x, y], i) => {
  if (y <= level) return [x, y];
  const [at, under] = [points[i - 1], points[i + 1]].find((beside) => beside?.[1] <= level) ?? gap;
  return under <= level ? [at + ((level - under) / (y - under)) * (x - at), level] : gap;
});

// Points with the nearest before in place of each that is not there; at first, with the first.
export const filled = (points) => {
  let last = points.find(([x]) => !Number.isNaN(x)) ?? gap;
  return points.map((point) => (last = Number.isNaN(point[0]) ? last : point));
};

// The least and the greatest of values, with a share of their span on both sides.
export function withAir(values, share) {
  const low = min(...values), high = max(...values), air = share * (high - low);
  return [low - air, high + air];
}

const spans = (points) => [0, 1].map((i) => withAir(points.map((point) => point[i]), 0));

// How far points go, the longer way.
export const span = (points) => max(...spans(points).map(([low, high]) => high - low));

// A square window around points, with air in shares of what they span, the `least` at least.
export function squared(points, air, least = 0) {
  const half = (0.5 + air) * max(least, span(points));
  return spans(points).flatMap(([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half]);
}

// The way as far as a step; what comes later is not there.
export const upTo = (path, step) => there(path, (k) => k <= step);

// And the dot at its end: the twin of lessons/walks.py.
export const walked = (name, path, step) => ({ [name]: upTo(path, step), [`${name}-now`]: [path[step]] });

// The same of a way whose steps move one weight after the other.
export const walkedByAxes = (name, path, step) => walked(name, path.flatMap((w, k) => (k ? [[w[0], path[k - 1][1]], w] : [w])), 2 * step);
