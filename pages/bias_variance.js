// Ridge refitted to many samples, and the parts of its error: the twin of
// lessons/bias_variance.py.

import { abs, max, min, sqrt } from "./numbers.js";
import { biasVariance, mean, powers, product, random, ridge, svd } from "./fits.js";
import { page } from "./runtime.js";
import { rounded } from "./scales.js";
import { errorMarks, offAxis, placeOf, strengths, three, told, verdict } from "./strengths.js";

const { rows, truth, curve, noise } = page.numbers;
const WEAKEST = 1e-6, DRAWN = 30, WHISKERS = 2, ROOM = 1.16, EVERY = 15;
const STRENGTHS = strengths(WEAKEST), where = (lam) => offAxis(lam, WEAKEST);
const first = rows[0], last = rows[rows.length - 1], middle = (first + last) / 2, half = (last - first) / 2;
const GRID = curve.map((_, i) => first + ((last - first) * i) / (curve.length - 1));
const scaled = (xs) => xs.map((x) => (x - middle) / half), over = (fit) => fit.map((y, i) => [GRID[i], y]);
const gap = [NaN, NaN];

// ---- what does not depend on the strength, kept while it stays

let known = null;

function prepared({ degree, n_refits: count, seed }) {
  const key = [degree, count, seed].join();
  if (known?.key === key) return known;
  const { normal } = random(seed), at = powers(scaled(rows), degree), columns = at(scaled(rows));
  const draw = () => Array.from({ length: count }, () => truth.map((y) => y + noise * normal()));
  const samples = draw(), news = draw(), parts = svd(columns), inGrid = at(scaled(GRID));
  const fitTo = (sample) => [ridge(parts, sample.map((y) => y - mean(sample))), mean(sample)];
  const solvers = samples.map(fitTo), curveOf = ([solve, height], lam) => product(inGrid, solve(lam)).map((y) => y + height);
  const split = biasVariance(parts, truth, noise);
  const errors = (lam) => {
    const { bias, variance } = split(lam);
    return { lam, bias, variance, total: bias + variance + noise ** 2 };
  };
  const tried = STRENGTHS.map(errors), best = tried.reduce((least, each) => (each.total < least.total ? each : least));
  const measured = measuredAt(tried.indexOf(best)).map((i) => measure(STRENGTHS[i], solvers, columns, news));
  known = { key, sample: samples[0], solvers: solvers.slice(0, DRAWN), truthFit: fitTo(truth), curveOf, errors, tried, best, measured };
  return known;
}

// Evenly spaced strengths, the nearest to the best one moved onto it.
function measuredAt(best) {
  const end = STRENGTHS.length - 1, at = [];
  for (let i = 0; i < end; i += EVERY) at.push(i);
  at.push(end);
  if (best > 0 && best < end) {
    const off = at.map((i, k) => (k === 0 || i === end ? Infinity : abs(i - best)));
    at[off.indexOf(min(...off))] = best;
  }
  return at;
}

// The mean squared error on new targets at the same rows, and its standard error.
function measure(lam, solvers, columns, news) {
  const errors = solvers.map(([solve, height], k) =>
    mean(product(columns, solve(lam)).map((y, i) => (y + height - news[k][i]) ** 2)));
  const value = mean(errors), spread = sqrt(errors.reduce((sum, e) => sum + (e - value) ** 2, 0) / (errors.length - 1));
  return { lam, value, error: spread / sqrt(errors.length) };
}

// ---- where marks are

// So many curves as one line, the last one first; what is missing is not there.
function accumulated(curves, count) {
  const lines = curves.slice(0, count).reverse().flatMap((line) => [...line, gap]);
  return [...lines, ...Array.from({ length: (DRAWN - count) * (GRID.length + 1) }, () => gap)];
}

export function marks(values) {
  const { lam, refits } = values, state = prepared(values), { sample, solvers, curveOf, tried, best, measured, truthFit } = state;
  const free = solvers.map((solver) => over(curveOf(solver, 0))), means = over(curveOf(truthFit, lam)), now = state.errors(lam);
  const high = measured.map(({ value, error }) => value + WHISKERS * error);
  const top = ROOM * max(...tried.map(({ total }) => total), ...high), spot = [where(best.lam), best.total];
  const points = {
    before: accumulated(free, DRAWN), free: accumulated(free, refits),
    refits: accumulated(solvers.map((solver) => over(curveOf(solver, lam))), refits),
    off: [...means, ...over(curve).reverse()], truth: over(curve), fit: free[0], mean: means, "free-mean": over(curveOf(truthFit, 0)), strong: over(curveOf(truthFit, 10)),
    sample: rows.map((x, i) => [x, sample[i]]),
    noise: [[where(0), noise ** 2], [where(10), noise ** 2]],
    whiskers: measured.flatMap((each, i) => [[where(each.lam), 2 * each.value - high[i]], [where(each.lam), high[i]], gap]),
    measured: measured.map((each) => [where(each.lam), each.value]),
    drop: [spot, [spot[0], 0]], best: [spot],
  };
  for (const name of ["bias", "variance", "total"]) Object.assign(points, errorMarks(name, tried, now, WEAKEST, top));
  const window = fitted(sample), right = max(where(10), where(page.values.lam));
  return {
    points, says: says(now, state), names: { strong: { lam: 10 } },
    limits: { fits: window, errors: [where(0), right, 0, top] },
    ticks: { fits: [null, rounded(window[2], window[3])], errors: [null, rounded(0, top)] },
  };
}

// A window that holds the truth and one sample.
function fitted(sample) {
  const low = min(min(...curve) - noise, ...sample), high = max(max(...curve) + noise, ...sample), air = 0.05 * (high - low);
  return [first, last, low - air, high + air];
}

// ---- what is true

function says(now, { tried, best }) {
  const parts = { bias: told(now.bias), variance: told(now.variance), noise: three(noise ** 2), total: told(now.total) };
  const more = parts.bias === parts.variance ? "equal" : parts.bias > parts.variance ? "bias" : "variance";
  return {
    verdict: [`claim.verdict.${verdict(tried.map(({ total }) => total), now.total, now.lam < best.lam)}`, {}],
    parts: [`claim.parts.${more}`, parts],
    total: ["claim.total", parts],
    least: [`claim.least.${placeOf(best.lam)}`, { free: told(tried[0].total), least: told(best.total), best: best.lam }],
  };
}
