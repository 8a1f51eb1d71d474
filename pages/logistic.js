// The border between two classes, and weights over lambda: the twin of lessons/logistic.py.

import { equals } from "./said.js";
import { abs, hypot, log10, max, min } from "./numbers.js";
import { gap, over } from "./lines.js";
import { page } from "./runtime.js";
import { still } from "./still.js";
import { pathsAt } from "./paths_drawn.js";
import { three } from "./strengths.js";

const { lams, lines, paths, zeros, near, n, levels, limits, upright, count, ends, names } = page.numbers;
const logs = lams.map(log10), [left, right, bottom, top] = limits, FAR = 4 * max(...limits.map(abs));
const ZEROS = [["none", "second"], ["first", "both"]], curves = {};
for (const [name, all] of Object.entries(lines)) {
  for (const i of [0, 1]) curves[`w${i + 1}-${name}`] = over(logs, all.map((each) => each[i]));
}

// Where the log odds are at least a level, as far as one sees.
function shade([u, v, b], level) {
  const size = hypot(u, v), [x, y] = size === 0 ? [1, 0] : [u / size, v / size];
  const away = min(max(size === 0 ? (level > b ? FAR : -FAR) : (level - b) / size, -FAR), FAR);
  const at = (along, up) => [x * (away + up * FAR) - y * along * FAR, y * (away + up * FAR) + x * along * FAR];
  return [at(-1, 0), at(1, 0), at(1, 2), at(-1, 2)];
}

// The line of a level, where it is within the plane.
function crossing(line, level) {
  const [u, v, b] = line, rise = (u * (left + right)) / 2 + (v * (bottom + top)) / 2 + b - level;
  return abs(rise) < (0.9 * (abs(u) * (right - left) + abs(v) * (top - bottom))) / 2 ? shade(line, level).slice(0, 2) : [gap, gap];
}

export function marks({ lam }) {
  // Between two strengths that are drawn, the next.
  const next = lams.findIndex((each) => each >= lam), step = next < 0 ? lams.length - 1 : next, now = logs[step], points = { ...still.points, ...curves, "ones-l2": still.points["ones-l1"], "zeros-l2": still.points["zeros-l1"], now: ends.map((y) => [now, y]) };
  const says = { ...still.says, strength: ["claim.strength", { lam }] }, filled = { ...still.names };
  for (const [name, all] of Object.entries(lines)) {
    const line = all[step], [first, second] = line;
    for (const [percent, level, drawn] of levels) {
      points[`shade-${percent}-${name}`] = shade(line, level);
      if (drawn) points[`line-${percent}-${name}`] = crossing(line, level);
    }
    points[`border-${name}`] = crossing(line, 0);
    points[`w-${name}`] = [first, second].map((w) => [now, w]);
    const told = { w1: three(first), is1: equals(first), w2: three(second), is2: equals(second), ...names };
    const zero = ZEROS[Number(first === 0)][Number(second === 0)];
    says[name] = [name === "l1" ? `claim.l1.${zero}` : "claim.l2", told];
    const own = pathsAt({ name, logs, now, weights: paths[name], at: paths[name][step], zeros: zeros[name][step], near, n, upright, count });
    Object.assign(points, own.points);
    filled[`now-${name}`] = { value: lam };
    filled[`steps-${name}`] = { value: zeros[name][step] };
  }
  return { points, says, names: filled };
}
