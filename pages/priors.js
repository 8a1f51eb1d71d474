// Posteriors under a Laplace and a Gaussian prior: the twin of lessons/priors.py.

import { lately } from "./lately.js";
import { joined, over } from "./lines.js";
import { abs, exp, log, max } from "./numbers.js";
import { gapFrom, kinkedContour } from "./objective.js";
import { MIXES, penalized } from "./plane.js";
import { meanOfOne, meanOfTwo } from "./posterior.js";
import { equals, signed, three } from "./said.js";
import { graph, soft } from "./soft.js";

const CENTERS = Array.from({ length: 41 }, (_, i) => (i - 20) / 10), W = Array.from({ length: 201 }, (_, i) => (i - 75) / 50);
const LOSS = { h: [1, 0.4, 1], c: [1.2, 0.15] }, SHARES = [0.8, 0.5, 0.25, 0.1, 0.03], RAYS = 73, ENDS = [-2, 2], FAR = 0.2;

const PENALTIES = { l1: (w, lam) => lam * abs(w), l2: (w, lam) => lam * w * w };

// What the centre does not move.
const still = lately(["lam", "spread"], ({ lam, spread }) => {
  const corner = penalized(LOSS, MIXES.l1, lam), rise = gapFrom(LOSS, MIXES.l1, lam, corner);
  return {
    corner, beside: meanOfTwo(LOSS, lam, spread), means: CENTERS.map((m) => meanOfOne(m, lam, spread)),
    rings: joined(SHARES.map((share) => kinkedContour(LOSS, lam, corner, rise, spread * (0 - log(share)), RAYS))),
  };
});

export function marks(values) {
  const { lam, center: m, spread: s } = values, { means, corner, beside, rings } = still(values), mean = meanOfOne(m, lam, s);
  const modes = { l1: soft(m, lam), l2: m / (1 + 2 * lam) }, loss = (w) => 0.5 * (w - m) ** 2, curve = (f) => over(W, W.map(f));
  const points = {
    price: curve((w) => PENALTIES.l1(w, lam)), loss: curve(loss), sum: curve((w) => loss(w) + PENALTIES.l1(w, lam)),
    lowest: [[modes.l1, loss(modes.l1) + PENALTIES.l1(modes.l1, lam)]],
    "line-free": over(ENDS, ENDS), "line-l2": over(ENDS, ENDS.map((x) => x / (1 + 2 * lam))),
    "line-mode": graph((x) => soft(x, lam), [lam], 2), "line-mean": over(CENTERS, means),
    "now-mode": [[m, modes.l1]], "now-mean": [[m, mean]], least: [LOSS.c], corner: [corner], beside: [beside], rings,
  };
  for (const [name, price] of Object.entries(PENALTIES)) {
    const least = loss(modes[name]) + price(modes[name], lam), density = (w) => exp(-max(loss(w) + price(w, lam) - least, 0) / s);
    points[`prior-${name}`] = curve((w) => exp(-price(w, lam) / s));
    points[`like-${name}`] = curve((w) => exp(-loss(w) / s));
    points[`post-${name}`] = curve(density);
    points[`mode-${name}`] = [[modes[name], 1]];
    if (name === "l1") Object.assign(points, { stem: [[mean, 0], [mean, density(mean)]], "mean-l1": [[mean, 0]] });
  }
  const kind = m === 0 ? "even" : modes.l1 !== 0 ? "both" : abs(mean) >= FAR ? "far" : "held";
  return {
    points,
    says: {
      here: ["claim.here", { m, s, lam }],
      laplace: [`claim.laplace.${kind}`, signed({ mode: modes.l1, mean }, 3)],
      gaussian: [`claim.gaussian.${m === 0 ? "even" : "off"}`, { w: three(modes.l2), is: equals(modes.l2, 3) }],
      two: ["claim.two", { mode: three(corner[0]), first: three(beside[0]), second: three(beside[1]) }],
    },
  };
}
