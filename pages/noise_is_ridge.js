// Noise on a feature, averaged, and one more row: the twin of lessons/noise_is_ridge.py.

import { inner, random } from "./fits.js";
import { lately } from "./lately.js";
import { gap, joined, over } from "./lines.js";
import { abs, max, sqrt } from "./numbers.js";
import { page } from "./runtime.js";
import { three } from "./said.js";

const { rows: [x, y], many: MANY, left } = page.numbers, N = x.length, ASIDE = 0.7;
const free = inner(x, y) / inner(x, x), wide = max(...x.map(abs)) + ASIDE, ENDS = [0 - wide, max(wide, sqrt(N) + ASIDE)];
const line = (slope) => ENDS.map((at) => [at, slope * at]), half = (free < 0 ? -1 : 1) * max(abs(free), 0.1);
const slopes = Array.from({ length: 61 }, (_, i) => half * ((i - 5) / 25) + 0).sort((a, b) => a - b);

const drawn = lately(["seed"], ({ seed }) => {
  const { normal } = random(seed);
  return Array.from({ length: MANY }, () => x.map(normal));
});

// Of every copy its slope, and over so many first ones the mean square and product, and slope.
const copied = lately(["seed", "noise"], (values) => {
  const found = { own: [], averages: [], moments: [] }, { noise } = values;
  let squares = 0, products = 0;
  drawn(values).forEach((noises, m) => {
    const moved = x.map((at, i) => at + noise * noises[i]), square = inner(moved, moved), product = inner(moved, y);
    squares += square;
    products += product;
    found.own.push(product / square);
    found.averages.push(products / squares);
    found.moments.push([squares, products].map((sum) => sum / ((m + 1) * N)));
  });
  return found;
});

export function marks(values) {
  const { noise, copies } = values, { own, averages, moments } = copied(values), now = copies - 1;
  const moved = x.map((at, i) => at + noise * drawn(values)[now][i]), average = averages[now], [square, product] = moments[now];
  const ridge = (inner(x, y) / N) / (inner(x, x) / N + noise ** 2), reach = noise * sqrt(N);
  const common = (panel) => ({
    [`zero-${panel}`]: ENDS.map((at) => [at, 0]), [`free-${panel}`]: line(free), [`data-${panel}`]: over(x, y),
  });
  const curve = (b, a) => slopes.map((w) => [w, 0.5 - b * w + (a * w ** 2) / 2]), low = (w, b) => [[w, 0.5 - (b * w) / 2]];
  return {
    points: {
      ...common("points"), ...common("rows"), off: joined(x.map((at, i) => [[at, y[i]], [moved[i], y[i]]])),
      noisy: moved.map((at, i) => (at > ENDS[0] && at < ENDS[1] ? [at, y[i]] : gap)), own: line(own[now]), average: line(average),
      "line-rows": line(ridge), pull: [[reach, 0], [reach, ridge * reach]], extra: [[reach, 0]],
      loss: curve(free, 1), mean: curve(product, square), total: curve(free, 1 + noise ** 2),
      "low-loss": low(free, free), "low-mean": low(average, product), "low-total": low(ridge, free),
    },
    says: says(noise, copies, average, ridge, reach),
  };
}

function says(noise, count, average, ridge, reach) {
  const kind = noise ? "some" : "none", lam = noise ** 2 / 2, price = three(lam * free ** 2);
  const told = {
    noise, count, lam: three(lam), reach: three(reach), free: three(free), ridge: three(ridge), average: three(average),
    price, twice: three(2 * price),
  };
  return {
    strength: [`claim.strength.${kind}`, told], average: [`claim.average.${noise && count === 1 ? "one" : kind}`, told],
    added: [`claim.added.${kind}`, told], price: [`claim.price.${kind}`, told],
    ...(left && { rows: ["claim.rows", { rows: N, n: N + left }] }),
  };
}
