// Descent that is stopped early, and ridge beside it: the twin of lessons/early_stopping.py.

import { lately } from "./lately.js";
import { gap, over } from "./lines.js";
import { expm1, hypot, log10, log1p, max, round, sqrt } from "./numbers.js";
import { NAMES, along, center, each, ground, parts, ridgeFilter, rule, two, variances, weights } from "./principal.js";

const DOTS = 24, FAR = [-9, 3], TRIED = 97, POINTS = 121, VARIANCES = [-3, log10(2)], NEARLY = 0.95;
const STEPS = [...new Set(Array.from({ length: 73 }, (_, i) => round(10 ** (i / 24))))], counted = (n) => [...Array(n).keys()];
const POWERS = counted(POINTS).map((i) => VARIANCES[0] + ((VARIANCES[1] - VARIANCES[0]) * i) / (POINTS - 1));

const descentFilter = (variance, eta, steps) => -expm1(steps * log1p(-eta * variance));
const found = (eta, steps) => variances.map((variance) => descentFilter(variance, eta, steps));
const kept = (lam) => variances.map((variance) => ridgeFilter(variance, lam));
const strength = (factor, eta, steps) => factor / (2 * eta * steps);
const sized = (shares) => hypot(...along.map((part, i) => part * shares[i]));

// How far ridge is from descent, in the length of least squares' weights.
function away(factor, eta, steps) {
  const other = kept(strength(factor, eta, steps)), own = found(eta, steps);
  return sized(other.map((share, i) => share - own[i])) / sized([1, 1]);
}

// How far the nearest ridge optimum is: of many the nearest, then golden sections.
function nearest(eta, steps) {
  const off = (power) => away(10 ** power, eta, steps), tried = counted(TRIED).map((i) => FAR[0] + ((FAR[1] - FAR[0]) * i) / (TRIED - 1));
  const offs = tried.map(off), least = offs.reduce((best, each, i) => (each < offs[best] ? i : best), 0);
  const best = max(1, least === TRIED - 1 ? least - 1 : least), part = (sqrt(5) - 1) / 2;
  let low = tried[best - 1], high = tried[best + 1];
  for (let i = 0; i < 50; i++) {
    const first = high - part * (high - low), second = low + part * (high - low);
    if (off(first) < off(second)) high = second; else low = first;
  }
  return off((low + high) / 2);
}

// What does not depend on the step, kept while it moves.
const prepared = lately(["step_size"], ({ step_size: eta }) => ({
  least: STEPS.map((steps) => nearest(eta, steps)), same: STEPS.map((steps) => away(1, eta, steps)),
}));

export function marks({ step, factor, step_size: eta }) {
  const { least, same } = prepared({ step_size: eta }), own = found(eta, step), lam = strength(factor, eta, step), other = kept(lam);
  const now = weights(own), ridge = weights(other), at = log10(step), apart = away(factor, eta, step), near = nearest(eta, step);
  const steps = [0, ...STEPS], way = steps.map((count) => weights(found(eta, count))), top = 1.1 * max(...least, ...same);
  const [wide, narrow] = variances, odds = wide / narrow;
  const path = counted(POINTS).map((i) => { const share = i / (POINTS - 1), below = 1 - share; return weights([(odds * share) / (below + odds * share), share / (below + share)]); });
  const dots = counted(DOTS).map((i) => (i + 1 <= step ? weights(found(eta, i + 1)) : gap)), kind = near >= NEARLY * max(...least, near) ? "most" : "some";
  const shares = (both) => Object.fromEntries(NAMES.map((name, i) => [name, two(both[i])])), places = variances.map((variance) => log10(variance));
  return {
    points: {
      ...ground(narrow), ...parts("part", own), path, way, gone: way.map((point, i) => (steps[i] <= step ? point : now)), dots,
      link: [ridge, now], start: [[0, 0]], unregularized: [center], stopped: [now], "optimum-l2": [ridge],
      ...each("variance", (i) => [0, 1].map((y) => [places[i], y])),
      kept: over(POWERS, POWERS.map((power) => ridgeFilter(10 ** power, lam))), found: over(POWERS, POWERS.map((power) => descentFilter(10 ** power, eta, step))),
      "now-kept": over(places, other), "now-found": over(places, own), "rule-away": rule(step, top),
      same: STEPS.map((count) => [log10(count), away(factor, eta, count)]), "now-same": [apart <= top ? [at, apart] : gap], nearest: STEPS.map((count, i) => [log10(count), least[i]]),
    },
    limits: { away: [0, log10(max(...STEPS)), 0, 1.08 * top] },
    says: {
      found: ["claim.found", { steps: step, ...shares(own) }], kept: ["claim.kept", { lam: two(lam), ...shares(other) }],
      away: [`claim.away.${kind}`, { steps: step, away: two(apart), least: two(near) }],
    },
  };
}
