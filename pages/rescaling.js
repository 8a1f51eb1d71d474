// Effects of two features by the unit of the first: the twin of lessons/rescaling.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { over } from "./lines.js";
import { log10 } from "./numbers.js";
import { MIXES, level, penalized } from "./plane.js";
import { CURVE_POINTS, rings } from "./regions.js";
import { page } from "./runtime.js";
import { signed, three } from "./said.js";

const { h, c, rows, names } = page.numbers, [A, B, D] = h, loss = { h, c }, ASIDE = 0.2;
const spreads = Array.from({ length: 81 }, (_, i) => three(10 ** (i / 40 - 1)));
const HEIGHTS = page.picture.panels.find(({ name }) => name === "effects").limits.slice(2);

// The optimum in a unit, as effects, and the level of its weights.
function effects(mix, k, lam) {
  const [w, second] = penalized({ h: [k * k * A, k * B, D], c: [c[0] / k, c[1]] }, mix, lam);
  return { a: [k * w, second], budget: level(mix, [w, second]) };
}

const predicted = (a, aside = 0) => rows.map(([x, y], i) => [i + 1 + aside, x * a[0] + y * a[1]]);
const kind = ([first, second]) => [["both", "first"], ["second", "none"]][Number(first === 0)][Number(second === 0)];
const of = (key, [first, second]) => [`claim.${key}`, signed({ first, second }, 3)];

export function marks({ spread, std, lam }) {
  const k = std ? 1 : spread, x = log10(spread);
  const points = { now: HEIGHTS.map((y) => [x, y]), zero: [[0.4, 0], [rows.length + 0.6, 0]], "rows-free": predicted(c) };
  const says = {
    unit: [`claim.unit.${std ? "same" : "raw"}`, { spread, lam, ...names }],
    free: ["claim.free", { w: three(c[0] / spread), first: three(c[0]), second: three(c[1]), spread }],
  };
  for (const i of [0, 1]) points[`free-${i + 1}`] = [[-1, c[i]], [1, c[i]]];
  for (const [name, mix] of Object.entries(MIXES)) {
    const { a, budget } = effects(mix, k, lam), all = spreads.map((each) => effects(mix, std ? 1 : each, lam).a);
    const outline = ball(mix, 1, name === "l1" ? 5 : CURVE_POINTS).map(([u, v]) => [k * budget * u, budget * v]);
    Object.assign(points, {
      [`ball-${name}`]: outline, [`rim-${name}`]: outline, [`contours-${name}`]: rings(loss, a),
      [`level-${name}`]: contour(loss, a, CURVE_POINTS), [`least-${name}`]: [c], [`optimum-${name}`]: [a],
      [`${name}-now`]: a.map((y) => [x, y]), [`rows-${name}`]: predicted(a, name === "l1" ? -ASIDE : ASIDE),
    });
    for (const i of [0, 1]) points[`${name}-${i + 1}`] = over(spreads.map((each) => log10(each)), all.map((each) => each[i]));
    says[name] = of(name === "l1" ? `l1.${kind(a)}` : "l2", a);
  }
  return { points, says };
}
