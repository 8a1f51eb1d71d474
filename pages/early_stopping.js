// Descent that is stopped early, and ridge beside it: the twin of lessons/early_stopping.py.

import { lately } from "./lately.js";
import { gap, over } from "./lines.js";
import { counted, expm1, hypot, log10, log1p, max, round } from "./numbers.js";
import { NAMES, along, center, each, ground, parts, ridgeFilter, ridgeWay, rule, two, variances, weights } from "./principal.js";

const DOTS = 24, HALVINGS = 50, ROUNDING = 1e-12, NEARLY = 0.95;
const STEPS = [...new Set(counted(73).map((i) => round(10 ** (i / 24))))];
const VARIANCES = counted(121).map((i) => 10 ** (-3 + ((log10(2) + 3) * i) / 120)), POWERS = VARIANCES.map((variance) => log10(variance));

// At the largest step what is to be found may be over by a rounding.
const descentFilter = (variance, eta, steps) => (eta * variance < 1 ? -expm1(steps * log1p(-eta * variance)) : 1 - (1 - eta * variance) ** steps);
const found = (eta, steps) => variances.map((variance) => descentFilter(variance, eta, steps));
const kept = (lam) => variances.map((variance) => ridgeFilter(variance, lam));
const strength = (factor, eta, steps) => factor / (2 * eta * steps);
const sized = (shares) => hypot(...along.map((part, i) => part * shares[i]));

// How far shares are from those that descent has found, in the length of least squares' weights.
const away = (shares, own) => sized(shares.map((share, i) => share - own[i])) / sized([1, 1]);

// How far the nearest ridge optimum is: the slope of the distance grows between two that are known.
function nearest([wide, narrow]) {
  const more = variances[0] / variances[1] - 1, weight = (along[0] / along[1]) ** 2, beside = (share) => ((1 + more) * share) / (1 + more * share);
  let low = narrow, high = wide / (1 + more * (1 - wide));
  for (let i = 0; i < HALVINGS; i++) {
    const share = (low + high) / 2, bent = (1 + more) / (1 + more * share) ** 2;
    if (weight * (beside(share) - wide) * bent + share - narrow < 0) low = share; else high = share;
  }
  const share = (low + high) / 2, least = away([beside(share), share], [wide, narrow]);
  return least > ROUNDING ? least : 0;
}

// What does not depend on the step, kept while it moves.
const prepared = lately(["step_size"], ({ step_size: eta }) => ({
  least: STEPS.map((steps) => nearest(found(eta, steps))), same: STEPS.map((steps) => away(kept(strength(1, eta, steps)), found(eta, steps))),
}));

export function marks({ step, factor, step_size: eta }) {
  const { least, same } = prepared({ step_size: eta }), own = found(eta, step), lam = strength(factor, eta, step), other = kept(lam);
  const now = weights(own), ridge = weights(other), at = log10(step), apart = away(other, own), near = nearest(own);
  const steps = [0, ...STEPS], way = steps.map((count) => weights(found(eta, count))), top = 1.1 * max(...least, ...same);
  const dots = counted(DOTS).map((i) => (i + 1 <= step ? weights(found(eta, i + 1)) : gap)), kind = near >= NEARLY * max(...least, near) ? "most" : "some";
  const shares = (both) => Object.fromEntries(NAMES.map((name, i) => [name, two(both[i])])), places = variances.map((variance) => log10(variance));
  return {
    points: {
      ...ground(variances[1]), ...parts("part", own), path: ridgeWay(variances), way, gone: way.map((point, i) => (steps[i] <= step ? point : now)), dots,
      link: [ridge, now], start: [[0, 0]], unregularized: [center], stopped: [now], "optimum-l2": [ridge],
      ...each("variance", (i) => [0, 1].map((y) => [places[i], y])),
      kept: over(POWERS, VARIANCES.map((variance) => ridgeFilter(variance, lam))), found: over(POWERS, VARIANCES.map((variance) => descentFilter(variance, eta, step))),
      "now-kept": over(places, other), "now-found": over(places, own), "rule-away": rule(step, top),
      same: STEPS.map((count) => [log10(count), away(kept(strength(factor, eta, count)), found(eta, count))]), "now-same": [apart <= top ? [at, apart] : gap], nearest: STEPS.map((count, i) => [log10(count), least[i]]),
    },
    limits: { away: [0, log10(max(...STEPS)), 0, 1.08 * top] },
    says: {
      found: ["claim.found", { steps: step, ...shares(own) }], kept: ["claim.kept", { lam: two(lam), ...shares(other) }],
      away: [`claim.away.${kind}`, { steps: step, away: two(apart), least: two(near) }],
    },
  };
}
