// Fits of many weights: singular values, ridge, and the lasso by active sets; equals regmath's.
//
// A matrix is a list of columns. The loss is 1/(2 n) |y - X w|^2.

import { abs, cos, max, min, sqrt } from "./numbers.js";

const EPS = 2 ** -52;

export const inner = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
export const mean = (a) => a.reduce((sum, x) => sum + x, 0) / a.length;

// The average of values on an even grid, ends included, by the trapezoid rule.
export function average(values) {
  const last = values.length - 1, sum = values.slice(1, last).reduce((total, value) => total + value, 0);
  return (sum + (values[0] + values[last]) / 2) / last;
}

// X w
export function product(columns, w) {
  const out = new Array(columns[0].length).fill(0);
  columns.forEach((column, j) => column.forEach((x, i) => { out[i] += x * w[j]; }));
  return out;
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

// Ridge at any strength; directions that rounding alone fills count for nothing.
export function ridge({ u, s, v }, y) {
  const n = y.length, largest = max(...s), spread = u.map((column) => inner(column, y));
  const kept = s.map((d) => d > largest * max(n, s.length) * EPS);
  return (lam) => {
    const along = s.map((d, j) => (kept[j] ? (d * spread[j]) / (d * d + 2 * n * lam) : 0));
    return v[0].map((_, i) => along.reduce((sum, x, j) => sum + x * v[j][i], 0));
  };
}

// Squared bias and variance of ridge's fit at a fixed design, averaged over its rows.
export function biasVariance({ u, s }, truth, noise) {
  const n = truth.length, largest = max(...s), middle = mean(truth);
  const kept = s.map((d, j) => j).filter((j) => s[j] > largest * max(n, s.length) * EPS);
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
  const { q, r } = orthogonal(columns), p = q.length, n = y.length;
  const lowered = [];
  for (let j = 0; j < p; j++) {
    let sum = signs[j];
    for (let k = 0; k < j; k++) sum -= r[j][k] * lowered[k];
    lowered.push(sum / r[j][j]);
  }
  const right = q.map((column, j) => inner(column, y) - n * lam * lowered[j]);
  const w = new Array(p).fill(0);
  for (let j = p - 1; j >= 0; j--) {
    let sum = right[j];
    for (let k = j + 1; k < p; k++) sum -= r[k][j] * w[k];
    w[j] = sum / r[j][j];
  }
  return w;
}

// Gram-Schmidt, each column twice, which is as good as Householder. r[j][k] = q_k . x_j.
function orthogonal(columns) {
  const q = [], r = [];
  for (const column of columns) {
    let rest = [...column];
    const row = new Array(q.length).fill(0);
    for (let pass = 0; pass < 2; pass++) {
      q.forEach((unit, k) => {
        const part = inner(unit, rest);
        row[k] += part;
        rest = rest.map((x, i) => x - part * unit[i]);
      });
    }
    const size = sqrt(inner(rest, rest));
    q.push(rest.map((x) => x / size));
    r.push([...row, size]);
  }
  return { q, r };
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
