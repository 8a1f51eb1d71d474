// One fit on a ruler for each notation, and its number in all: the twin of
// lessons/conventions.py and regmath/conventions.py.

import { gap } from "./lines.js";
import { log10 } from "./numbers.js";
import { page } from "./runtime.js";
import { still } from "./still.js";
import { WEIGHTS, pathsOver } from "./weight_paths.js";

const { levels, notations, powers, tops, grid, drops: [notch, number] } = page.numbers;

const [left, right] = page.picture.panels[0].limits, CLEAR = 0.8, paths = pathsOver(grid);

// What a strength of a standardized target is multiplied by.
const factorOf = (notation, penalty, { rows, sd }) => {
  const { times, rows: byRows, scale } = notations[penalty][notation];
  return times * rows ** byRows * sd ** scale;
};
// A number as a strength, and a strength as its number.
const turned = (notation, value) => (notations.l1[notation].is_inverse ? 1 / value : value);
// The net of scikit-learn has not the scaling of its Ridge.
const parsed = (name) => {
  const [convention, kind] = name.split("-");
  return [convention === "sklearn" && !(kind in notations) ? "sgd" : convention, kind];
};

// A number by its name: of a penalty alone, of a net, or the net's share of L1.
function read(name, values) {
  const [notation, kind] = parsed(name), [l1, l2] = ["l1", "l2"].map((penalty) => values.lam * factorOf(notation, penalty, values));
  const share = { l1: 1, l2: 0 }[kind] ?? values.l1_ratio, parts = [share * l1, (1 - share) * l2], total = parts[0] + parts[1];
  return kind === "share" ? parts[0] / total : turned(notation, total);
}

// What is to be set for a number that is written. One of a net's two leaves the other as it is.
function write(name, value, values) {
  const [notation, kind] = parsed(name);
  if (kind !== "share") return { lam: values.lam * turned(notation, value / read(name, values)) };
  const total = turned(notation, read(`${notation}-net`, values)), part = (penalty, share) => (total * share) / factorOf(notation, penalty, values);
  const l1 = part("l1", value), lam = l1 + part("l2", 1 - value);
  return { lam, l1_ratio: l1 / lam };
}

export function marks(values) {
  const { lam, rows, sd } = values, x = log10(lam), points = { ...still.points, ...paths }, names = {};
  for (const penalty of Object.keys(notations)) {
    points[`weights-${penalty}`] = WEIGHTS[penalty](lam).map((w) => [x, w]);
    for (const [convention, level] of Object.entries(levels)) {
      const of = `${convention}-${penalty}`, factor = factorOf(convention, penalty, values), at = powers.map((power) => power - log10(factor));
      points[`notches-${of}`] = at.flatMap((each) => [[each, level - notch], [each, level], gap]);
      points[`numbers-${of}`] = at.filter((_, i) => i % 2 === 0).map((each) => (each >= left + CLEAR && each <= right - CLEAR ? [each, level - number] : gap));
      points[`now-${of}`] = [[x, level], [x, tops[convention]], gap];
      points[`dot-${of}`] = [[x, level]];
      names[`line-${of}`] = { value: lam * factor };
    }
  }
  const fields = Object.fromEntries(page.picture.fields.flatMap((group) => group.fields).map(([name]) => [name, read(name, values)]));
  return { points, names, fields, says: { ...still.says, l1: ["claim.l1", { rows: String(rows) }], l2: ["claim.l2", { twice: String(2 * rows), scaled: 2 * sd }] } };
}

marks.fields = { read, write };
