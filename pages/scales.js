// Values for sliders over many tenfolds, and what plays along them.

import { ceil, floor, log10, min, round } from "./numbers.js";

// Values of two digits, so many to each tenfold; with 0 in front if wanted.
export function tenfold(low, high, many, zero = false) {
  const count = round(log10(high / low) * many);
  const values = Array.from({ length: count + 1 }, (_, i) => min(high, Number((low * 10 ** (i / many)).toPrecision(2))));
  return [...new Set(zero ? [0, ...values] : values)];
}

// What runs a slider from where it stands to its end.
export const along = (name, values) => (state) => {
  const following = values.find((value) => value > state[name]);
  return following === undefined ? null : { [name]: following };
};

// Round values for an axis, about three, from low to high and other than 0.
export function graded(low, high) {
  const rough = (high - low) / 3, power = 10 ** floor(log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const first = ceil(low / step), count = floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(4))).filter((at) => at !== 0);
}
