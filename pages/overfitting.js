// Polynomials fitted to noisy points under a penalty, and their errors: the twin of
// lessons/overfitting.py.

import { abs, max, min } from "./numbers.js";
import { mean, powers, product, ridge, svd } from "./fits.js";
import { lasso } from "./lasso.js";
import { lately } from "./lately.js";
import { gap, over } from "./lines.js";
import { TRUTH, X, dragged, drawn, expectedError } from "./noisy_wave.js";
import { three } from "./said.js";
import { rounded } from "./scales.js";
import { choice, leastOf, sweep, told } from "./strengths.js";

const N_NEW = 24, { strengths, errors, window } = sweep(1e-8);

// ---- what does not depend on the strength, kept while it stays

const prepared = lately(["degree", "n_points", "noise", "penalty", "seed", "moved"], (values) => {
  const { degree: wanted, n_points: count, noise, penalty, seed, moved = [] } = values, degree = min(wanted, count - 1);
  const data = dragged(drawn(count, N_NEW, noise, seed), moved), at = powers(data.xs, degree), columns = at(data.xs), inGrid = at(X);
  const height = mean(data.ys), centred = data.ys.map((y) => y - height), free = ridge(svd(columns), centred);
  const solve = penalty === "l1" ? (lam, from) => (lam ? lasso(columns, centred, lam, from) : free(0)) : free;
  const fitted = (lam, from) => {
    const weights = solve(lam, from), fit = product(inGrid, weights).map((y) => y + height);
    const train = mean(product(columns, weights).map((y, i) => (y + height - data.ys[i]) ** 2));
    return { lam, weights, fit, train, test: expectedError(fit, noise) };
  };
  const tried = [];
  // From strong to weak, so that each fit of L1 begins at the one before.
  for (const lam of [...strengths].reverse()) tried.unshift(fitted(lam, tried[0]?.weights));
  const best = leastOf(tried);
  return { ...data, noise, height, fitted, tried, best, penalty };
});

// ---- where marks are

// Weights without a penalty and now, and what is seen of them.
function weightBars(free, now) {
  const bars = (weights) => weights.map((weight, j) => [j + 1, weight]), reach = 1.25 * max(...free.map(abs));
  const limits = [0.3, free.length + 0.7, -reach, reach], zero = limits.slice(0, 2).map((x) => [x, 0]);
  return {
    points: { "bars-free": bars(free), "bars-before": bars(free), bars: bars(now), zero },
    limits, ticks: [null, rounded(-reach, reach)],
  };
}

const seen = (x, y, high) => (abs(y) <= high ? [x, y] : gap);

export function marks(values) {
  const state = prepared(values), { xs, ys, news, newYs, best, penalty, noise } = state, [free] = state.tried;
  const now = state.fitted(values.lam), bars = weightBars(free.weights, now.weights), top = 1.25 * max(0.5 + noise ** 2, best.test);
  const high = max(1.1 + 3.6 * noise, 1.05 * max(...ys.map(abs))), dots = (x, y) => x.map((at, i) => seen(at, y[i], high));
  const fresh = dots(news, newYs), curve = (y) => over(X, y);
  return {
    points: {
      truth: curve(TRUTH), free: curve(free.fit), before: curve(free.fit), fit: curve(now.fit), points: dots(xs, ys),
      new: fresh, choosing: fresh.filter((_, i) => i % 2 === 0), reporting: fresh.filter((_, i) => i % 2),
      ...bars.points, ...errors(["train", "test"], noise ** 2, state, now, top),
    },
    from: { points: state.from }, says: says(now, state), names: { fit: { value: values.lam } },
    roles: Object.fromEntries(["fit", "bars", "drop", "best"].map((name) => [name, penalty])),
    limits: { fit: [-1.04, 1.04, -high, high], weights: bars.limits, errors: window(top) },
    ticks: { fit: [null, rounded(-high, high)], weights: bars.ticks, errors: [null, rounded(0, top)] },
  };
}

// ---- what is true

function says(now, state) {
  const { tried, penalty } = state;
  const price = { l1: abs, l2: (w) => w ** 2 }[penalty];
  const sum = ({ weights }) => three(weights.reduce((total, w) => total + price(w), 0));
  const weights = { free: sum(tried[0]), now: sum(now), zeros: now.weights.filter((w) => w === 0).length, many: now.weights.length };
  return {
    ...choice(state, now),
    errors: ["claim.errors", { train: told(now.train), test: told(now.test) }],
    weights: [`claim.weights.${penalty}`, weights],
  };
}
