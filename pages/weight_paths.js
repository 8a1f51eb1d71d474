// All weights of data at any strength, whose paths come with the page: the twin of
// lessons/weight_paths.py.

import { log10 } from "./numbers.js";
import { onPath } from "./on_path.js";
import { page } from "./runtime.js";

const { knots, knot_weights: weights, spectrum, directions, projections } = page.numbers;

// (X'X / n + 2 lam I) w = X'y / n along the eigenvectors of X'X.
function ridgeAt(lam) {
  const parts = projections.map((part, k) => (part === 0 ? 0 : part / (spectrum[k] + 2 * lam)));
  return weights[0].map((_, j) => parts.reduce((sum, part, k) => sum + directions[k][j] * part, 0));
}

// All weights along strengths, as marks.
export const pathsOver = (grid) => {
  const found = {}, logs = grid.map(log10);
  for (const [name, at] of Object.entries(WEIGHTS)) {
    const weights = grid.map(at);
    weights[0].forEach((_, rank) => { found[`path-${rank}-${name}`] = logs.map((x, i) => [x, weights[i][rank]]); });
  }
  return found;
};

export const WEIGHTS = { l1: (lam) => onPath(knots, weights, lam), l2: ridgeAt };
