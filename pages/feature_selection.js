// All weights under both penalties at any strength: the twin of lessons/paths_drawn.py.

import { keptAndGone } from "./lines.js";
import { ceil, log10 } from "./numbers.js";
import { pathsAt } from "./paths_drawn.js";
import { page } from "./runtime.js";
import { toDigits } from "./said.js";
import { still } from "./still.js";
import { WEIGHTS, pathsOver } from "./weight_paths.js";

const given = page.numbers, { n, near, knots } = given;
// Paths turn at their knots.
const [low, perDecade, strongest] = given.grid, top = 2 * knots[0];
const spaced = (from, to, many) => Array.from({ length: many }, (_, i) => toDigits(from * (to / from) ** (i / (many - 1)), 4));
const grid = [...new Set([
  low, ...spaced(low, top, ceil(perDecade * log10(top / low)) + 1).slice(1), ...spaced(top, strongest, 30), ...knots.filter((knot) => knot > low),
])].sort((a, b) => a - b);

function zerosAt(name, lam) {
  if (name === "l1" && lam >= knots[0]) return n;
  const piece = name === "l1" ? knots.findIndex((knot) => knot <= lam) - 1 : 0;
  return given.zeros[name].at(piece < 0 ? -1 : piece);
}

const paths = pathsOver(grid);

export function marks(values) {
  const { lam, fold = 1 } = values, now = log10(lam);
  const points = { ...paths, ...still.points, "out-rows": [[fold, 1]] }, says = { ...still.says }, names = { ...still.names };
  for (const [name, at] of Object.entries(WEIGHTS)) {
    const weights = at(lam), zeros = zerosAt(name, lam), ends = weights.map((w, j) => [w, weights.length - j]);
    const [tips, rings] = keptAndGone(ends, weights);
    const own = {
      bars: ends.slice(0, near), tips: tips.slice(0, near), rings: rings.slice(0, near), more: ends.slice(near), zeros: rings.slice(near),
      mean: still.points[`held-${name}`],
    };
    // What has no rows, such as bars beyond those with a name, is no mark.
    for (const [mark, where] of Object.entries(own)) if (where.length) points[`${mark}-${name}`] = where;
    Object.assign(points, pathsAt(name, now, weights, zeros));
    names[`now-${name}`] = { value: lam };
    names[`steps-${name}`] = { value: zeros };
    says[`verdict-${name}`] = [`claim.${name}`, { zeros, n }];
  }
  says["foot-lam"] = [`claim.lam.${lam >= knots[0] ? "gone" : "left"}`, { lam, gone: given.gone, target: given.target }];
  return { points, says, names, limits: still.limitsAt(values) };
}
