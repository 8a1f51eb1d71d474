// The border between two classes, and weights over lambda: the twin of lessons/logistic.py.

import { crossing, shade } from "./half_planes.js";
import { over } from "./lines.js";
import { log10 } from "./numbers.js";
import { pathsAt } from "./paths_drawn.js";
import { page } from "./runtime.js";
import { signed, zeros } from "./said.js";
import { still } from "./still.js";

const { lams, lines, paths, zeros: counts, levels, limits, ends, names } = page.numbers, logs = lams.map(log10), unmoved = { ...still.points };
for (const rows of ["ones", "zeros"]) unmoved[`${rows}-l2`] = unmoved[`${rows}-l1`];
for (const [name, all] of Object.entries(lines)) {
  for (const i of [0, 1]) unmoved[`w${i + 1}-${name}`] = over(logs, all.map((each) => each[i]));
  paths[name][0].forEach((_, rank) => { unmoved[`path-${rank}-${name}`] = over(logs, paths[name].map((each) => each[rank])); });
}

export function marks({ lam }) {
  // Between two strengths that are drawn, the next.
  const next = lams.findIndex((each) => each >= lam), step = next < 0 ? lams.length - 1 : next, now = logs[step];
  const points = { ...unmoved, now: ends.map((y) => [now, y]) }, filled = { ...still.names };
  const says = { ...still.says, strength: ["claim.strength", { lam }] };
  for (const [name, all] of Object.entries(lines)) {
    const line = all[step], [first, second] = line, count = counts[name][step];
    for (const [percent, level, drawn] of levels) {
      points[`shade-${percent}-${name}`] = shade(line, level, limits);
      if (drawn) points[`line-${percent}-${name}`] = crossing(line, level, limits);
    }
    Object.assign(points, pathsAt(name, now, paths[name][step], count), {
      [`border-${name}`]: crossing(line, 0, limits), [`w-${name}`]: [first, second].map((w) => [now, w]),
    });
    const told = { ...signed({ w1: first, w2: second }, 3), ...names };
    says[name] = [name === "l1" ? `claim.l1.${zeros(line)}` : "claim.l2", told];
    Object.assign(filled, { [`now-${name}`]: { value: lam }, [`steps-${name}`]: { value: count } });
  }
  return { points, says, names: filled };
}
