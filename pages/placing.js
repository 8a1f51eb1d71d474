// Where labels stand: the same as lessons/placing.py, for a picture that is seen once. Lengths
// are in any unit whose second axis points up; what each step does is said there.

import { PI, cos, floor, hypot, max, min, round, sin } from "./numbers.js";

const DIRECTIONS = [0, 45, 90, 135, 180, -45, -90, -135, 22, -22, 67, -67, 112, -112, 157, -157];
const GAPS = [0.3, 0.6, 1.0], AIR = 0.12, APART = 0.4;
const LATER = 0.4, TURNED = 0.15, FURTHER = 1.5, ON_LINE = 6, COVERS = 1000;
const STRIDE = 0.75, LED = 8;

// A wish is `{ size, anchors, reach }`; a place is `{ middle, leader, cost, anchor }`.
export function place(frame, wishes, { boxes, lines }, em) {
  const taken = [...boxes], places = [];
  const order = wishes.map((_, i) => i).sort((a, b) => wide(wishes[b]) - wide(wishes[a]));
  for (const index of order) {
    const wish = wishes[index];
    let found = beside(frame, wish, lines, taken, em);
    if (found.cost >= COVERS) {
      const other = led(frame, wish, lines, taken, em);
      if (other.cost < found.cost) found = other;
    }
    places[index] = found;
    const [x, y] = found.middle, [w, h] = wish.size.map((side, axis) => side / 2 + [APART, AIR][axis] * em);
    taken.push([x - w, y - h, x + w, y + h]);
  }
  return places;
}

// A box of what axes have written, with air for labels on its line.
export const spaced = ([left, bottom, right, top], em) => [left - APART * em, bottom, right + APART * em, top];

const wide = ({ size }) => round(size[0] * 1000);

function beside(frame, wish, lines, taken, em) {
  const half = wish.size.map((side) => side / 2);
  let best = { cost: Infinity, rank: Infinity };
  wish.anchors.forEach((at, anchor) => GAPS.forEach((gap, far) => DIRECTIONS.forEach((turn, turned) => {
    const [dx, dy] = offset(turn, wish.reach + gap * em, half);
    const middle = [at[0] + dx, at[1] + dy];
    const dear = LATER * anchor + FURTHER * far + TURNED * turned;
    best = better(best, { middle, leader: null, anchor }, dear + costOf(middle, half, frame, lines, taken, em));
  })));
  return best;
}

function led([left, bottom, right, top], wish, lines, taken, em) {
  const half = wish.size.map((side) => side / 2), start = wish.anchors[0], stride = STRIDE * em;
  const across = floor(max(0, right - left - wish.size[0]) / stride), up = floor(max(0, top - bottom - wish.size[1]) / stride);
  let best = { cost: Infinity, rank: Infinity };
  for (let j = 0; j <= up; j++) {
    for (let i = 0; i <= across; i++) {
      const middle = [left + half[0] + i * stride, bottom + half[1] + j * stride];
      const end = start.map((x, axis) => min(max(x, middle[axis] - half[axis]), middle[axis] + half[axis]));
      const away = hypot(middle[0] - start[0], middle[1] - start[1]) / em;
      const cost = LED + away + costOf(middle, half, [left, bottom, right, top], lines, taken, em);
      best = better(best, { middle, leader: [start, end], anchor: 0 }, cost);
    }
  }
  return best;
}

// The first of those that are equal to what rounding leaves.
function better(best, found, cost) {
  const rank = round(cost * 1e6);
  return rank < best.rank ? { ...found, cost, rank } : best;
}

function offset(turn, distance, [w, h]) {
  const x = cos((turn * PI) / 180), y = sin((turn * PI) / 180);
  const [across, up] = [x, y].map((part) => min(1, max(-1, part * Math.SQRT2)));
  return [x * distance + across * w, y * distance + up * h];
}

function costOf([x, y], [w, h], frame, lines, taken, em) {
  const low = [x - w, y - h], high = [x + w, y + h], air = AIR * em;
  let covers = low[0] < frame[0] - 1e-9 || low[1] < frame[1] - 1e-9 || high[0] > frame[2] + 1e-9 || high[1] > frame[3] + 1e-9 ? 1 : 0;
  for (const [left, bottom, right, top] of taken) {
    if (low[0] - air < right && high[0] + air > left && low[1] - air < top && high[1] + air > bottom) covers++;
  }
  return COVERS * covers + (ON_LINE * under(low, high, lines)) / em;
}

function under(low, high, lines) {
  let total = 0;
  for (const [start, end] of lines) {
    let enter = 0, leave = 1;
    for (const axis of [0, 1]) {
      const step = end[axis] - start[axis];
      if (step === 0) {
        if (!(start[axis] > low[axis] && start[axis] < high[axis])) [enter, leave] = [2, -1];
      } else {
        const near = (low[axis] - start[axis]) / step, far = (high[axis] - start[axis]) / step;
        enter = max(enter, min(near, far));
        leave = min(leave, max(near, far));
      }
    }
    if (leave > enter) total += (leave - enter) * hypot(end[0] - start[0], end[1] - start[1]);
  }
  return total;
}

// ---- lines

// The parts of a polyline's segments that lie in a window, as `[start, end]`.
export function clipped(points, [left, right, bottom, top]) {
  const found = [];
  for (let i = 1; i < points.length; i++) {
    const [start, end] = [points[i - 1], points[i]];
    let enter = 0, leave = 1;
    [[left, right], [bottom, top]].forEach(([low, high], axis) => {
      const step = end[axis] - start[axis];
      if (step === 0) {
        if (start[axis] < low || start[axis] > high) [enter, leave] = [2, -1];
      } else {
        const near = (low - start[axis]) / step, far = (high - start[axis]) / step;
        enter = max(enter, min(near, far));
        leave = min(leave, max(near, far));
      }
    });
    if (enter < leave) {
      const at = (share) => start.map((x, axis) => x + share * (end[axis] - x));
      found.push([enter > 0 ? at(enter) : start, leave < 1 ? at(leave) : end]);
    }
  }
  return found;
}

// The points at these shares of the length of segments.
export function along(segments, shares) {
  const lengths = segments.map(([a, b]) => hypot(b[0] - a[0], b[1] - a[1]));
  const walked = [];
  lengths.reduce((sum, length) => (walked.push(sum + length), sum + length), 0);
  return shares.map((share) => {
    const wanted = share * walked.at(-1);
    const found = walked.findIndex((length) => length >= wanted), at = found < 0 ? walked.length - 1 : found;
    const [start, end] = segments[at], rest = (wanted - (walked[at] - lengths[at])) / (lengths[at] || 1);
    return start.map((x, axis) => x + rest * (end[axis] - x));
  });
}

// Fewer segments along the same lines, at most about as long as a step.
export function coarse(segments, step) {
  const found = [];
  let walked = 0, last = null;
  for (const [a, b] of segments) {
    walked += hypot(b[0] - a[0], b[1] - a[1]);
    const at = floor(walked / step), joined = last && last.at === at && last.end[0] === a[0] && last.end[1] === a[1];
    if (joined) found.at(-1)[1] = b;
    else found.push([a, b]);
    last = { at, end: b };
  }
  return found;
}
