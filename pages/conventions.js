// One fit on a ruler for each notation: the twin of lessons/conventions_picture.py.

import { layFields } from "./fields.js";
import { gap } from "./lines.js";
import { log10 } from "./numbers.js";
import { page } from "./runtime.js";
import { still } from "./still.js";
import { WEIGHTS } from "./weight_paths.js";

const { levels, powers, upright, grid, drops: [notch, number] } = page.numbers;

const [left, right] = page.picture.panels[0].limits, CLEAR = 0.5;

// What a strength of a standardized target is multiplied by.
const FACTORS = {
  l1: { source: (n, sd) => sd, sklearn: (n, sd) => sd, glmnet: (n, sd) => sd, esl: (n, sd) => n * sd },
  l2: { source: () => 1, sklearn: (n) => 2 * n, glmnet: (n, sd) => 2 * sd, esl: (n) => 2 * n },
};
const paths = {};
for (const [name, at] of Object.entries(WEIGHTS)) {
  const weights = grid.map(at);
  weights[0].forEach((_, rank) => { paths[`path-${rank}-${name}`] = grid.map((lam, i) => [log10(lam), weights[i][rank]]); });
}

export function marks({ lam, rows, sd }) {
  const x = log10(lam), points = { ...still.points, ...paths }, names = {}, fields = {};
  for (const [name, factors] of Object.entries(FACTORS)) {
    points[`now-${name}`] = upright.map((y) => (y === null ? gap : [x, y]));
    points[`weights-${name}`] = WEIGHTS[name](lam).map((w) => [x, w]);
    for (const [convention, factorOf] of Object.entries(factors)) {
      const factor = factorOf(rows, sd), level = levels[convention], of = `${convention}-${name}`, at = powers.map((power) => power - log10(factor));
      points[`notches-${of}`] = at.flatMap((each) => [[each, level - notch], [each, level], gap]);
      points[`numbers-${of}`] = at.filter((_, i) => i % 2 === 0).map((each) => (each >= left + CLEAR && each <= right - CLEAR ? [each, level - number] : gap));
      points[`dot-${of}`] = [[x, level]];
      names[`line-${of}`] = { value: lam * factor };
      fields[of] = lam * factor;
    }
  }
  return { points, names, fields, says: { ...still.says, l1: ["claim.l1", { rows: String(rows) }], l2: ["claim.l2", { twice: String(2 * rows), scaled: 2 * sd }] } };
}

marks.layFields = layFields;
