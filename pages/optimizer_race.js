// Methods of descent on one loss with an L2 and with an L1 penalty: the twin of
// lessons/optimizer_race.py. The loss is that of rho, curvature and center.

import { contour } from "./curves.js";
import { gap, joined, over, squared, walked, walkedByAxes } from "./lines.js";
import { log10, max, min, sqrt } from "./numbers.js";
import { gapFrom, kinkedContour } from "./objective.js";
import { DESCENTS, MIXES, gradient, lossOf, minus, penalized, smoothness } from "./plane.js";
import { toDigits } from "./said.js";
import { cleared } from "./scales.js";
import { UPDATES, walk } from "./updates.js";

const N_STEPS = 40, FINISH = 1e-6, FLOOR = 1e-8, LEAST = 1e-10, AIR = 0.14, NO_WAY = 1e-12;
const steps = Array.from({ length: N_STEPS + 1 }, (_, k) => k);

const first = (states) => steps.map(() => states.next().value);

// The lowest point of a heat, how much higher than there it is elsewhere, and a smooth heat's loss.
function heatOf(loss, name, lam) {
  const [a, b, d] = loss.h, best = penalized(loss, MIXES[name], lam);
  return { best, rise: gapFrom(loss, MIXES[name], lam, best), smooth: { h: [a + 2 * lam, b, d + 2 * lam], c: best } };
}

function run(loss, { l1, l2 }, { lam, start, beta }) {
  const [a, , d] = l2.smooth.h, kinked = { lam, step: 1 / smoothness(loss), start }, smooth = { lam, step: 2 / (a + d), start };
  return {
    "l2-gradient": first(DESCENTS.free(l2.smooth, MIXES.l2, smooth)), "l2-momentum": first(DESCENTS.momentum(l2.smooth, MIXES.l2, { ...smooth, beta })),
    "l2-coordinate": first(DESCENTS.coordinate(loss, MIXES.l2, smooth)),
    "l1-subgradient": walk(UPDATES.sign, (w) => gradient(loss, w), start, { lam, step_size: kinked.step }, N_STEPS),
    ...Object.fromEntries(["ista", "fista", "coordinate"].map((name) => [`l1-${name}`, first(DESCENTS[name](loss, MIXES.l1, kinked))])),
  };
}

const level = (left) => log10(max(left, LEAST));

function bounds(loss, l1, start) {
  const off = minus(start, l1.best), scale = smoothness(loss) * (off[0] ** 2 + off[1] ** 2) / l1.rise(start);
  return { "l1-ista": (k) => scale / (2 * k), "l1-fista": (k) => 2 * scale / (k + 1) ** 2 };
}

export function marks(values) {
  const { lam, start, step } = values, loss = lossOf(values), heats = { l1: heatOf(loss, "l1", lam), l2: heatOf(loss, "l2", lam) };
  const ways = run(loss, heats, values), limits = squared([...Object.values(ways).flat(), [0, 0]], AIR);
  const points = {}, says = {}, shown = {}, ticks = {};
  for (const [name, way] of Object.entries(ways)) {
    const { rise } = heats[name.slice(0, 2)], whole = rise(start), left = way.map((w) => rise(w) / whole), both = name.endsWith("coordinate");
    const walk = both ? walkedByAxes : walked;
    Object.assign(points, walk(`way-${name}`, way, step), walked(`gap-${name}`, over(steps, left.map(level)), step));
    if (left[step] <= FLOOR) points[`gap-${name}-now`] = [gap];
    const kind = left[step] <= FLOOR ? "gone" : step && left[step] > left[step - 1] ? "rises" : "left";
    says[`gap-${name}`] = [`claim.${name.slice(3)}.${kind}`, { left: toDigits(left[step], 1) }];
  }
  for (const [name, bound] of Object.entries(bounds(loss, heats.l1, start))) {
    points[`bound-${name}`] = steps.map((k) => (k ? [k, log10(bound(k))] : gap));
  }
  for (const [name, { best, rise, smooth }] of Object.entries(heats)) {
    const rises = Array.from({ length: 8 }, (_, i) => rise(start) * ((i + 1) / 5) ** 2);
    points[`contours-${name}`] = joined(rises.map((high) => (name === "l1" ? kinkedContour(loss, lam, best, rise, high, 121) : contour(smooth, [best[0] + sqrt((2 * high) / smooth.h[0]), best[1]], 125))));
    points[`finish-${name}`] = [0, N_STEPS].map((k) => [k, log10(FINISH)]);
    points[`goal-${name}`] = [best];
    points[`start-${name}`] = [start];
    shown[name] = limits;
    ticks[name] = cleared(limits, [start, heats.l2.best, heats.l1.best, [0, start[1]]]);
  }
  return { points, says, limits: shown, ticks };
}

// From a start at a lowest point there is no way to go.
marks.settle = (given) => {
  const { lam, start } = given, loss = lossOf(given);
  const stuck = min(...["l1", "l2"].map((name) => heatOf(loss, name, lam).rise(start))) <= NO_WAY;
  return stuck ? { ...given, start: [start[0] + 1, start[1]] } : given;
};
