// Points that may not be there, and many lines as one with breaks: the twin of lessons/lines.py.

export const gap = [NaN, NaN];
export const joined = (lines) => lines.flatMap((line) => [...line, gap]);
export const there = (points, isThere) => points.map((point, i) => (isThere(i) ? point : gap));
