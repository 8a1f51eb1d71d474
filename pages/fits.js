// Fits of many weights: singular values and ridge; equals regmath's.
//
// A matrix is a list of columns. The loss is 1/(2 n) |y - X w|^2.

import { abs, cos, max, min, sqrt } from "./numbers.js";

const EPS = 2 ** -52;

export const inner = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
export const mean = (a) => a.reduce((sum, x) => sum + x, 0) / a.length;

// X w
export function product(columns, w) {
  const out = new Array(columns[0].length).fill(0);
  columns.forEach((column, j) => column.forEach((x, i) => { out[i] += x * w[j]; }));
  return out;
}

// The solution of equations whose right side is their last column, from rows that need no
// exchange: those of a positive definite matrix, or triangular.
export function solved(table) {
  table.forEach((row, i) => table.slice(i + 1).forEach((below) => {
    const part = below[i] / row[i];
    row.forEach((x, k) => { below[k] -= part * x; });
  }));
  return table.reduceRight((w, row, i) => [(row.at(-1) - inner(w, row.slice(i + 1))) / row[i], ...w], []);
}

// Powers 1 to degree, in units of their spread over the points; as a function of any x.
export function powers(points, degree) {
  const raw = Array.from({ length: degree }, (_, j) => points.map((x) => x ** (j + 1)));
  const middles = raw.map(mean);
  const spreads = raw.map((column, j) => sqrt(mean(column.map((x) => (x - middles[j]) ** 2))));
  return (xs) => raw.map((_, j) => xs.map((x) => (x ** (j + 1) - middles[j]) / spreads[j]));
}

// One-sided Jacobi: turn pairs of columns until all are orthogonal. X = U diag(s) V'.
export function svd(columns) {
  const u = columns.map((column) => [...column]), p = u.length;
  const v = u.map((_, j) => u.map((_, i) => (i === j ? 1 : 0)));
  for (let sweeps = 0, turned = true; turned && sweeps < 60; sweeps++) {
    turned = false;
    for (let j = 0; j < p; j++) {
      for (let k = j + 1; k < p; k++) turned = turn(u, v, j, k) || turned;
    }
  }
  const s = u.map((column) => sqrt(inner(column, column)));
  return { u: u.map((column, j) => column.map((x) => (s[j] ? x / s[j] : 0))), s, v };
}

function turn(u, v, j, k) {
  const a = inner(u[j], u[j]), b = inner(u[k], u[k]), c = inner(u[j], u[k]);
  if (abs(c) <= EPS * sqrt(a * b)) return false;
  const zeta = (b - a) / (2 * c);
  const t = (zeta < 0 ? -1 : 1) / (abs(zeta) + sqrt(1 + zeta * zeta));
  const cos = 1 / sqrt(1 + t * t), sin = cos * t;
  for (const m of [u, v]) {
    for (let i = 0; i < m[j].length; i++) {
      const [x, y] = [m[j][i], m[k][i]];
      m[j][i] = cos * x - sin * y;
      m[k][i] = sin * x + cos * y;
    }
  }
  return true;
}

// Directions that more than rounding fills.
function filled(s, n) {
  const least = max(...s) * max(n, s.length) * EPS;
  return s.map((d, j) => j).filter((j) => s[j] > least);
}

// Ridge at any strength.
export function ridge({ u, s, v }, y) {
  const n = y.length, kept = filled(s, n), spread = kept.map((j) => inner(u[j], y));
  return (lam) => {
    const along = kept.map((j, k) => (s[j] * spread[k]) / (s[j] ** 2 + 2 * n * lam));
    return v[0].map((_, i) => along.reduce((sum, x, k) => sum + x * v[kept[k]][i], 0));
  };
}

// Squared bias and variance of ridge's fit at a fixed design, averaged over its rows.
export function biasVariance({ u, s }, truth, noise) {
  const n = truth.length, kept = filled(s, n), middle = mean(truth);
  const centred = truth.map((y) => y - middle);
  const seen = kept.map((j) => inner(u[j], centred));
  const rest = centred.map((y, i) => y - kept.reduce((sum, j, k) => sum + u[j][i] * seen[k], 0));
  return (lam) => {
    const shrinkage = kept.map((j) => s[j] ** 2 / (s[j] ** 2 + 2 * n * lam));
    const missed = shrinkage.map((share, k) => ((1 - share) * seen[k]) ** 2);
    return {
      bias: (missed.reduce((a, b) => a + b, 0) + inner(rest, rest)) / n,
      variance: (noise ** 2 * (1 + inner(shrinkage, shrinkage))) / n,
    };
  };
}

// Standard deviation of ridge's fit at any points, each with the columns' values there.
export function deviation({ s, v }, columnsThere, n, noise) {
  const kept = filled(s, n), along = kept.map((j) => product(columnsThere, v[j]));
  return (lam) => along[0].map((_, i) => noise * sqrt(1 / n + kept.reduce((sum, j, k) => sum + (s[j] * along[k][i] / (s[j] ** 2 + 2 * n * lam)) ** 2, 0)));
}

// Even and normal random numbers from a seed, the same in every browser.
export function random(seed) {
  let state = seed >>> 0;
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => sqrt(-2 * Math.log(1 - even())) * cos(2 * Math.PI * even());
  return { even, normal };
}
