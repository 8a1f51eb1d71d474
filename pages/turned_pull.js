// A pull that turns at an optimum: the twin of lessons/corner_moves.py.

import { PI, abs, atan2, cos, min, sign, sin } from "./numbers.js";
import { plus, project } from "./plane.js";

const SWING_SHARE = 0.7, MOST_SWING = (40 * PI) / 180, BEYOND = (25 * PI) / 180, STEP = 0.1;
const THERE = 16, BACK = 40, OUT = 24, STAYS = 6;

const even = (from, to, n) => Array.from({ length: n }, (_, i) => from + (i * (to - from)) / (n - 1));
const angleOf = ([x, y]) => atan2(y, x);

// Between minus and plus half a turn.
function turnedBack(angle) {
  const rest = (angle + PI) % (2 * PI);
  return (rest < 0 ? rest + 2 * PI : rest) - PI;
}

// Angles by which to turn a pull, within its cone, of these edges, and then beyond.
export function turns(cone, pull) {
  const edges = cone.map((ray) => turnedBack(angleOf(ray) - angleOf(pull)));
  const [near, far] = edges.sort((x, y) => abs(x) - abs(y)), on = 0 - sign(far);
  const swing = 0 - on * min(SWING_SHARE * abs(far), MOST_SWING);
  const out = even(near, near + on * BEYOND, OUT + 1).slice(1);
  return [
    ...even(0, swing, THERE + 1), ...even(swing, near, BACK + 2).slice(1, -1), ...out,
    ...Array(STAYS).fill(out[OUT - 1]),
  ];
}

// Where projected descent from an optimum stands after so many turns, and the pull's direction;
// without angles, or a pull, it stays.
export function turnedPull(mix, weights, budget, pull, angles, turn) {
  let at = weights, way = null;
  for (let i = 0; i <= turn; i++) {
    const angle = angleOf(pull) + (angles?.[i] ?? 0);
    way = [cos(angle), sin(angle)];
    if (i && angles) at = project(mix, plus(at, way, STEP * budget), budget);
  }
  return [at, way];
}
