// Two features along their principal directions: the twin of lessons/principal.py.

import { contour } from "./curves.js";
import { joined, over } from "./lines.js";
import { log10, max, sqrt } from "./numbers.js";
import { page } from "./runtime.js";
import { toDigits } from "./said.js";

const { sign, reach, narrow: own } = page.numbers;
export const NAMES = ["wide", "narrow"];
export const { along, center } = page.numbers;
export const variances = [2 - own, own];

const directions = [[sqrt(0.5), sign * sqrt(0.5)], [sqrt(0.5), -sign * sqrt(0.5)]];

// What each of both directions has, under names such as `part-wide`.
export const each = (what, make) => Object.fromEntries(NAMES.map((name, i) => [`${what}-${name}`, make(i)]));

// What lies so far along both directions.
export const placed = (parts) => [0, 1].map((axis) => parts[0] * directions[0][axis] + parts[1] * directions[1][axis]);

// Weights of which these shares are kept.
export const weights = (kept) => placed(along.map((part, i) => part * kept[i]));

// All ridge optima from 0 to least squares, at variances along both directions.
export const WAY = Array.from({ length: 101 }, (_, i) => i / 100);

export const ridgeWay = (spreads) => WAY.map((t) => weights(spreads.map((variance, i) => {
  const size = sqrt(variance) * t, other = sqrt(spreads[1 - i]) * (1 - t);
  return size / (size + other);
})));

// The loss's contours, if the cloud had this variance along its narrow direction.
const RINGS = 10, APART = 0.1, RING_POINTS = 121;

function contours(narrow) {
  const loss = { h: [1, sign * (1 - narrow), 1], c: center }, apart = APART * reach * (own * (2 - own)) ** 0.25;
  return joined(Array.from({ length: RINGS }, (_, i) => contour(loss, [center[0] + apart * (i + 1), center[1]], RING_POINTS)));
}

// The contours, and both directions across the plane.
const across = each("across", (i) => [-1, 1].map((way) => directions[i].map((x) => 2 * reach * way * x)));
export const ground = (narrow) => ({ contours: contours(narrow), ...across });

// A line along each direction, from 0 to weights of which shares are kept.
export function parts(what, shares) {
  const rows = [[0, 0], weights([shares[0], 0]), weights(shares)];
  return each(what, (i) => rows.slice(i, i + 2));
}

// The line at a value of a chart over tenfolds.
export const rule = (value, high) => over([log10(value), log10(value)], [0, high]);

// ---- what is kept of least squares along a direction with this variance

export const ridgeFilter = (variance, lam) => (variance > 0 ? (0.25 * variance) / (0.25 * variance + 0.5 * lam) : 0);

// A share of so few digits as it is told.
export function two(share) {
  const told = toDigits(share, 2);
  return told !== 1 || share >= 1 ? told : Number((1 - max(toDigits(1 - share, 1), 1e-4)).toFixed(4));
}
