// The path of the lasso between its knots, where it is straight; equals regmath's.

import { max, min } from "./numbers.js";

// Weights anywhere on a lasso path, which its knots hold: linear between two of them.
export function onPath(knots, weights, lam) {
  if (knots.length === 1) return weights[0].map(() => 0);
  const wanted = min(lam, knots[0]);
  let lower = knots.findIndex((knot) => knot < wanted);
  if (lower < 0) lower = knots.length - 1;
  lower = max(lower, 1);
  const share = (knots[lower - 1] - wanted) / (knots[lower - 1] - knots[lower]);
  return weights[lower].map((low, j) => weights[lower - 1][j] * (1 - share) + low * share + 0);
}
