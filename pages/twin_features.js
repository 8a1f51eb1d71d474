// Two features as they become one: the twin of lessons/twin_features.py.

import { ball } from "./balls.js";
import { gap, joined, over, there } from "./lines.js";
import { PI, abs, cos, counted, hypot, sin, sqrt } from "./numbers.js";
import { MIXES, level } from "./plane.js";
import { CURVE_POINTS } from "./regions.js";
import { page } from "./runtime.js";
import { signed } from "./said.js";

const REACH = 1.9, [LOW, HIGH] = [-0.3, 1.7], RINGS = 6, APART = 0.33, SHADOW = 0.25, RING_POINTS = 57;
const split = (m, h) => [m + h, m - h];

const free = (rho, { lead, signal }) => (rho < 1 ? split(signal / sqrt(1 + rho), lead / sqrt(1 - rho)) : gap);
const WEIGHTS = {
  l1(rho, { lead, lam, signal }) {
    const up = sqrt(1 + rho), down = sqrt(1 - rho), shared = (up * signal - lam) / (1 + rho);
    if (abs(lead) < shared * down || lead === 0) return split(shared, down > 0 ? lead / down : 0);
    const alone = up * signal + down * abs(lead) - lam;
    return lead > 0 ? [alone, 0] : [0, alone];
  },
  l2: (rho, { lead, lam, signal }) => split((sqrt(1 + rho) * signal) / (1 + rho + 2 * lam), (sqrt(1 - rho) * lead) / (1 - rho + 2 * lam)),
};

// The root of twice the loss above its least.
function root([x, y], { rho, lead, signal }) {
  const shared = (sqrt(1 + rho) * (x + y)) / 2 - signal, own = (sqrt(1 - rho) * (x - y)) / 2 - lead;
  return sqrt(2) * hypot(shared, rho < 1 ? own : 0);
}

// An ellipse, and two lines at correlation 1.
function contour(radius, n, { rho, lead, signal }) {
  const middle = signal / sqrt(1 + rho), across = radius / sqrt(2 * (1 + rho)), half = (n - 1) / 2;
  if (rho === 1) {
    const line = (side) => counted(half).map((i) => split(middle + side * across, 4 * REACH * ((2 * i) / (half - 1) - 1)));
    return [...line(1), gap, ...line(-1)];
  }
  return counted(n).map((i) => {
    const turn = (2 * PI * i) / (n - 1);
    return split(middle + across * cos(turn), (lead + (radius * sin(turn)) / sqrt(2)) / sqrt(1 - rho));
  });
}

function plane(name, w, values) {
  const { rho, lead, signal } = values, distance = root(w, values), step = APART * sqrt(2) * hypot(signal, lead);
  const outline = ball(MIXES[name], level(MIXES[name], w), CURVE_POINTS);
  return {
    [`ball-${name}`]: outline, [`rim-${name}`]: outline,
    [`contours-${name}`]: joined(counted(RINGS).map((i) => {
      const isApart = abs(step * (i + 1) - distance) >= SHADOW * step;
      return there(contour(step * (i + 1), RING_POINTS, values), () => isApart);
    })),
    [`level-${name}`]: contour(distance, CURVE_POINTS, values),
    [`least-${name}`]: [free(rho, values)], [`optimum-${name}`]: [w],
  };
}

const of = (key, [first, second]) => [`claim.${key}`, signed({ first, second, sum: first + second }, 3)];

const kind = (rho, [first, second]) => (rho === 1 ? "any" : second === 0 ? "first" : first === 0 ? "second" : "both");

export function marks(values) {
  const { rho, lead, lam } = values, w = { l1: WEIGHTS.l1(rho, values), l2: WEIGHTS.l2(rho, values) };
  const grid = page.picture.drivers.find(({ name }) => name === "rho").values;
  const curve = (weights, i) => {
    const points = over(grid, grid.map((r) => weights(r, values)[i]));
    return there(points, (k) => points[k][1] >= LOW && points[k][1] <= HIGH);
  };
  const total = w.l1[0] + w.l1[1], all = WEIGHTS.l1(1, values), points = {
    ...plane("l1", w.l1, values), ...plane("l2", w.l2, values),
    "edge-l1": rho === 1 ? [[total, 0], [0, total]] : [gap, gap], any: [[1, 0], [1, all[0] + all[1]]],
    "rho-now": [[rho, LOW], [rho, HIGH]],
  };
  for (const i of [0, 1]) {
    points[`free-${i + 1}`] = curve(free, i);
    for (const name of ["l1", "l2"]) points[`${name}-${i + 1}`] = curve(WEIGHTS[name], i);
  }
  for (const name of ["l1", "l2"]) points[`${name}-now`] = w[name].map((at) => [rho, at]);
  return {
    points,
    says: {
      here: ["claim.here", { rho, lead, lam }], free: rho === 1 ? ["claim.free.many", {}] : of("free.one", free(rho, values)),
      l1: of(`l1.${kind(rho, w.l1)}`, w.l1), l2: of(`l2.${w.l2[0] === w.l2[1] ? "equal" : "near"}`, w.l2),
    },
  };
}
