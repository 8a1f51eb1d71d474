// How points in space are seen, and surfaces as facets: the twin of lessons/space.py.

import { PI, abs, cos, hypot, max, min, round, sin } from "./numbers.js";

const CORNERS = 6, LIGHT = [-0.48, -0.36, 0.8], PALEST = 20, DEEPEST = 72, SHADE = 2;

const exact = (part) => round(part * 1e15) / 1e15 + 0;
const dot = (one, other) => one.reduce((sum, part, i) => sum + part * other[i], 0);

// What is to the right, up and towards the eye.
function view(turn, tilt) {
  const [[ca, sa], [ce, se]] = [turn, tilt].map((angle) => [exact(cos((angle * PI) / 180)), exact(sin((angle * PI) / 180))]);
  return [[0 - sa, ca, 0], [0 - se * ca, 0 - se * sa, ce], [ce * ca, ce * sa, se]];
}

export function project(points, turn, tilt) {
  const [right, up] = view(turn, tilt);
  return points.map((point) => [dot(point, right), dot(point, up)]);
}

const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];

// Facets, the farthest first, each with a percentage of its role's colour.
export function facets(points, turn, tilt) {
  const [right, up, near] = view(turn, tilt), found = [];
  for (let i = 0; i < points.length; i += CORNERS) {
    const corners = points.slice(i, i + CORNERS);
    if (corners.some(([x]) => Number.isNaN(x))) continue;
    const normal = corners.map((corner, k) => cross(corner, corners[(k + 1) % CORNERS])).reduce((sum, part) => sum.map((one, axis) => one + part[axis]), [0, 0, 0]);
    const shade = DEEPEST - ((DEEPEST - PALEST) * abs(dot(normal, LIGHT))) / (hypot(...normal) || 1);
    found.push({ corners: corners.map((corner) => [dot(corner, right), dot(corner, up)]), percent: SHADE * round(shade / SHADE), far: corners.reduce((sum, corner) => sum + dot(corner, near), 0) });
  }
  return found.sort((one, other) => one.far - other.far);
}

// A surface over a grid by its heights at places of the lines, cut where it is higher than `top`; a facet of fewer corners repeats its last.
export function surface(x, y, height, top) {
  const at = x.map((a, i) => y.map((b, j) => [a, b, height(i, j)]));
  return x.slice(1).flatMap((_, i) => y.slice(1).flatMap((__, j) => cut([at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]], top)));
}

function cut(square, top) {
  const kept = square.flatMap((corner, k) => {
    const next = square[(k + 1) % 4], share = (top - corner[2]) / (next[2] - corner[2]), isLow = corner[2] <= top;
    return [...(isLow ? [corner] : []), ...(isLow === next[2] <= top ? [] : [corner.map((part, axis) => part + share * (next[axis] - part))])];
  });
  return Array.from({ length: CORNERS }, (_, k) => kept[min(k, kept.length - 1)] ?? [NaN, NaN, NaN]);
}
