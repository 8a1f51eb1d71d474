// Strengths of a penalty that are tried, their axis, and what an error among theirs means: the
// twin of lessons/polynomials.py.

import { log10, min } from "./numbers.js";
import { tenfold } from "./scales.js";

const APART = 1.2, WORTH = 1.1, NEARLY = 1.02;

export const strengths = (weakest) => [0, ...tenfold(weakest, 10, 20)];

// Where a strength stands on an axis of powers of ten: 0 apart, at its left end.
export const offAxis = (lam, weakest) => log10(lam || weakest * 10 ** -APART);

// Where the error is least, if it is nearly that now; else nothing.
export function verdict(errors, now) {
  const least = min(...errors);
  if (now > NEARLY * least) return undefined;
  if (errors[0] <= WORTH * least) return "none";
  return errors[errors.length - 1] <= NEARLY * least ? "edge" : "inner";
}
