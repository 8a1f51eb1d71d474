// The lasso at one strength by active sets; equals regmath's.
//
// A matrix is a list of columns. The loss is 1/(2 n) |y - X w|^2.

import { abs, sqrt } from "./numbers.js";
import { inner, product, solved } from "./fits.js";

const EPS = 2 ** -52;

// The weight whose slope exceeds lam most enters; active weights move to the optimum for
// their signs, and one that would pass 0 on the way stops there and leaves.
// `from` is where to begin, such as the optimum at a strength nearby.
export function lasso(columns, y, lam, from) {
  const n = y.length, p = columns.length, refused = new Set();
  let w = from ? [...from] : new Array(p).fill(0);
  const signs = w.map(Math.sign);
  if (from?.some((x) => x !== 0)) w = settle(columns, y, lam, w, signs);
  for (let guard = 0; guard < 50 * p; guard++) {
    const fit = product(columns, w), rest = y.map((value, i) => value - fit[i]);
    let entering = -1, most = 0;
    columns.forEach((column, j) => {
      const noise = 64 * EPS * inner(column.map(abs), y.map(abs)) / n;
      const excess = abs(inner(column, rest)) / n - lam - noise;
      if (!signs[j] && !refused.has(j) && excess > most) [entering, most] = [j, excess];
    });
    if (entering < 0) return w;
    signs[entering] = Math.sign(inner(columns[entering], rest));
    w = settle(columns, y, lam, w, signs);
    // One that enters and leaves at once had an excess by rounding alone.
    if (signs[entering]) refused.clear();
    else refused.add(entering);
  }
  return w;
}

function settle(columns, y, lam, w, signs) {
  for (;;) {
    const active = signs.flatMap((sign, j) => (sign ? [j] : []));
    const solved = forSigns(active.map((j) => columns[j]), y, lam, active.map((j) => signs[j]));
    const target = new Array(w.length).fill(0);
    active.forEach((j, k) => { target[j] = solved[k]; });
    let part = 1, leaving = -1;
    for (const j of active) {
      if (target[j] * signs[j] > 0) continue;
      const share = w[j] === target[j] ? 0 : w[j] / (w[j] - target[j]);
      if (leaving < 0 || share < part) [part, leaving] = [share, j];
    }
    if (leaving < 0) return target;
    w = w.map((x, j) => (signs[j] ? x + part * (target[j] - x) : 0));
    w[leaving] = 0;
    signs[leaving] = 0;
  }
}

// X'(X w - y) / n + lam s = 0 by orthogonal columns, X = Q R, so that X'X is never formed.
function forSigns(columns, y, lam, signs) {
  const { q, r } = orthogonal(columns), n = y.length, lowered = solved(r.map((row, j) => [...row, signs[j]]));
  return solved(q.map((unit, j) => [...r.map((row) => row[j]), inner(unit, y) - n * lam * lowered[j]]));
}

// Gram-Schmidt, each column twice, which is as good as Householder. r[j][k] = q_k . x_j.
function orthogonal(columns) {
  const q = [], r = columns.map(() => columns.map(() => 0));
  columns.forEach((column, j) => {
    let rest = column;
    for (const k of [...q.keys(), ...q.keys()]) {
      const part = inner(q[k], rest);
      r[j][k] += part;
      rest = rest.map((x, i) => x - part * q[k][i]);
    }
    r[j][j] = sqrt(inner(rest, rest));
    q.push(rest.map((x) => x / r[j][j]));
  });
  return { q, r };
}
