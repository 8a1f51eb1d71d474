// What of a picture nothing moves, as the page is given it: the twin of pages/still.py.

import { page } from "./runtime.js";

const { across, points: given, names, says, limits } = page.numbers.still;

// A page has no number for what is not there.
const point = (x, y) => [x ?? NaN, y ?? NaN];
const points = Object.fromEntries(Object.entries(given).map(([name, [column, ups]]) => [name, ups.map((y, i) => point(across[column][i], y))]));

export const still = {
  points, names, says,
  limitsAt: (values) => Object.fromEntries(Object.entries(limits).map(([name, [driver, ends]]) => [name, ends[values[driver] ?? 0]])),
};
