// Random masks over two features, and the ridge that they average to: the twin of
// lessons/dropout.py.

import { abs, hypot, max, min, sqrt } from "./numbers.js";
import { inner, random } from "./fits.js";
import { jitter, optimaOf, plane, solved, standardized } from "./jittered.js";
import { lately } from "./lately.js";
import { gap, joined, there } from "./lines.js";
import { page } from "./runtime.js";
import { three } from "./said.js";
import { rounded } from "./scales.js";

const { columns, many: MANY, left } = page.numbers, N = columns[0].length;
const SHOWN = min(12, N), LAYERS = [3, 3, 1];

const standard = columns.map(standardized), X = standard.slice(0, 2), Y = standard[2];
const own = X.map((x) => X.map((other) => inner(x, other) / N)), moment = X.map((x) => inner(x, Y) / N);

const shrunk = (keep) => [own[0][0] / keep, own[0][1], own[1][1] / keep];
const closed = (keep) => solved(shrunk(keep), moment);
const free = closed(1), share = X.map((x, j) => x.map((value) => value * free[j]));

// How far predictions go with a mask that keeps all, and some air.
const ASIDE = 0.7, REACH = 1.12 * max(...Array.from({ length: SHOWN }, (_, i) => [share[0][i], share[1][i], share[0][i] + share[1][i]]).flat().map(abs));

// ---- the masks: the same random numbers for every probability, kept while they stay

const numbersOf = lately(["seed"], ({ seed }) => {
  const { even } = random(seed);
  return Float64Array.from({ length: 2 * N * MANY }, even);
});

// Each mask's optimum, that of the average over so many, and the mean squared jitter of these.
const masked = lately(["seed", "keep"], (values) => {
  const numbers = numbersOf(values), { keep } = values, moments = [], measured = [];
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
    squares += moved / N;
    moments.push(of);
    measured.push(squares / (m + 1));
  }
  return { numbers, ...optimaOf(moments), measured };
});

// ---- where marks are

function network(isKept) {
  const units = LAYERS.flatMap((size, layer) => Array.from({ length: size }, (_, i) => [layer, i - (size - 1) / 2]));
  const active = units.map((_, i) => i >= units.length - 1 || isKept(i >> 1, i & 1));
  const wires = units.flatMap((from, i) => units.flatMap((to, j) => (to[0] === from[0] + 1 ? [[i, j]] : [])));
  const wire = ([i, j]) => [units[i], units[j]];
  return {
    wires: joined(wires.map(wire)), units, active: there(units, (i) => active[i]),
    live: joined(wires.map((ends) => (ends.every((i) => active[i]) ? wire(ends) : [gap, gap]))),
  };
}

function predictions(keep, isKept) {
  const at = Array.from({ length: SHOWN }, (_, i) => i), cells = at.flatMap((i) => [0, 1].map((j) => [i, j]));
  const only = (wanted) => there(cells.map(([i, j]) => [i + 1, 1 - j]), (at) => isKept(...cells[at]) === wanted);
  const whole = at.map((i) => share[0][i] + share[1][i]);
  const now = at.map((i) => [0, 1].reduce((sum, j) => sum + (isKept(i, j) ? share[j][i] : 0), 0) / keep);
  const spread = at.map((i) => sqrt(((1 - keep) / keep) * (share[0][i] ** 2 + share[1][i] ** 2)));
  return { kept: only(true), dropped: only(false), ...jitter("masked", whole, now, spread) };
}

export function marks(values) {
  const { keep, masks: count } = values, { numbers, optima, averages, measured } = masked(values);
  const isKept = (i, j) => numbers[2 * ((count - 1) * N + i) + j] < keep, best = closed(keep), average = averages[count - 1];
  const points = {
    ...network(isKept), ...predictions(keep, isKept),
    ...plane({ h: shrunk(1), c: free }, { h: shrunk(keep), c: best }, optima, count, average),
    ridge: Array.from({ length: 50 }, (_, i) => closed((100 - 2 * i) / 100)),
  };
  const high = REACH / keep;
  return {
    points, says: says(keep, count, best, average, measured[count - 1]),
    limits: { jitter: [1 - ASIDE, SHOWN + ASIDE, -high, high] }, ticks: { jitter: [null, rounded(-high, high)] },
  };
}

// ---- what is true

function says(keep, count, best, average, measured) {
  const kind = keep === 1 ? "none" : "some", distance = keep === 1 ? 0 : three(hypot(average[0] - best[0], average[1] - best[1]));
  const all = ((1 - keep) / keep) * inner(free, free), jitter = { measured: three(measured), jitter: three(all), half: three(all / 2) };
  return {
    strength: [`claim.strength.${kind}`, { keep, lam: three((1 - keep) / (2 * keep)) }],
    jitter: [`claim.jitter.${kind}`, jitter], penalty: [`claim.penalty.${kind}`, jitter],
    optimum: [`claim.optimum.${kind}`, { first: three(best[0]), second: three(best[1]) }],
    ...(left && { "foot-rows": ["claim.rows", { rows: N, n: N + left }] }),
    average: [`claim.average.${kind}`, { count, distance }],
  };
}
