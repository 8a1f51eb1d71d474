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

// Ticks at a few round values between two others: the twin of `few` in lessons/picture.py.
export function few(low, high) {
  const most = (high - low) / 2, ten = 10 ** floor(log10(most)), step = ten * [5, 2, 1].find((factor) => factor * ten <= most);
  const first = ceil(low / step), count = floor((high - 0.04 * (high - low)) / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

// Round values for an axis from low to high, other than 0: the fewest that are two.
export function graded(low, high, most = 3) {
  const least = (high - low) / most, power = 10 ** floor(log10(least));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least);
  const first = ceil(low / step - 1e-9), count = floor(high / step + 1e-9) - first + 1;
  const found = Array.from({ length: count }, (_, i) => Number(((first + i) * step).toFixed(12))).filter((at) => at !== 0);
  return found.length > 1 || most > 4 ? found : graded(low, high, most + 1);
}
