// Ridge refitted to many samples, and the parts of its error: the twin of
// lessons/bias_variance.py.

import { abs, max, min, sqrt } from "./numbers.js";
import { biasVariance, deviation, mean, powers, product, random, ridge, svd } from "./fits.js";
import { lately } from "./lately.js";
import { gap, joined } from "./lines.js";
import { page } from "./runtime.js";
import { rounded } from "./scales.js";
import { bestMarks, choice, errorMarks, leastOf, noiseMark, offAxis, strengths, three, told } from "./strengths.js";

const { rows, cubic, noise } = page.numbers;
const WEAKEST = 1e-6, DRAWN = 30, N_GRID = 101, WHISKERS = 2, ROOM = 1.16, EVERY = 15, EDGE = 8, FLAT = 0.01;
const STRENGTHS = strengths(WEAKEST), where = (lam) => offAxis(lam, WEAKEST);
const first = rows[0], last = rows[rows.length - 1], middle = (first + last) / 2, half = (last - first) / 2;
const GRID = Array.from({ length: N_GRID }, (_, i) => first + ((last - first) * i) / (N_GRID - 1));
const scaled = (xs) => xs.map((x) => (x - middle) / half), over = (fit) => fit.map((y, i) => [GRID[i], y]);
const truthAt = (xs) => scaled(xs).map((u) => cubic.reduceRight((sum, c) => sum * u + c, 0));
const truth = truthAt(rows), curve = truthAt(GRID);

// ---- what does not depend on the strength, kept while it stays

const prepared = lately(["degree", "n_refits", "seed"], ({ degree, n_refits: count, seed }) => {
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
  const tried = STRENGTHS.map(errors), best = leastOf("total", tried);
  const measured = measuredAt(tried.indexOf(best)).map((i) => measure(STRENGTHS[i], solvers, columns, news));
  const state = {
    sample: samples[0], solvers: solvers.slice(0, DRAWN), truthFit: fitTo(truth), curveOf, errors, tried, best, measured,
    deviation: deviation(parts, inGrid, rows.length, noise),
  };
  return { ...state, free: fitsAt(0, state), strong: fitsAt(10, state) };
});

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
  const missing = Array(GRID.length).fill(gap);
  return joined([...curves.slice(0, count).reverse(), ...Array(DRAWN - count).fill(missing)]);
}

// From the truth to the mean, where the strongest penalty misses most.
function bracketOf(mean, { strong }) {
  const inner = strong.mean.map((y, i) => (i < EDGE || i >= GRID.length - EDGE ? -1 : abs(y - curve[i])));
  const i = inner.indexOf(max(...inner)), x = GRID[i], half = GRID[EDGE / 2] - GRID[0];
  const level = (y) => [[x - half, y], [x + half, y]], lines = [level(curve[i]), [[x, curve[i]], [x, mean[i]]], level(mean[i])];
  return joined(abs(mean[i] - curve[i]) < FLAT ? lines.map(() => [gap, gap]) : lines);
}

// All that is drawn at a strength.
function fitsAt(lam, { solvers, curveOf, truthFit, deviation }) {
  const mean = curveOf(truthFit, lam), off = deviation(lam);
  const edge = (sign) => over(mean.map((y, i) => y + sign * off[i]));
  return { mean, fits: solvers.map((solver) => over(curveOf(solver, lam))), band: [...edge(1), ...edge(-1).reverse()] };
}

function panelOf(name, { mean, fits, band }, state) {
  return {
    [`${name}-refits`]: accumulated(fits, DRAWN), [`${name}-spread`]: band, [`${name}-truth`]: over(curve),
    [`${name}-mean`]: over(mean), [`${name}-bracket`]: bracketOf(mean, state),
  };
}

// The parts of the error, one upon the other.
function stacked(tried) {
  const others = tried.slice(1), level = noise ** 2, x = ({ lam }) => where(lam);
  const band = (under, upper) => [...others.map((each) => [x(each), upper(each)]), ...others.map((each) => [x(each), under(each)]).reverse()];
  return {
    "stack-noise": band(() => 0, () => level), "stack-bias": band(() => level, ({ bias }) => level + bias),
    "stack-variance": band(({ bias }) => level + bias, ({ total }) => total),
  };
}

export function marks(values) {
  const { lam, refits } = values, state = prepared(values), { sample, free, strong, errors, tried, best, measured } = state;
  const now = errors(lam), here = fitsAt(lam, state), points = rows.map((x, i) => [x, sample[i]]);
  const high = measured.map(({ value, error }) => value + WHISKERS * error);
  const top = ROOM * max(...tried.map(({ total }) => total), ...high);
  const found = {
    free: accumulated(free.fits, refits), refits: accumulated(here.fits, refits), spread: here.band, truth: over(curve),
    fit: free.fits[0], "free-mean": over(free.mean), mean: over(here.mean), bracket: bracketOf(here.mean, state), sample: points, first: points,
    ...panelOf("wild", free, state), ...panelOf("balanced", here, state), ...panelOf("stiff", strong, state), ...stacked(tried),
    noise: noiseMark(noise, WEAKEST),
    whiskers: joined(measured.map(({ lam, value }, i) => [[where(lam), 2 * value - high[i]], [where(lam), high[i]]])),
    measured: measured.map((each) => [where(each.lam), each.value]),
    ...bestMarks("total", best, WEAKEST),
  };
  for (const name of ["bias", "variance", "total"]) Object.assign(found, errorMarks(name, tried, now, WEAKEST, top));
  const window = fitted(sample), right = max(where(10), where(page.values.lam));
  const each = (given) => ({ wild: given, balanced: given, stiff: given }), edges = window.slice(2);
  return {
    points: found, says: says(now, state),
    limits: { fits: window, ...each(window), errors: [where(0), right, 0, top] },
    ticks: { fits: [null, rounded(...edges)], ...each([null, rounded(...edges, 3)]), errors: [null, rounded(0, top)] },
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
  return { ...choice("total", tried, best, now), parts: [`claim.parts.${more}`, parts], total: ["claim.total", parts] };
}
