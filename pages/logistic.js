// The border between two classes, and weights over lambda: the twin of lessons/logistic.py.

import { equals } from "./said.js";
import { crossing, shade } from "./half_planes.js";
import { over } from "./lines.js";
import { log10 } from "./numbers.js";
import { page } from "./runtime.js";
import { still } from "./still.js";
import { pathsAt } from "./paths_drawn.js";
import { three } from "./strengths.js";

const { lams, lines, paths, zeros, near, n, levels, limits, upright, count, ends, names } = page.numbers;
const logs = lams.map(log10);
const ZEROS = [["none", "second"], ["first", "both"]], curves = {};
for (const [name, all] of Object.entries(lines)) {
  for (const i of [0, 1]) curves[`w${i + 1}-${name}`] = over(logs, all.map((each) => each[i]));
}

export function marks({ lam }) {
  // Between two strengths that are drawn, the next.
  const next = lams.findIndex((each) => each >= lam), step = next < 0 ? lams.length - 1 : next, now = logs[step];
  const points = { ...still.points, ...curves, now: ends.map((y) => [now, y]) };
  for (const rows of ["ones", "zeros"]) points[`${rows}-l2`] = still.points[`${rows}-l1`];
  const says = { ...still.says, strength: ["claim.strength", { lam }] }, filled = { ...still.names };
  for (const [name, all] of Object.entries(lines)) {
    const line = all[step], [first, second] = line;
    for (const [percent, level, drawn] of levels) {
      points[`shade-${percent}-${name}`] = shade(line, level, limits);
      if (drawn) points[`line-${percent}-${name}`] = crossing(line, level, limits);
    }
    points[`border-${name}`] = crossing(line, 0, limits);
    points[`w-${name}`] = [first, second].map((w) => [now, w]);
    const told = { w1: three(first), is1: equals(first, 3), w2: three(second), is2: equals(second, 3), ...names };
    const zero = ZEROS[Number(first === 0)][Number(second === 0)];
    says[name] = [name === "l1" ? `claim.l1.${zero}` : "claim.l2", told];
    paths[name][step].forEach((_, rank) => { points[`path-${rank}-${name}`] = over(logs, paths[name].map((each) => each[rank])); });
    Object.assign(points, pathsAt({ name, now, weights: paths[name][step], zeros: zeros[name][step], near, n, upright, count }));
    filled[`now-${name}`] = { value: lam };
    filled[`steps-${name}`] = { value: zeros[name][step] };
  }
  return { points, says, names: filled };
}
