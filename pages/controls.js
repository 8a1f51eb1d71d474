// Controls: each is laid once, and shows what is so at every frame.

import { exact, on } from "./panel.js";
import { make, nearest, tell } from "./runtime.js";
import { now, redraw, set } from "./state.js";

// A slider with a number beside it. given: `id`, `name(label)` writes the label, `values()` are
// those it can take, `get()` the one it has, `change(value)` sets another.
export function laySlider(group, { id, name, values, get, change }) {
  const row = make("div", group, { class: "knob" }), label = make("label", row, { for: id });
  name(label);
  const spoken = label.textContent;
  const slider = make("input", row, { type: "range", id, min: 0, step: 1, "aria-label": spoken });
  on(slider, "input", () => change(values()[slider.value]));
  const showNumber = layNumber(row, { spoken, get, change });
  return {
    row,
    show(summary = "") {
      const value = get(), all = values();
      slider.max = all.length - 1;
      slider.value = nearest(all, value);
      slider.setAttribute("aria-valuetext", [`${spoken} ${exact(value)}`, summary].filter(Boolean).join("; "));
      showNumber();
    },
  };
}

// A number to be written; it returns what shows the one that is used.
export function layNumber(row, { spoken, get, change, id }) {
  const number = make("input", row, { type: "number", step: "any", "aria-label": spoken, inputmode: "decimal", id });
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
    number.value = get();
  };
  on(number, "change", done);
  on(number, "blur", done);
  return () => {
    if (!typing && number.value !== String(get())) number.value = get();
  };
}

// One of a few. `options` are `[value, write(node)]`.
export function layOptions(group, { id, look, name, options, get, change }) {
  const row = make("div", group, { class: `options ${look}`, role: "radiogroup", "aria-labelledby": `${id}-name` });
  name(make("span", row, { class: "caption", id: `${id}-name` }));
  const strip = make("span", row, { class: "strip" });
  const buttons = options.map(([value, write]) => {
    const box = make("label", strip), button = make("input", box, { type: "radio", name: id, value });
    write(make("span", box));
    on(button, "change", () => change(value));
    return button;
  });
  return {
    row,
    show() {
      for (const button of buttons) button.checked = button.value === String(get());
    },
  };
}

function layToggle(group, { id, name, get, change }) {
  const row = make("label", group, { class: "toggle" }), box = make("input", row, { type: "checkbox" });
  name(make("span", row));
  on(box, "change", () => change(box.checked));
  return {
    row,
    show() {
      box.checked = Boolean(get());
    },
  };
}

export function layButton(row, key, act) {
  const made = tell(make("button", row, { type: "button" }), `button.${key}`);
  on(made, "click", act);
  return made;
}

// ---- of what a page is set to

// A knob is `{ name, values }` (a slider, of as many `parts` as a point has), `{ name, options }`
// (one of a few) or `{ name, toggle: true }`; its `when(values)` says whether it is to be seen.
// It returns what shows a frame: all that `isOffered`, with what is said of it.
export function layGroup(parent, { title, knobs }, isOffered) {
  const group = make("fieldset", parent, { class: title }), fields = [];
  tell(make("legend", group), `group.${title}`);
  for (const knob of knobs) {
    for (const at of knob.parts ?? [undefined]) fields.push({ knob, ...layKnob(group, knob, at) });
  }
  return (summary) => {
    for (const { knob, row, show } of fields) {
      row.hidden = !isOffered(knob.name) || (knob.when ? !knob.when(now.values) : false);
      if (!row.hidden) show(summary);
    }
    group.hidden = fields.every(({ row }) => row.hidden);
  };
}

function layKnob(group, knob, at) {
  const { name } = knob, id = at === undefined ? name : `${name}-${at + 1}`;
  const given = {
    id, name: (node) => tell(node, `knob.${id}`), look: "",
    values: () => knob.values,
    get: () => (at === undefined ? now.values[name] : now.values[name][at]),
    change: (value) => set({ [name]: at === undefined ? value : now.values[name].map((part, i) => (i === at ? value : part)) }),
  };
  if (knob.toggle) return layToggle(group, given);
  if (!knob.options) return laySlider(group, given);
  return layOptions(group, { ...given, options: knob.options.map((option) => [option, (node) => tell(node, `option.${id}.${option}`)]) });
}

// ---- playing through the values of the first driver

export function layPlay(row, driver) {
  let playing = 0;
  // What is set is rounded, and may stand a last digit below the value that it is.
  const last = driver.values.at(-1), least = 1e-9 * (last - driver.values[0]);
  const next = () => {
    const following = driver.values.find((value) => value - now.values[driver.name] > least);
    return following === undefined ? null : { [driver.name]: following };
  };
  const first = { [driver.name]: driver.values[0] };
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = 0;
    redraw();
  };
  const go = () => {
    if (!next()) set(first);
    let before = 0;
    const frame = (time) => {
      if (!playing) return;
      if (time - before >= 1000 / RATE) {
        before = time;
        const following = next();
        if (!following) return stop();
        set(following);
      }
      playing = requestAnimationFrame(frame);
    };
    playing = requestAnimationFrame(frame);
    redraw();
  };
  const button = layButton(row, "play", () => (playing ? stop() : go()));
  button.classList.add("main");
  layButton(row, "step", () => { stop(); set(next() ?? first); });
  return { stop, isOn: () => playing !== 0, show: () => tell(button, playing ? "button.pause" : "button.play") };
}

// Steps a second.
const RATE = 24;
