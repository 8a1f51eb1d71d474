// The story as guided steps: where in it the page stands, and its beats, played as in the video.

import { abs, cos, min, PI, round } from "./numbers.js";
import { nearest, page } from "./runtime.js";
import { now, redraw, set } from "./state.js";

const { steps, drivers } = page.picture;

// While a step plays, `turn` is the frame asked for; `beat` is which of its beats is seen.
let beat = 0, turn = 0;
// Least time for what is said in a beat to be read, in seconds.
const READ = 1.6;

export const last = steps.length;
export const isPlaying = () => turn !== 0;
export const here = () => steps[now.values.stop - 1];
export const beatNow = () => here()?.beats[min(beat, here().beats.length - 1)];

// How a step comes, once it has been played: what differs from that has been chosen.
export const usual = (stop) => ({ ...now.first, ...steps[stop - 1]?.beats.at(-1).at });

// To a step; 0 is free play, which goes on from where the picture stands.
export function go(stop, { moves = false, values = {} } = {}) {
  rest();
  if (stop && moves) {
    set({ ...now.first, ...steps[stop - 1].from, stop });
    take(0);
  } else {
    beat = Infinity;
    set({ ...(stop ? usual(stop) : {}), ...values, stop });
  }
}

function rest() {
  cancelAnimationFrame(turn);
  turn = 0;
}

// To how the step ends, at once.
export function finish() {
  if (isPlaying()) go(now.values.stop);
}

function take(at) {
  const { beats } = here();
  if (at === beats.length) {
    beat = Infinity;
    turn = 0;
    return redraw();
  }
  beat = at;
  const { put, at: end, seconds, even, hold, say } = beats[at];
  set(put);
  const from = now.values, moving = drivers.filter(({ name }) => from[name] !== end[name]);
  const wait = hold + (say ? READ : 0);
  let begun = null;
  const frame = (time) => {
    begun ??= time;
    const gone = (time - begun) / 1000, share = seconds ? min(gone / seconds, 1) : 1;
    if (moving.length) set(Object.fromEntries(moving.map(({ name, values }) => [name, between(values, from[name], end[name], even ? share : (1 - cos(PI * share)) / 2)])));
    if (gone < (moving.length ? seconds : min(seconds, 0.6)) + wait) turn = requestAnimationFrame(frame);
    else take(at + 1);
  };
  turn = requestAnimationFrame(frame);
}

// The value that a driver has on its way: one of those that it can have.
function between(values, from, to, share) {
  const [start, end] = [nearest(values, from), nearest(values, to)];
  return abs(share - 1) < 1e-9 ? to : values[round(start + (end - start) * share)];
}

// Whether a task is done: the twin of `is_done` in lessons/task.py.
export const isDone = ({ claims, within }) =>
  Object.entries(claims).every(([name, end]) => now.view.says[name]?.[0].endsWith(`.${end}`)) &&
  Object.entries(within).every(([name, [low, high]]) => now.values[name] >= low && now.values[name] <= high);
