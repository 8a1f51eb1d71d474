// What all modules take from `Math`, under names short enough to read formulas by.

export const { PI, abs, atan2, ceil, cos, floor, hypot, log10, max, min, round, sign, sin, sqrt } = Math;
