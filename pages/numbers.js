// What all modules take from `Math`, under names short enough to read formulas by.

export const { PI, abs, ceil, cos, floor, hypot, log10, max, min, round, sign, sin, sqrt } = Math;
