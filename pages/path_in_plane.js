// The ways of the L1 and the L2 optimum: the twin of lessons/path_in_plane.py.

import { ball } from "./balls.js";
import { gap, squared, there, withAir } from "./lines.js";
import { abs, min } from "./numbers.js";
import { MIXES, bends, level, lossOf, penalized, times } from "./plane.js";
import { CURVE_POINTS, rings } from "./regions.js";
import { equals } from "./said.js";
import { cleared, rounded } from "./scales.js";
import { three } from "./strengths.js";

const POINTS = 161, AIR = 0.3, SPACE = 0.12, BEYOND = 1.25, LASTS = 1e-6;
const ZEROS = [["none", "second"], ["first", "both"]], NAMES = ["l1", "l2"];
const counted = (n) => [...Array(n).keys()];

// Strengths among which are all where the L1 way bends.
function knotsOf({ h: [a, b, d], c }, slopes) {
  const whole = a * d - b * b, across = [[d - b, d + b], [a - b, 0 - b - a]], curvatures = [a, d];
  const leaves = across.flatMap((row, j) => row.map((part) => (part === 0 ? 0 : (whole * c[j]) / part)));
  const joins = curvatures.flatMap((own, j) => [own - b, own + b].map((kept) => (kept === 0 ? 0 : (own * slopes[1 - j] - b * slopes[j]) / kept)));
  return [...leaves, ...slopes, ...joins].map(abs).sort((x, y) => x - y);
}

// Of a region that has shrunk to a point there is nothing to name.
function region(name, weights) {
  const size = level(MIXES[name], weights);
  return there(ball(MIXES[name], size, name === "l1" ? 5 : CURVE_POINTS), () => size > 0);
}

export function marks(values) {
  const { lam } = values, loss = lossOf(values), slopes = times(loss.h, loss.c), knots = knotsOf(loss, slopes);
  const [low, high] = bends(loss), isBent = high - low > LASTS * high && loss.c.every(Boolean);
  const end = three(BEYOND * high), scale = (loss.h[0] + loss.h[2]) / 4;
  const at = (name, lams) => lams.map((each) => penalized(loss, MIXES[name], each)), shares = (n) => counted(n).map((k) => k / (n - 1));
  const ways = {
    l1: at("l1", [0, ...knots]),
    l2: [...at("l2", shares(POINTS).slice(0, -1).map((share) => (scale * share) / (1 - share))), [0, 0]],
  };
  const gone = {
    l1: at("l1", [0, ...knots].map((knot) => min(knot, lam))),
    l2: at("l2", shares(CURVE_POINTS).map((share) => lam * share ** 2)),
  };
  const drawn = { l1: [0, ...knots, end].map((each) => min(each, end)), l2: shares(CURVE_POINTS).map((share) => end * share) };
  const now = Object.fromEntries(NAMES.map((name) => [name, penalized(loss, MIXES[name], lam)])), every = [...ways.l1, ...ways.l2];
  const plane = squared([...every, [0, 0]], AIR), [least, most] = withAir(every.flat(), SPACE);
  const of = (what, found) => Object.fromEntries(NAMES.map((name) => [`${what}-${name}`, found(name)]));
  return {
    points: {
      contours: rings(loss, loss.c), unregularized: [loss.c], rule: [[lam, least], [lam, most]],
      bend: isBent ? at("l1", [low]) : [gap],
      ...of("ball", (name) => region(name, now[name])),
      ...of("way", (name) => ways[name]), ...of("gone", (name) => gone[name]), ...of("now", (name) => [now[name]]),
      ...of("dots", (name) => now[name].map((weight) => [lam, weight])),
      ...[0, 1].reduce((found, i) => ({ ...found, ...of(`w${i + 1}`, (name) => at(name, drawn[name]).map((w, k) => [drawn[name][k], w[i]])) }), {}),
    },
    limits: { plane, chart: [0, end, least, most] },
    ticks: {
      plane: cleared(plane, [loss.c, penalized(loss, MIXES.l1, lam), penalized(loss, MIXES.l1, low)]),
      chart: [rounded(0, end), rounded(least, most)],
    },
    says: { ...of("now", (name) => weights(name, now[name])), bends: said(isBent, low, high), strength: ["claim.strength", { lam }] },
  };
}

function weights(name, [first, second]) {
  const zeros = ZEROS[Number(first === 0)][Number(second === 0)];
  return [`claim.${name}.${zeros}`, { first: three(first), is1: equals(first, 3), second: three(second), is2: equals(second, 3) }];
}

const said = (isBent, low, high) => [isBent ? "claim.bends" : "claim.straight", { low: three(low), high: three(high) }];
