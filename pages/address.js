// The address, which keeps what was chosen, and the frame around the page.

import { ceil } from "./numbers.js";
import { page } from "./runtime.js";
import { near, now, settable } from "./state.js";

export const framed = window.parent !== window;

const hash = () => new URLSearchParams(location.hash.slice(1));
export const asked = (name) => hash().get(name) ?? new URLSearchParams(location.search).get(name);
const written = (value) => (Array.isArray(value) ? value.join(",") : String(value === true ? 1 : value === false ? 0 : value));

// In an address `step` is the page's own.
const KEYS = { step: "steps" }, nameOf = (key) => Object.keys(KEYS).find((name) => KEYS[name] === key) ?? key;

// Only what differs from how the step comes: a link says what was chosen.
export function write(usual) {
  const chosen = new URLSearchParams(), { values } = now;
  if (asked("controls") === "0" && hash().has("controls")) chosen.set("controls", "0");
  for (const name of Object.keys(now.first)) {
    if (name !== "stop" && settable(name) && values[name] !== null && written(values[name]) !== written(usual[name])) chosen.set(KEYS[name] ?? name, written(values[name]));
  }
  const step = values.stop ? ["step", values.stop] : ["free", 1];
  if (values.stop !== 1 || chosen.size) chosen.set(...step);
  const text = chosen.toString().replaceAll("%2C", ",");
  if (text === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    // A sandboxed frame has no history; its address is nobody's.
  }
}

// The step and the values of an address: without a step, values and a picture alone are free.
export function read(last, optionsOf) {
  const values = {};
  for (const [key, text] of hash()) {
    const name = nameOf(key);
    if (name === "stop" || KEYS[key] || !settable(name)) continue;
    const value = understood(text, now.first[name], optionsOf(name));
    if (value !== undefined) values[name] = near(name, value);
  }
  const step = Math.round(Number(asked("step")));
  const isFree = Number(asked("free")) || Object.keys(values).length > 0 || asked("controls") === "0";
  return { stop: step >= 1 ? Math.min(step, last) : isFree ? 0 : Math.min(1, last), values };
}

// A value from an address, of the kind that is there; undefined if it is none.
function understood(text, like, options) {
  if (Array.isArray(like)) {
    const read = text.split(",").map(Number);
    return (read.length === like.length || !like.length) && read.every(Number.isFinite) && text.trim() !== "" ? read : undefined;
  }
  if (typeof like === "boolean") return text === "1" || text === "true";
  if (typeof like === "string") return options?.includes(text) ? text : undefined;
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? undefined : value;
}

// A frame around can take the height that the page needs.
export function tellHeight() {
  if (framed) parent.postMessage({ type: "regviz:height", lesson: page.lesson, height: ceil(document.getElementById("page").getBoundingClientRect().bottom) }, "*");
}

// A slide's clicker sends these; a slider would swallow them. Arrows are passed on too, but for
// what has a use for them itself.
export function pass(event) {
  const used = event.defaultPrevented || event.target.closest("input, select, [tabindex]");
  if (!/^Page(Up|Down)$/.test(event.key) && (used || !/^Arrow/.test(event.key))) return;
  event.preventDefault();
  parent.postMessage({ type: "regviz:key", key: event.key }, "*");
}
