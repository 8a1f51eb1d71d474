// Numbers as sentences write them: the twin of lessons/numbers.py.

import { abs, max } from "./numbers.js";
import { power } from "./panel.js";

// Four digits: as many as a chosen number has.
export function written(value, digits = 4) {
  if (typeof value === "string") return value;
  const [mantissa, exponent] = Number((value + 0).toPrecision(digits)).toExponential().split("e");
  if (value === 0 || (exponent >= -4 && exponent < digits)) return String(Number(value.toPrecision(digits))).replace("-", "−");
  return mantissa === "1" ? power(Number(exponent)) : `${mantissa.replace("-", "−")} × ${power(Number(exponent))}`;
}

// All with as many decimals: the twin of `alike` in lessons/picture.py.
export function alike(values) {
  const texts = values.map((value) => written(value, 6));
  if (texts.some((text) => text.includes("10") && text.includes("×"))) return texts;
  const most = max(...texts.map((text) => (text.split(".")[1] ?? "").length));
  return values.map((value) => (value === 0 ? "0" : value.toFixed(most).replace("-", "−")));
}

// A computed number of so many digits. What is less than half by no more than rounding leaves is half.
export const toDigits = (value, digits) => Number((value * (1 + 1e-12)).toPrecision(digits));
export const three = (value) => toDigits(value, 3);

// A computed number may be a rounding beside the one that it is.
export const equals = (value, digits = 4) => (abs(Number(value.toPrecision(digits)) - value) <= 1e-12 * abs(value) ? "=" : "≈");

// Numbers for the places of a sentence, with `is1` before the first, and so on; to so many digits.
export const signed = (values, digits = null) => Object.fromEntries(Object.entries(values).flatMap(([name, value], i) => [
  [name, digits ? toDigits(value, digits) : value], [`is${i + 1}`, equals(value, digits ?? 4)],
]));

// Which of two weights are exactly 0.
export const zeros = ([first, second]) => [["none", "second"], ["first", "both"]][Number(first === 0)][Number(second === 0)];
