// Ridge refitted to many samples, and the parts of its error: the twin of
// lessons/bias_variance.py.

import { abs, max, min } from "./numbers.js";
import { powers, random } from "./fits.js";
import { lately } from "./lately.js";
import { joined, over, withAir } from "./lines.js";
import { refitted } from "./refits.js";
import { page } from "./runtime.js";
import { three } from "./said.js";
import { rounded } from "./scales.js";
import { choice, leastOf, sweep, told } from "./strengths.js";

const { rows, cubic, noise } = page.numbers;
const DRAWN = 30, N_GRID = 101, WHISKERS = 2, ROOM = 1.16, EVERY = 15;
const { strengths, where, errors, window } = sweep(1e-6);
const first = rows[0], last = rows[rows.length - 1], middle = (first + last) / 2, half = (last - first) / 2;
const x = Array.from({ length: N_GRID }, (_, i) => first + ((last - first) * i) / (N_GRID - 1));
const scaled = (xs) => xs.map((at) => (at - middle) / half);
const truthAt = (xs) => scaled(xs).map((u) => cubic.reduceRight((sum, c) => sum * u + c, 0));
const truth = truthAt(rows), curve = truthAt(x);

// ---- what does not depend on the strength, kept while it stays

const prepared = lately(["degree", "n_refits", "seed"], ({ degree, n_refits: count, seed }) => {
  const { normal } = random(seed), at = powers(scaled(rows), degree);
  const draw = () => Array.from({ length: count }, () => truth.map((y) => y + noise * normal()));
  const samples = draw(), news = draw();
  const fits = refitted({ columns: at(scaled(rows)), inGrid: at(scaled(x)), x, truth, curve, noise, samples }, DRAWN);
  const known = (lam) => {
    const { bias, variance } = fits.split(lam);
    return { lam, bias, variance, test: bias + variance + noise ** 2 };
  };
  const tried = strengths.map(known), best = leastOf(tried);
  const measured = measuredAt(tried.indexOf(best)).map((i) => fits.measured(strengths[i], news));
  return { fits, known, tried, best, measured, sample: samples[0], free: fits.at(0) };
});

// Evenly spaced strengths, the nearest to the best one moved onto it.
function measuredAt(best) {
  const end = strengths.length - 1, at = [];
  for (let i = 0; i < end; i += EVERY) at.push(i);
  at.push(end);
  if (best > 0 && best < end) {
    const off = at.map((i, k) => (k === 0 || i === end ? Infinity : abs(i - best)));
    at[off.indexOf(min(...off))] = best;
  }
  return at;
}

// ---- where marks are

// The parts of the error, one upon the other.
function stacked([, ...others], level = noise ** 2) {
  const line = (height) => others.map((each) => [where(each.lam), height(each)]);
  const band = (under, upper) => [...line(upper), ...line(under).reverse()];
  return {
    "stack-noise": band(() => 0, () => level), "stack-bias": band(() => level, ({ bias }) => level + bias),
    "stack-variance": band(({ bias }) => level + bias, ({ test }) => test),
  };
}

export function marks(values) {
  const state = prepared(values), { fits, sample, free, known, tried, measured } = state;
  const now = known(values.lam), here = fits.at(values.lam), points = over(rows, sample);
  const high = measured.map(({ value, error }) => value + WHISKERS * error);
  const top = ROOM * max(...tried.map(({ test }) => test), ...high);
  const seen = [first, last, ...withAir([min(...curve) - noise, max(...curve) + noise, ...sample], 0.05)];
  return {
    points: {
      free: fits.accumulated(free, values.refits), refits: fits.accumulated(here, values.refits),
      fit: free.curves[0], "free-mean": free.mean, sample: points, first: points,
      ...fits.summary(here),
      whiskers: joined(measured.map(({ lam, value }, i) => [[where(lam), 2 * value - high[i]], [where(lam), high[i]]])),
      measured: measured.map(({ lam, value }) => [where(lam), value]),
      ...stacked(tried), ...errors(["bias", "variance", "test"], noise ** 2, state, now, top),
    },
    says: says(now, state),
    limits: { fits: seen, errors: window(top) },
    ticks: { fits: [null, rounded(...seen.slice(2))], errors: [null, rounded(0, top)] },
  };
}

// ---- what is true

function says(now, state) {
  const parts = { bias: told(now.bias), variance: told(now.variance), noise: three(noise ** 2), total: told(now.test) };
  const more = parts.bias === parts.variance ? "equal" : parts.bias > parts.variance ? "bias" : "variance";
  return { ...choice(state, now), parts: [`claim.parts.${more}`, parts], total: ["claim.total", parts] };
}
