// Half planes of a linear classifier, and the lines at their edges; equals regmath's.

import { abs, hypot, max, min } from "./numbers.js";
import { gap } from "./lines.js";

const ENTERS = 0.9, FAR = 4;

// Where the log odds u x + v y + b are at least a level, as far as one sees.
export function shade([u, v, b], level, limits) {
  const far = FAR * max(...limits.map(abs)), size = hypot(u, v), [x, y] = size === 0 ? [1, 0] : [u / size, v / size];
  const away = min(max(size === 0 ? (level > b ? far : -far) : (level - b) / size, -far), far);
  const at = (along, up) => [x * (away + up * far) - y * along * far, y * (away + up * far) + x * along * far];
  return [at(-1, 0), at(1, 0), at(1, 2), at(-1, 2)];
}

// The line of a level, where it is within the window.
export function crossing(line, level, limits) {
  const [u, v, b] = line, [left, right, bottom, top] = limits;
  const rise = (u * (left + right)) / 2 + (v * (bottom + top)) / 2 + b - level;
  const enters = abs(rise) < (ENTERS * (abs(u) * (right - left) + abs(v) * (top - bottom))) / 2;
  return enters ? shade(line, level, limits).slice(0, 2) : [gap, gap];
}
