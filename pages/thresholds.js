// What each penalty makes of a least-squares weight: the twin of lessons/thresholds.py.

import { abs, sign, sqrt } from "./numbers.js";
import { equals } from "./said.js";
import { soft } from "./soft.js";

const LEAST = -2, REACH = 6;

// What each penalty makes of a weight, and the sizes at which that bends.
function rules({ lam, ratio, a, gamma }) {
  const tau = lam / 2, root = sqrt(lam);
  const scad = (z) => {
    if (abs(z) <= lam) return soft(z, tau);
    return abs(z) <= a * tau ? (((a - 1) * abs(z) - a * tau) / (a - 2)) * sign(z) : z;
  };
  return {
    l1: [(z) => soft(z, tau), tau],
    l2: [(z) => z / (1 + lam) + 0, 0],
    net: [(z) => soft(z, ratio * tau) / (1 + lam * (1 - ratio)), ratio * tau],
    l0: [(z) => (abs(z) > root ? z : 0), root],
    scad: [scad, tau, lam, a * tau],
    mcp: [(z) => (abs(z) <= gamma * tau ? soft(z, tau) / (1 - 1 / gamma) : z), tau, gamma * tau],
  };
}

function graph(name, rule, bends) {
  const right = [...bends, REACH].map((z) => [z, rule(z)]);
  if (name === "l0") right.splice(1, 0, [NaN, NaN], [bends[0], bends[0]]);
  return [...right.map(([z, w]) => [0 - z, 0 - w]).reverse(), ...right];
}

export function marks(values) {
  const { z, lam } = values, points = {}, says = { z: ["claim.here", { z, lam }] };
  for (const panel of ["convex", "concave"]) {
    points[`free-${panel}`] = [[LEAST, LEAST], [REACH, REACH]];
    points[`z-${panel}`] = [[z, LEAST], [z, REACH]];
  }
  for (const [name, [rule, ...bends]] of Object.entries(rules(values))) {
    const w = rule(z), kind = w === 0 ? "zero" : w === z ? "same" : "moved";
    points[name] = graph(name, rule, bends);
    points[`${name}-now`] = [[z, w]];
    says[`${name}-now`] = [`claim.${name}.${kind}`, { w, is: equals(w) }];
  }
  return { points, says };
}
