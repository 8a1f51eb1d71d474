// One fit on a ruler for each notation, and its number in many: the twin of
// lessons/conventions_picture.py and of regmath/conventions.py.

import { layFields } from "./fields.js";
import { gap } from "./lines.js";
import { log10 } from "./numbers.js";
import { page } from "./runtime.js";
import { still } from "./still.js";
import { WEIGHTS } from "./weight_paths.js";

const { levels, notations, powers, upright, grid, drops: [notch, number] } = page.numbers;

const [left, right] = page.picture.panels[0].limits, CLEAR = 0.5;
const paths = {};
for (const [name, at] of Object.entries(WEIGHTS)) {
  const weights = grid.map(at);
  weights[0].forEach((_, rank) => { paths[`path-${rank}-${name}`] = grid.map((lam, i) => [log10(lam), weights[i][rank]]); });
}

// What a strength of a standardized target is multiplied by.
const factorOf = (convention, penalty, { rows, sd }) => {
  const { times, rows: byRows, scale } = notations[penalty][convention];
  return times * rows ** byRows * sd ** scale;
};
// A number as a strength, and a strength as its number.
const turned = (convention, value) => (notations.l1[convention].is_inverse ? 1 / value : value);

// The strengths of a net's penalties in a notation.
const netOf = (convention, values) => {
  const { lam, l1_ratio: share } = values;
  return [lam * share * factorOf(convention, "l1", values), lam * (1 - share) * factorOf(convention, "l2", values)];
};

function read(name, values) {
  const [convention, kind] = name.split("-");
  if (kind in notations) return turned(convention, values.lam * factorOf(convention, kind, values));
  const [l1, l2] = netOf(convention, values);
  return kind === "net" ? turned(convention, l1 + l2) : l1 / (l1 + l2);
}

// What is moved by a number that a reader writes. One of a net's two leaves the other as it is.
function write(name, value, values) {
  const [convention, kind] = name.split("-");
  if (kind !== "share") return { lam: values.lam * turned(convention, value / read(name, values)) };
  const total = netOf(convention, values).reduce((sum, part) => sum + part);
  const [l1, l2] = [["l1", value], ["l2", 1 - value]].map(([penalty, share]) => total * share / factorOf(convention, penalty, values));
  return { lam: l1 + l2, l1_ratio: l1 / (l1 + l2) };
}

export function marks(values) {
  const { lam, rows, sd } = values, x = log10(lam), points = { ...still.points, ...paths }, names = {};
  for (const penalty of Object.keys(notations)) {
    points[`now-${penalty}`] = upright.map((y) => (y === null ? gap : [x, y]));
    points[`weights-${penalty}`] = WEIGHTS[penalty](lam).map((w) => [x, w]);
    for (const [convention, level] of Object.entries(levels)) {
      const factor = factorOf(convention, penalty, values), of = `${convention}-${penalty}`, at = powers.map((power) => power - log10(factor));
      points[`notches-${of}`] = at.flatMap((each) => [[each, level - notch], [each, level], gap]);
      points[`numbers-${of}`] = at.filter((_, i) => i % 2 === 0).map((each) => (each >= left + CLEAR && each <= right - CLEAR ? [each, level - number] : gap));
      points[`dot-${of}`] = [[x, level]];
      names[`line-${of}`] = { value: lam * factor };
    }
  }
  const shares = Object.fromEntries(["source", "sgd", "glmnet"].map((each) => [each, read(`${each}-share`, values)]));
  const says = { l1: ["claim.l1", { rows: String(rows) }], l2: ["claim.l2", { twice: String(2 * rows), scaled: 2 * sd }], "foot-mix": ["claim.mix", shares] };
  const fields = Object.fromEntries(page.picture.fields.flatMap((group) => group.fields).map(([name]) => [name, read(name, values)]));
  return { points, names, fields, says: { ...still.says, ...says } };
}

marks.layFields = layFields(read, write);
