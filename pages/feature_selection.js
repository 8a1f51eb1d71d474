// All weights under both penalties at any strength: the twin of lessons/feature_picture.py.

import { log10 } from "./numbers.js";
import { onPath } from "./lasso_path.js";
import { page } from "./runtime.js";

const given = page.numbers, { n, knots, spectrum, directions, projections, grid, span } = given;

// (X'X / n + 2 lam I) w = X'y / n along the eigenvectors of X'X, which come with the page.
function ridgeAt(lam) {
  const parts = projections.map((part, k) => (part === 0 ? 0 : part / (spectrum[k] + 2 * lam)));
  return given.knot_weights[0].map((_, j) => parts.reduce((sum, part, k) => sum + directions[k][j] * part, 0));
}

const WEIGHTS = { l1: (lam) => onPath(knots, given.knot_weights, lam), l2: ridgeAt };

function zerosAt(name, lam) {
  if (name === "l1" && lam >= knots[0]) return n;
  const piece = name === "l1" ? knots.findIndex((knot) => knot <= lam) - 1 : 0;
  return given.zeros[name].at(piece < 0 ? -1 : piece);
}

// What no strength changes comes with the page, which has no number for what is not there.
const fixed = Object.fromEntries(Object.entries(given.fixed).map(([name, rows]) => [name, rows.map((row) => row.map((x) => x ?? NaN))]));

const paths = {};
for (const [name, at] of Object.entries(WEIGHTS)) {
  const weights = grid.map(at);
  weights[0].forEach((_, rank) => { paths[`path-${name}-${rank}`] = grid.map((lam, i) => [log10(lam), weights[i][rank]]); });
}

// Where weights are not 0, and where they are: the others are not there.
function toldApart(points, weights) {
  const only = (wanted) => points.map((point, j) => ((weights[j] === 0) === wanted ? point : [NaN, NaN]));
  return [only(false), only(true)];
}

export function marks({ lam, fold = 1 }) {
  const points = { ...paths, ...fixed, held: [[fold, 1]] }, says = { ...given.claims }, now = log10(lam);
  for (const [name, at] of Object.entries(WEIGHTS)) {
    const weights = at(lam).slice(0, given.n_rows), zeros = zerosAt(name, lam);
    points[name] = weights.map((w, j) => [w, given.n_rows - j]);
    [points[`tips-${name}`], points[`rings-${name}`]] = toldApart(points[name], weights);
    [points[`dots-${name}`], points[`holes-${name}`]] = toldApart(weights.map((w) => [now, w]), weights);
    points[`now-${name}`] = span.map((end) => [now, end]);
    says[name] = [`claim.${name}`, { zeros, n }];
  }
  says.lam = [`claim.lam.${lam >= knots[0] ? "gone" : "left"}`, { lam, gone: given.gone, target: given.target }];
  return { points, says, names: { ...given.names, "now-l1": { value: lam }, "now-l2": { value: lam } } };
}
