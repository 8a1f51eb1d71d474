// What each penalty makes of a least-squares weight: the twin of lessons/thresholds.py.

import { abs, max, sign, sqrt } from "./numbers.js";
import { equals } from "./said.js";

const LEAST = -2, REACH = 6;

const soft = (z, threshold) => sign(z) * max(abs(z) - threshold, 0) + 0;

const MAPS = {
  l1: (z, { lam }) => soft(z, lam / 2),
  l2: (z, { lam }) => z / (1 + lam) + 0,
  net: (z, { lam, ratio }) => soft(z, (ratio * lam) / 2) / (1 + lam * (1 - ratio)),
  l0: (z, { lam }) => (abs(z) > sqrt(lam) ? z : 0),
  scad: (z, { lam, a }) => {
    if (abs(z) <= lam) return soft(z, lam / 2);
    return abs(z) <= (a * lam) / 2 ? (((a - 1) * abs(z) - (a * lam) / 2) / (a - 2)) * sign(z) : z;
  },
  mcp: (z, { lam, gamma }) => (abs(z) <= (gamma * lam) / 2 ? soft(z, lam / 2) / (1 - 1 / gamma) : z),
};

const bends = ({ lam, ratio, a, gamma }) => ({
  l1: [lam / 2], l2: [0], net: [(ratio * lam) / 2], l0: [sqrt(lam)],
  scad: [lam / 2, lam, (a * lam) / 2], mcp: [lam / 2, (gamma * lam) / 2],
});

function graph(name, values) {
  const right = [...bends(values)[name], REACH].map((z) => [z, MAPS[name](z, values)]);
  if (name === "l0") right.splice(1, 0, [NaN, NaN], [right[0][0], right[0][0]]);
  return [...right.map(([z, w]) => [0 - z, 0 - w]).reverse(), ...right];
}

export function marks(values) {
  const { z, lam } = values, points = {}, says = { z: ["claim.here", { z, lam }] };
  for (const panel of ["convex", "concave"]) {
    points[`free-${panel}`] = [[LEAST, LEAST], [REACH, REACH]];
    points[`z-${panel}`] = [[z, LEAST], [z, REACH]];
  }
  for (const [name, map] of Object.entries(MAPS)) {
    const w = map(z, values), kind = w === 0 ? "zero" : w === z ? "same" : "moved";
    points[name] = graph(name, values);
    points[`${name}-now`] = [[z, w]];
    says[`${name}-now`] = [`claim.${name}.${kind}`, { w, is: equals(w) }];
  }
  return { points, says };
}
