// Counting zeros: the twin of lessons/sparsity_count.py.

import { abs, max, round } from "./numbers.js";
import { random } from "./fits.js";
import { lately } from "./lately.js";
import { soft } from "./soft.js";

const FAR = 3, SEEN = 300;

// The optimum under L1 of a loss whose pull at 0 is `b`: 0 where L1 holds all, then one weight
// where it holds the other, else both.
function lasso([x, y], r, lam) {
  const b = [x + r * y, r * x + y];
  if (lam === 0) return [x, y];
  const alone = b.map((pull) => soft(pull, lam));
  if (abs(b[1] - r * alone[0]) <= lam) return [alone[0], 0];
  if (abs(b[0] - r * alone[1]) <= lam) return [0, alone[1]];
  for (const [s, t] of [[1, 1], [1, -1], [-1, 1], [-1, -1]]) {
    const w = solved(b[0] - s * lam, b[1] - t * lam, 1, r);
    if (w[0] * s > 0 && w[1] * t > 0) return w;
  }
}

const solved = (u, v, a, r) => [(a * u - r * v) / (a * a - r * r), (a * v - r * u) / (a * a - r * r)];
const ridge = ([x, y], r, lam) => solved(x + r * y, r * x + y, 1 + 2 * lam, r);

const drawn = lately(["seed", "losses", "rho"], ({ seed, losses, rho }) => {
  const { even } = random(seed), between = () => 2 * even() - 1;
  return Array.from({ length: losses }, () => ({ c: [FAR * between(), FAR * between()], r: rho * between() }));
});

const solvedAt = lately(["seed", "losses", "rho", "lam"], (values) =>
  drawn(values).map(({ c, r }) => ({ c, r, l1: zerosOf(lasso(c, r, values.lam)), l2: zerosOf(ridge(c, r, values.lam)) })));

const zerosOf = (w) => w.filter((part) => part === 0).length;
const percent = (count, n) => (count ? max(round((1000 * count) / n) / 10, 0.1) : 0);

export function marks(values) {
  const { n, lam, move } = values, all = solvedAt(values), now = all.slice(0, n), dots = all.slice(0, SEEN);
  const seen = (test) => dots.map((loss, i) => (i < n && test(loss) ? loss.c : [NaN, NaN]));
  const points = { l2: seen(() => true), drawn: seen(() => true) };
  const counts = {}, goes = (solve) => ({ c, r }) => solve(c, r, lam * move);
  ["none", "one", "both"].forEach((name, zeros) => {
    const isOf = ({ l1 }) => l1 === zeros;
    points[name] = seen(isOf);
    points[`${name}-goes`] = dots.filter(isOf).map(goes(lasso));
    counts[name] = now.filter(isOf).length;
  });
  points["l2-goes"] = dots.map(goes(ridge));
  counts["l2-zero"] = now.filter(({ l2 }) => l2 > 0).length;
  const rows = { one: 2, both: 1, "l2-zero": 0 };
  const names = {};
  for (const [name, row] of Object.entries(rows)) {
    points[`bar-${name}`] = [[counts[name], row]];
    names[`bar-${name}`] = { value: counts[name] };
  }
  const count = counts.one + counts.both, zeros = counts["l2-zero"];
  return {
    points,
    names,
    says: {
      l1: ["claim.l1", { n, count, percent: percent(count, n) }],
      l2: ["claim.l2", { n, count: zeros, percent: percent(zeros, n) }],
    },
  };
}
