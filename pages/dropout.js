// Random masks over two features, and the ridge that they average to: the twin of
// lessons/dropout.py.

import { PI, cos, hypot, min, sin, sqrt } from "./numbers.js";
import { inner, mean, random } from "./fits.js";
import { page } from "./runtime.js";
import { three } from "./strengths.js";

const { columns, many: MANY } = page.numbers, N = columns[0].length;
const SHOWN = min(12, N), LEVELS = 3, POINTS = 91, LAYERS = [3, 3, 1], gap = [NaN, NaN];

// In units of the spread about the mean.
function standardized(column) {
  const middle = mean(column), off = column.map((x) => x - middle), spread = sqrt(inner(off, off) / N);
  return off.map((x) => x / spread);
}

const standard = columns.map(standardized), X = standard.slice(0, 2), Y = standard[2];
const own = X.map((x) => X.map((other) => inner(x, other) / N)), moment = X.map((x) => inner(x, Y) / N);

// [[a, b], [b, d]] w = (u, v); where the features cannot be told apart, the least w.
function solved([a, b, d], [u, v]) {
  const det = a * d - b * b;
  if (det > 1e-13 * a * d) return [(d * u - b * v) / det, (a * v - b * u) / det];
  const size = (a + d) ** 2 || 1;
  return [(a * u + b * v) / size, (b * u + d * v) / size];
}

const shrunk = (keep) => [own[0][0] / keep, own[0][1], own[1][1] / keep];
const closed = (keep) => solved(shrunk(keep), moment);
const free = closed(1), share = X.map((x, j) => x.map((value) => value * free[j]));

// ---- the masks: the same random numbers for every probability, kept while they stay

let drawn = null, known = null;

function numbersOf(seed) {
  if (drawn?.seed === seed) return drawn.numbers;
  const { even } = random(seed), numbers = Float64Array.from({ length: 2 * N * MANY }, even);
  drawn = { seed, numbers };
  return numbers;
}

// Each mask's optimum, that of the average over so many, and the mean squared jitter of these.
function masked({ seed, keep }) {
  const key = [seed, keep].join();
  if (known?.key === key) return known;
  const numbers = numbersOf(seed), optima = [], averages = [], measured = [];
  const sum = [0, 0, 0, 0, 0];
  let squares = 0;
  for (let m = 0; m < MANY; m++) {
    const of = [0, 0, 0, 0, 0];
    let moved = 0;
    for (let i = 0; i < N; i++) {
      const at = 2 * (m * N + i), k0 = numbers[at] < keep ? 1 / keep : 0, k1 = numbers[at + 1] < keep ? 1 / keep : 0;
      const x0 = k0 * X[0][i], x1 = k1 * X[1][i];
      of[0] += x0 * x0; of[1] += x0 * x1; of[2] += x1 * x1; of[3] += x0 * Y[i]; of[4] += x1 * Y[i];
      moved += ((k0 - 1) * share[0][i] + (k1 - 1) * share[1][i]) ** 2;
    }
    of.forEach((part, j) => { sum[j] += part; });
    squares += moved / N;
    optima.push(solved(of.slice(0, 3), of.slice(3)));
    averages.push(solved(sum.slice(0, 3), sum.slice(3)));
    measured.push(squares / (m + 1));
  }
  known = { key, numbers, optima, averages, measured };
  return known;
}

// ---- where marks are

const broken = (lines) => lines.flatMap((line) => [...line, gap]);

function network(isKept) {
  const units = LAYERS.flatMap((size, layer) => Array.from({ length: size }, (_, i) => [layer, i - (size - 1) / 2]));
  const active = units.map((_, i) => i >= units.length - 1 || isKept(i >> 1, i & 1));
  const wires = units.flatMap((from, i) => units.flatMap((to, j) => (to[0] === from[0] + 1 ? [[i, j]] : [])));
  const wire = ([i, j]) => [units[i], units[j]];
  return {
    wires: broken(wires.map(wire)), units, active: units.map((unit, i) => (active[i] ? unit : gap)),
    live: wires.flatMap(([i, j]) => (active[i] && active[j] ? [...wire([i, j]), gap] : [gap, gap, gap])),
  };
}

function predictions(keep, isKept) {
  const at = Array.from({ length: SHOWN }, (_, i) => i), cells = at.flatMap((i) => [0, 1].map((j) => [i, j]));
  const only = (wanted) => cells.map(([i, j]) => (isKept(i, j) === wanted ? [i + 1, 1 - j] : gap));
  const whole = at.map((i) => share[0][i] + share[1][i]);
  const now = at.map((i) => [0, 1].reduce((sum, j) => sum + (isKept(i, j) ? share[j][i] : 0), 0) / keep);
  const spread = at.map((i) => sqrt(((1 - keep) / keep) * (share[0][i] ** 2 + share[1][i] ** 2)));
  const dots = (of) => at.map((i) => [i + 1, of[i]]);
  return {
    kept: only(true), dropped: only(false), whole: dots(whole), masked: dots(now),
    off: broken(at.map((i) => [[i + 1, whole[i]], [i + 1, now[i]]])),
    spread: broken(at.map((i) => [[i + 1, whole[i] - spread[i]], [i + 1, whole[i] + spread[i]]])),
  };
}

// Contours of a loss about its optimum, at rises that are the same for all.
function contours([a, b, d], [x, y]) {
  const root = sqrt(a), lower = b / root, last = sqrt(d - lower * lower);
  const rise = sqrt(own[0][0] * free[0] ** 2 + 2 * own[0][1] * free[0] * free[1] + own[1][1] * free[1] ** 2);
  const unit = Array.from({ length: POINTS }, (_, i) => {
    const angle = (2 * PI * (i % (POINTS - 1))) / (POINTS - 1), [u, v] = [cos(angle), sin(angle)];
    return [(u - (v * lower) / last) / root, v / last];
  });
  return broken(Array.from({ length: LEVELS }, (_, k) => unit.map(([u, v]) => [x + (rise * (k + 1) / LEVELS) * u, y + (rise * (k + 1) / LEVELS) * v])));
}

export function marks(values) {
  const { keep, masks: count } = values, { numbers, optima, averages, measured } = masked(values);
  const isKept = (i, j) => numbers[2 * ((count - 1) * N + i) + j] < keep, best = closed(keep), average = averages[count - 1];
  const points = {
    ...network(isKept), ...predictions(keep, isKept),
    plain: contours(shrunk(1), free), averaged: contours(shrunk(keep), best),
    ridge: Array.from({ length: 50 }, (_, i) => closed((100 - 2 * i) / 100)),
    dots: optima.map((at, m) => (m < count ? at : gap)), unregularized: [free], optimum: [best], walker: [best], average: [average],
  };
  return { points, says: says(keep, count, best, average, measured[count - 1]) };
}

// ---- what is true

function says(keep, count, best, average, measured) {
  const kind = keep === 1 ? "none" : "some", some = (of) => (keep === 1 ? {} : of);
  const all = ((1 - keep) / keep) * inner(free, free), jitter = { measured: three(measured), jitter: three(all), half: three(all / 2) };
  return {
    strength: [`claim.strength.${kind}`, { keep, lam: three((1 - keep) / (2 * keep)) }],
    jitter: [`claim.jitter.${kind}`, some(jitter)], penalty: [`claim.penalty.${kind}`, some(jitter)],
    optimum: [`claim.optimum.${kind}`, { first: three(best[0]), second: three(best[1]) }],
    average: [`claim.average.${kind}`, some({ count, distance: three(hypot(average[0] - best[0], average[1] - best[1])) })],
  };
}
