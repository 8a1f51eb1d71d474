// What a page is set to; whatever changes asks for a frame.

import { abs, max, min, round } from "./numbers.js";
import { page, snap } from "./runtime.js";

// `first` is how the page came, `values` what it is set to, `view` what there is to see.
export const now = { first: {}, values: {}, view: null };

// given:
//   extra     values that are the page's own, besides the lesson's parameters
//   bounds    of values that have others than their knobs
//   settle    values to values that go together
//   compute   values to what there is to see: no drawing, so that tests can call it
//   draw      draws it
let given, due = false;

export function begin(lesson) {
  given = lesson;
  now.first = given.settle({ ...page.values, ...given.extra });
  now.values = { ...now.first };
}

export function set(values) {
  const allowed = {};
  // What a page came with may have more digits than what is chosen in it.
  for (const [name, value] of Object.entries(values)) allowed[name] = value === now.first[name] ? value : near(name, value);
  now.values = given.settle({ ...now.values, ...allowed });
  redraw();
}

// Known by name, and not what every object inherits, such as `toString`.
export const settable = (name) => Object.hasOwn(now.first, name) && (Object.hasOwn(given.extra, name) || Object.hasOwn(page.knobs, name));

// The nearest allowed value; a knob of two coordinates has each checked.
export function near(name, value) {
  if (Array.isArray(value)) return value.map((part) => near(name, part));
  const bounds = { ...page.knobs[name], ...given.bounds[name] };
  if (bounds.low === undefined || typeof value !== "number") return value;
  const inside = min(max(value, bounds.low), bounds.high);
  if (bounds.whole) return round(inside);
  // So near to 0 that its square, or one over it, is no number any more.
  return abs(inside) < 1e-12 * (bounds.high - bounds.low) ? max(0, bounds.low) : snap(inside);
}

export function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(render);
}

export function render() {
  due = false;
  now.view = given.compute(now.values);
  given.draw(now.view, now.values);
}
