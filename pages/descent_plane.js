// Ways of descent across the contours of a loss of two weights: the twin of
// lessons/descent_plane.py. A loss is `{ h: [h11, h12, h22], c: [c1, c2] }`.

import { contour } from "./curves.js";
import { joined, squared, upTo } from "./lines.js";
import { rounded } from "./scales.js";

const AIR = 0.16, LEAST = 0.5, N_CONTOURS = 8, N_POINTS = 181;

export function gradient({ h: [a, b, d], c }, w) {
  const x = w[0] - c[0], y = w[1] - c[1];
  return [a * x + b * y, b * x + d * y];
}

// What is seen, and where the marks are at this step of the ways, by rule.
export function descentPlane(loss, ways, step) {
  const { c } = loss, paths = Object.entries(ways), all = [...paths.flatMap(([, path]) => path), c, [0, 0]];
  const limits = squared(all, AIR, LEAST);
  const unit = (limits[1] - limits[0]) / N_CONTOURS;
  const points = {
    contours: joined(Array.from({ length: N_CONTOURS }, (_, i) => contour(loss, [c[0] + (i + 1) * unit, c[1]], N_POINTS))),
    "plane-goal": [c], "plane-start": [paths[0][1][0]],
  };
  for (const [rule, path] of paths) Object.assign(points, { [`way-${rule}`]: upTo(path, step), [`way-${rule}-now`]: [path[step]] });
  return { points, limits, ticks: [rounded(limits[0], limits[1], 4), rounded(limits[2], limits[3], 4)] };
}
