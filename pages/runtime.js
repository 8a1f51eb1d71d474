// What every page shares: the lesson's state, its controls, its address, and its frames.

import { abs, ceil, max, min, round } from "./numbers.js";
import { Panel, exact, on } from "./panel.js";

// Many numbers of few digits come as the steps between them, see stepped.py.
function summed(_, value) {
  if (!value?.steps) return value;
  const [decimals, wide, ...steps] = value.steps, last = Array(wide).fill(0);
  const found = steps.flatMap((step) => (Array.isArray(step) ? Array(step[1]).fill(step[0]) : step)).map((step, i) => (last[i % wide] += step) / 10 ** decimals);
  return wide === 1 ? found : Array.from({ length: found.length / wide }, (_, i) => found.slice(i * wide, (i + 1) * wide));
}

export const page = JSON.parse(document.getElementById("data").textContent, summed);

// ---- sentences

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const aria = (key, values = {}) => filled(page.aria[key], values);

const html = (key) => page.html[key].replace(/\$(\d+)\$/g, (_, i) => `<math>${page.math[i]}</math>`);

// A sentence into an element: its places are filled as text, never as markup.
function say(node, key, values = {}) {
  if (node.sentence !== key) {
    node.sentence = key;
    node.innerHTML = html(key);
  }
  for (const place of node.querySelectorAll("[data-v]")) {
    const text = String(values[place.dataset.v]);
    if (place.textContent !== text) place.textContent = text;
  }
  return node;
}

function make(tag, parent, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  parent.append(made);
  return made;
}

// ---- values a slider can take, ascending

// Six digits: few enough to be shown, so that what is shown is what is used.
const snap = (value) => Number(Number(value).toPrecision(6));

export const evenly = (low, high, step) =>
  Array.from({ length: round((high - low) / step) + 1 }, (_, i) => snap(low + i * step));

function nearest(values, wanted) {
  let best = 0;
  values.forEach((value, i) => { if (abs(value - wanted) < abs(values[best] - wanted)) best = i; });
  return best;
}

// ---- the page

let lesson, state, first, view, panels, parts, fields = {}, due = false, quiet = 0, address = 0;
const framed = window.parent !== window, whole = document.documentElement;

// lesson:
//   knobs     groups `{ title, knobs }`, the first beside the picture; a knob is `{ name, values }` (a slider),
//             `{ name, options }` (one of a few) or `{ name, toggle: true }`; a slider's
//             `when(values)` says whether it is to be seen
//   panels    `{ name: shape }`, as `Panel` takes them
//   extra     values that are the page's own, besides the lesson's parameters
//   settle    values to values that go together
//   compute   values to what there is to see: no drawing, so that tests can call it
//   draw      draws it, and returns `{ readout: [[key, values, look]] }`; what is said aloud is
//             the readout's second line, or its only one
//   play      `{ rate, first, next(values) }`: what `next` returns comes next, null at the end;
//             from there it begins with `first`
//   actions   names of buttons to what they do with the values
export function start(given) {
  lesson = { extra: {}, settle: (values) => values, actions: {}, ...given };
  first = lesson.settle({ ...page.values, ...lesson.extra });
  state = { ...first };
  lay();
  read();
  on(window, "hashchange", () => { read(); ask(); });
  on(window, "resize", ask);
  new ResizeObserver(() => { for (const panel of Object.values(panels)) panel.resize(); ask(); }).observe(parts.stage);
  new ResizeObserver(tell).observe(whole);
  on(document.fonts, "loadingdone", () => { for (const panel of Object.values(panels)) panel.forget(); ask(); });
  if (framed) on(window, "keydown", pass);
  render();
  window.regviz = { compute: lesson.compute, settle: lesson.settle, set, values: () => ({ ...state }), view: () => view, render };
}

export function set(values) {
  const allowed = {};
  for (const [name, value] of Object.entries(values)) allowed[name] = near(name, value);
  state = lesson.settle({ ...state, ...allowed });
  ask();
}

// The nearest allowed value; a knob of two coordinates has each checked.
function near(name, value) {
  if (Array.isArray(value)) return value.map((part) => near(name, part));
  const bounds = { ...page.knobs[name], ...lesson.bounds?.[name] };
  if (bounds.low === undefined || typeof value !== "number") return value;
  const inside = min(max(value, bounds.low), bounds.high);
  if (bounds.whole) return round(inside);
  // So near to 0 that its square, or one over it, is no number any more.
  return abs(inside) < 1e-12 * (bounds.high - bounds.low) ? max(0, bounds.low) : snap(inside);
}

function ask() {
  if (due) return;
  due = true;
  requestAnimationFrame(render);
}

function render() {
  due = false;
  view = lesson.compute(state);
  const said = lesson.draw(view, panels, state);
  for (const panel of Object.values(panels)) panel.finish();
  said.readout.forEach(([key, values, look], i) => {
    const line = parts.readout.children[i] ?? make("p", parts.readout);
    if (line.className !== (look ?? "")) line.className = look ?? "";
    say(line, key, values);
  });
  while (parts.readout.children.length > said.readout.length) parts.readout.lastChild.remove();
  const spoken = (parts.readout.children[1] ?? parts.readout.firstChild).textContent;
  for (const field of Object.values(fields)) field.show(spoken);
  later(spoken);
}

// A screen reader is told when things rest, not at every frame; so is the address.
function later(text) {
  clearTimeout(quiet);
  quiet = setTimeout(() => { if (parts.spoken.textContent !== text) parts.spoken.textContent = text; }, 600);
  clearTimeout(address);
  address = setTimeout(write, 300);
}

// ---- controls

function lay() {
  whole.classList.add("live");
  const root = document.getElementById("live");
  root.hidden = false;
  parts = { root };
  parts.stage = make("div", root, { class: "stage" });
  parts.readout = make("div", root, { class: "readout" });
  parts.controls = make("form", root, { class: "controls", autocomplete: "off" });
  on(parts.controls, "submit", (event) => event.preventDefault());
  parts.spoken = make("p", root, { class: "unseen", role: "status" });
  panels = {};
  for (const [name, shape] of Object.entries(lesson.panels)) {
    panels[name] = new Panel(parts.stage, { name, label: aria(`panel.${name}`), ...shape });
    on(panels[name].node, "settled", ask);
  }
  const [drivers, ...others] = lesson.knobs;
  layGroup(drivers);
  layButtons();
  others.forEach(layGroup);
}

function layGroup({ title, knobs }) {
  const group = make("fieldset", parts.controls, { class: title });
  say(make("legend", group), `group.${title}`);
  for (const knob of knobs) {
    const lay = knob.options ? layOptions : knob.toggle ? layToggle : laySlider;
    for (const at of knob.parts ?? [undefined]) {
      const id = at === undefined ? knob.name : `${knob.name}-${at + 1}`;
      fields[id] = lay(group, knob, id, at);
    }
  }
}

function laySlider(group, knob, id, at) {
  const row = make("div", group, { class: "knob" });
  const spoken = say(make("label", row, { for: id }), `knob.${id}`).textContent;
  const slider = make("input", row, { type: "range", id, min: 0, step: 1 });
  const number = make("input", row, { type: "number", step: "any", "aria-label": spoken, inputmode: "decimal" });
  slider.setAttribute("aria-label", spoken);
  const current = () => (at === undefined ? state[knob.name] : state[knob.name][at]);
  const change = (value) => {
    if (at === undefined) set({ [knob.name]: value });
    else set({ [knob.name]: state[knob.name].map((part, i) => (i === at ? value : part)) });
  };
  on(slider, "input", () => change(knob.values[slider.value]));
  // What is half typed, such as `1.`, `-` or a number out of bounds, is not written over; once
  // it is done, the field shows what is used.
  let typing = false;
  on(number, "input", () => {
    typing = true;
    if (number.value !== "" && Number.isFinite(number.valueAsNumber)) change(number.valueAsNumber);
  });
  const done = () => {
    typing = false;
    // Emptied first: what the browser could not read as a number would stay.
    number.value = "";
    number.value = current();
  };
  on(number, "change", done);
  on(number, "blur", done);
  return {
    show(summary) {
      row.hidden = knob.when ? !knob.when(state) : false;
      if (row.hidden) return;
      const value = current(), all = knob.values, place = nearest(all, value);
      slider.max = all.length - 1;
      slider.value = place;
      slider.setAttribute("aria-valuetext", `${spoken} ${exact(value)}; ${summary}`);
      slider.style.setProperty("--part", all.length > 1 ? place / (all.length - 1) : 0);
      if (!typing && number.value !== String(value)) number.value = value;
    },
  };
}

function layOptions(group, knob, id) {
  const row = make("div", group, { class: "options", role: "radiogroup", "aria-labelledby": `${id}-name` });
  say(make("span", row, { class: "caption", id: `${id}-name` }), `knob.${id}`);
  const strip = make("span", row, { class: "strip" });
  const buttons = knob.options.map((option) => {
    const box = make("label", strip);
    const button = make("input", box, { type: "radio", name: id, value: option });
    say(make("span", box), `option.${id}.${option}`);
    on(button, "change", () => set({ [knob.name]: option }));
    return button;
  });
  return {
    show() {
      for (const button of buttons) button.checked = button.value === state[knob.name];
    },
  };
}

function layToggle(group, knob, id) {
  const row = make("label", group, { class: "toggle" });
  const box = make("input", row, { type: "checkbox" });
  say(make("span", row), `knob.${id}`);
  on(box, "change", () => set({ [knob.name]: box.checked }));
  return {
    show() {
      box.checked = Boolean(state[knob.name]);
    },
  };
}

// ---- buttons, and playing

let playing = 0;

function layButtons() {
  const row = make("div", parts.controls, { class: "buttons" });
  const button = (key, act) => {
    const made = say(make("button", row, { type: "button" }), key);
    on(made, "click", act);
    return made;
  };
  const play = button("button.play", () => (playing ? stop() : go()));
  play.classList.add("main");
  button("button.step", () => { stop(); set(lesson.play.next(state) ?? {}); });
  fields.play = { show() { say(play, playing ? "button.pause" : "button.play"); } };
  for (const [name, act] of Object.entries(lesson.actions)) button(`button.${name}`, () => set(act({ ...state })));
  button("button.reset", () => { stop(); state = { ...first }; ask(); });
}

function go() {
  if (!lesson.play.next(state)) set(lesson.play.first);
  let before = 0;
  const frame = (now) => {
    if (!playing) return;
    if (now - before >= 1000 / lesson.play.rate) {
      before = now;
      const following = lesson.play.next(state);
      if (following) set(following);
      else stop();
    }
    if (playing) playing = requestAnimationFrame(frame);
  };
  playing = requestAnimationFrame(frame);
  ask();
}

function stop() {
  cancelAnimationFrame(playing);
  playing = 0;
  ask();
}

// ---- the address and the frame around

const written = (value) => (Array.isArray(value) ? value.join(",") : String(value === true ? 1 : value === false ? 0 : value));

// Only what differs from how the page came: a link says what was chosen.
function write() {
  const chosen = new URLSearchParams();
  if (asked("controls") === "0" && hash().has("controls")) chosen.set("controls", "0");
  for (const name of Object.keys(first)) {
    if (settable(name) && state[name] !== null && written(state[name]) !== written(first[name])) chosen.set(name, written(state[name]));
  }
  const text = chosen.toString().replaceAll("%2C", ",");
  if (text === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    // A sandboxed frame has no history; its address is nobody's.
  }
}

const hash = () => new URLSearchParams(location.hash.slice(1));
const asked = (name) => hash().get(name) ?? new URLSearchParams(location.search).get(name);

// Known by name, and not what every object inherits, such as `toString`.
const settable = (name) => Object.hasOwn(first, name) &&
  (Object.hasOwn(lesson.extra, name) || Object.hasOwn(page.knobs, name));

function read() {
  whole.classList.toggle("bare", asked("controls") === "0");
  const found = { ...first };
  for (const [name, text] of hash()) {
    if (settable(name)) {
      const value = understood(name, text, first[name]);
      if (value !== undefined) found[name] = near(name, value);
    }
  }
  state = lesson.settle(found);
}

// A value from an address, of the kind that is there; undefined if it is none.
function understood(name, text, like) {
  if (Array.isArray(like)) {
    const read = text.split(",").map(Number);
    return (read.length === like.length || !like.length) && read.every(Number.isFinite) && text.trim() !== "" ? read : undefined;
  }
  if (typeof like === "boolean") return text === "1" || text === "true";
  if (typeof like === "string") {
    const knob = lesson.knobs.flatMap((group) => group.knobs).find((each) => each.name === name);
    return knob?.options?.includes(text) ? text : undefined;
  }
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? undefined : value;
}

// A frame around can take the height that the page needs.
function tell() {
  if (framed) parent.postMessage({ type: "regviz:height", lesson: page.lesson, height: ceil(document.getElementById("page").getBoundingClientRect().bottom) }, "*");
}

// A slide's clicker sends these; a slider would swallow them. Arrows are passed on too, but for
// what has a use for them itself.
function pass(event) {
  const used = event.defaultPrevented || event.target.closest("input, select, [tabindex]");
  if (!/^Page(Up|Down)$/.test(event.key) && (used || !/^Arrow/.test(event.key))) return;
  event.preventDefault();
  parent.postMessage({ type: "regviz:key", key: event.key }, "*");
}
