// What all modules take from `Math`, under names short enough to read formulas by, and counts.

export const { PI, abs, atan2, ceil, cos, exp, expm1, floor, hypot, log, log10, log1p, max, min, round, sign, sin, sqrt } = Math;

// Whole numbers from 0 on, so many.
export const counted = (n) => [...Array(n).keys()];
