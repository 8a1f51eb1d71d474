// What each penalty makes of a least-squares weight: the twin of lessons/thresholds.py.

import { gap } from "./lines.js";
import { abs, sign, sqrt } from "./numbers.js";
import { equals } from "./said.js";
import { graph, mirrored, soft } from "./soft.js";

const LEAST = -2, REACH = 6;

// What each penalty makes of a weight, and the sizes at which that bends.
function rules({ lam, ratio, a, gamma }) {
  const tau = lam / 2, root = sqrt(lam), mix = (share) => [(z) => soft(z, share * tau) / (1 + lam * (1 - share)), share * tau];
  const between = (z) => (((a - 1) * abs(z) - a * tau) / (a - 2)) * sign(z);
  return {
    l1: mix(1), l2: mix(0), net: mix(ratio), l0: [(z) => (abs(z) > root ? z : 0), root],
    scad: [(z) => (abs(z) <= lam ? soft(z, tau) : abs(z) <= a * tau ? between(z) : z), tau, lam, a * tau],
    mcp: [(z) => (abs(z) <= gamma * tau ? soft(z, tau) / (1 - 1 / gamma) : z), tau, gamma * tau],
  };
}

export function marks(values) {
  const { z, lam } = values, says = { z: ["claim.here", { z, lam }] };
  const free = [[LEAST, LEAST], [REACH, REACH]], upright = [[z, LEAST], [z, REACH]];
  const points = { "free-convex": free, "free-concave": free, "z-convex": upright, "z-concave": upright };
  for (const [name, [rule, ...bends]] of Object.entries(rules(values))) {
    const w = rule(z), kind = w === 0 ? "zero" : w === z ? "same" : "moved", [jump] = bends;
    points[name] = name === "l0" ? mirrored([[jump, 0], gap, [jump, jump], [REACH, REACH]]) : graph(rule, bends, REACH);
    points[`${name}-now`] = [[z, w]];
    says[`${name}-now`] = [`claim.${name}.${kind}`, { w, is: equals(w) }];
  }
  return { points, says };
}
