// Ridge refitted to many samples about one truth: fits as lessons/bias_variance.py draws them.

import { abs, max, sqrt } from "./numbers.js";
import { biasVariance, deviation, mean, product, ridge, svd } from "./fits.js";
import { gap, joined, over } from "./lines.js";
import { STRONGEST } from "./strengths.js";

const EDGE = 8, FLAT = 0.01;

// `columns` and `inGrid` are the features' at the rows and at `x`, where curves are drawn;
// `truth` and `curve` are the truth there. So many of the samples' fits are drawn.
export function refitted({ columns, inGrid, x, truth, curve, noise, samples }, drawn) {
  const parts = svd(columns), off = deviation(parts, inGrid, truth.length, noise);
  const fitTo = (sample) => [ridge(parts, sample.map((y) => y - mean(sample))), mean(sample)];
  const fits = samples.map(fitTo), average = fitTo(truth);
  const along = (where, [solve, height], lam) => product(where, solve(lam)).map((y) => y + height);
  const missed = along(inGrid, average, STRONGEST).map((y, i) => (i < EDGE || i >= x.length - EDGE ? -1 : abs(y - curve[i])));
  const marked = missed.indexOf(max(...missed)), half = x[EDGE / 2] - x[0];

  // All that is drawn at a strength.
  function at(lam) {
    const middle = along(inGrid, average, lam), sides = off(lam);
    const edge = (sign) => over(x, middle.map((y, i) => y + sign * sides[i]));
    const curves = fits.slice(0, drawn).map((fit) => over(x, along(inGrid, fit, lam)));
    return { middle, curves, mean: over(x, middle), band: [...edge(1), ...edge(-1).reverse()] };
  }

  // The mean squared error on new targets at the same rows, and its standard error.
  function measured(lam, news) {
    const errors = fits.map((fit, k) => mean(along(columns, fit, lam).map((y, i) => (y - news[k][i]) ** 2)));
    const value = mean(errors), spread = sqrt(errors.reduce((sum, e) => sum + (e - value) ** 2, 0) / (errors.length - 1));
    return { lam, value, error: spread / sqrt(errors.length) };
  }

  // So many curves as one line, the last one first; what is missing is not there.
  function accumulated({ curves }, count = drawn) {
    const missing = Array(drawn - count).fill(x.map(() => gap));
    return joined([...curves.slice(0, count).reverse(), ...missing]);
  }

  // From the truth to the mean, where the strongest penalty misses most.
  function bracket({ middle }) {
    const [at, low, high] = [x[marked], curve[marked], middle[marked]], level = (y) => [[at - half, y], [at + half, y]];
    const lines = [level(low), [[at, low], [at, high]], level(high)];
    return joined(abs(high - low) < FLAT ? lines.map(() => [gap, gap]) : lines);
  }

  const summary = (found) => ({ spread: found.band, truth: over(x, curve), mean: found.mean, bracket: bracket(found) });
  return { at, split: biasVariance(parts, truth, noise), measured, accumulated, summary };
}
