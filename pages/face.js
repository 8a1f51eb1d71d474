// All of a page but its picture: what is said beside it, its controls, and the way through the
// steps to free play.

import { framed, pass, read, tellHeight, write } from "./address.js";
import { answerOf, layQuestion } from "./asking.js";
import { layButton, layGroup, layPlay } from "./controls.js";
import { layFields } from "./fields.js";
import { finish, go, here, isDone, isPlaying, last, beatNow, usual } from "./guide.js";
import { Panel, on } from "./panel.js";
import { aria, make, page, say, sayAll, tell } from "./runtime.js";
import { now, redraw, set } from "./state.js";

const whole = document.documentElement, { steps, presets } = page.picture;
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

// What stands between the parts of a page, as in style.css.
export const GAP = 10;

let parts, shows, quiet = 0, address = 0, tasksDone = new Set();

// A button of mathematics alone has no name that is read aloud.
function named(button) {
  button.setAttribute("aria-label", button.textContent);
  return button;
}

// given: `shapes` of panels by name, `groups` of knobs, what a name `isOffered`, the `driver`
// that plays, `fresh` values to begin anew with, and how `fields` are read and written.
export function lay({ shapes, groups, isOffered, driver, unmoved, seeds, fields }) {
  whole.classList.add("live", ...(framed ? ["framed"] : []));
  document.getElementById("still").remove();
  const root = document.getElementById("live"), idea = document.querySelector(".idea");
  root.hidden = false;
  parts = { root, idea, stage: make("div", root, { class: "stage" }) };
  const panels = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Panel(parts.stage, { name, label: aria(`panel.${name}`), ...shape })]));
  for (const panel of Object.values(panels)) on(panel.node, "settled", redraw);
  layWay(root);
  parts.words = make("div", root, { class: "words" });
  parts.heading = make("h2", parts.words);
  for (const name of ["said", "asked", "readout"]) parts[name] = make("div", parts.words, { class: name });
  const controls = parts.controls = make("form", root, { class: "controls", autocomplete: "off" });
  // A task stands with what it is done by.
  parts.task = make("div", controls, { class: "task" });
  on(controls, "submit", (event) => event.preventDefault());
  const [drivers, ...others] = groups;
  shows = [layGroup(controls, drivers, isOffered), layFree(controls, driver, unmoved, seeds), ...others.map((group) => layGroup(controls, group, isOffered))];
  if (fields) shows.push(layFields(controls, fields));
  parts.spoken = make("p", root, { class: "unseen", role: "status" });
  // What is moved by hand begins where a step ends.
  for (const node of [controls, parts.stage]) for (const type of ["input", "change", "pointerdown"]) on(node, type, finish, { capture: true });
  layLink();
  listen(panels);
  return panels;
}

function listen(panels) {
  const options = (name) => page.knobs[name]?.options ?? (name === "either" ? page.picture.either : undefined);
  const arrive = () => {
    const { stop, values } = read(last, options);
    whole.classList.toggle("bare", new URLSearchParams(location.hash.slice(1) || location.search).get("controls") === "0");
    set(now.first);
    go(stop, { values, moves: !isCalm.matches && !Object.keys(values).length });
  };
  on(window, "hashchange", arrive);
  on(window, "resize", redraw);
  on(window, "keydown", framed ? pass : turn);
  new ResizeObserver(() => { for (const panel of Object.values(panels)) panel.resize(); redraw(); }).observe(parts.stage);
  new ResizeObserver(tellHeight).observe(whole);
  on(document.fonts, "loadingdone", () => { for (const panel of Object.values(panels)) panel.forget(); redraw(); });
  arrive();
}

// ---- the way through the steps

const to = (stop) => go(stop, { moves: !isCalm.matches });
// Free play comes after the last step.
const onward = () => to((now.values.stop + 1) % (last + 1));
const back = () => go((now.values.stop + last) % (last + 1));

function turn(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input")) return;
  if (event.key === "ArrowRight" && now.values.stop) onward();
  if (event.key === "ArrowLeft" && now.values.stop !== 1) back();
}

function layWay(root) {
  const nav = make("nav", root, { class: "way", "aria-label": aria("way") }), list = make("ol", nav);
  parts.places = [...steps.map((_, i) => i + 1), 0].map((stop) => {
    const step = steps[stop - 1], item = make("li", list, { class: step ? (step.ask ? "asks" : step.task ? "does" : "") : "free" });
    const place = make("button", item, { type: "button", ...(stop && { "aria-label": aria("place", { place: stop, of: last }) }) });
    if (!stop) tell(place, "button.free");
    on(place, "click", () => to(stop));
    return [stop, place];
  });
  const row = parts.row = make("p", nav, { class: "buttons" });
  parts.back = layButton(row, "back", back);
  parts.again = layButton(row, "again", () => (isPlaying() ? finish() : go(now.values.stop, { moves: true })));
  parts.on = layButton(row, "on", onward);
  parts.on.classList.add("main");
}

function showWay() {
  const { stop } = now.values;
  for (const [place, button] of parts.places) {
    button.toggleAttribute("aria-current", place === stop);
    if (place === stop) button.setAttribute("aria-current", "step");
    button.classList.toggle("past", !stop || (place && place < stop));
    button.tabIndex = place === stop || !place ? 0 : -1;
  }
  parts.row.hidden = !stop;
  parts.back.disabled = stop === 1;
  parts.again.hidden = Boolean(here()?.ask || here()?.task);
  tell(parts.again, isPlaying() ? "button.skip" : "button.again");
}

// ---- free play

function layFree(controls, driver, unmoved, seeds) {
  const row = make("div", controls, { class: "buttons" }), play = layPlay(row, driver);
  // What is drawn by chance is drawn anew by the next seed.
  if (seeds) layButton(row, "fresh", () => set({ seed: now.values.seed + 1, ...unmoved }));
  layButton(row, "reset", () => { play.stop(); set({ ...now.first, stop: 0 }); });
  const shelf = make("div", controls, { class: "presets" });
  if (presets.length) tell(make("span", shelf), "presets");
  for (const { said, values } of presets) on(named(say(make("button", shelf, { type: "button" }), said)), "click", () => { play.stop(); set({ ...now.first, ...values, stop: 0 }); });
  return () => {
    row.hidden = now.values.stop !== 0;
    shelf.hidden = row.hidden || !presets.length;
    if (!row.hidden) play.show();
    else if (play.isOn()) play.stop();
  };
}

// A page in a frame without an address has none to give.
function layLink() {
  if (location.protocol === "about:") return;
  const button = layButton(document.querySelector("header"), "link", async () => {
    write(usual(now.values.stop));
    try {
      await navigator.clipboard.writeText(location.href);
      tell(button, "button.linked");
      setTimeout(() => tell(button, "button.link"), 2000);
    } catch {
      const field = make("input", button.parentNode, { readonly: "", value: location.href, "aria-label": button.textContent });
      button.remove();
      field.select();
    }
  });
  button.classList.add("link");
}

// ---- a frame

// What of the window's height all but the picture leaves, where one thing stands below the other.
export function spare() {
  const below = [parts.words, ...parts.controls.children, document.querySelector(".way")].map((node) => node.offsetHeight).filter(Boolean);
  return window.innerHeight - parts.root.offsetTop - below.reduce((sum, high) => sum + high + GAP, 0);
}

// What is said of a frame: `lines` are `[html, values, look]`.
export function show(lines, panels) {
  const step = here(), beat = beatNow(), { stop } = now.values;
  whole.classList.toggle("guided", Boolean(step));
  parts.idea.hidden = Boolean(step);
  parts.heading.hidden = !beat?.heading;
  if (beat?.heading) say(parts.heading, ...beat.heading);
  const said = step?.beats.filter(({ say: caption }) => caption) ?? [], at = step?.beats.indexOf(beat);
  const spoken = isPlaying() ? said.filter((each) => step.beats.indexOf(each) <= at).at(-1) : null;
  sayAll(parts.said, said.map((each) => [each.say[0], each.say[1], spoken && each !== spoken ? "later" : ""]));
  sayAll(parts.readout, lines);
  showQuestion(step, stop, panels);
  showTask(step, stop);
  showWay();
  const told = (step ? parts.heading : parts.readout.children[1] ?? parts.readout.firstChild)?.textContent ?? "";
  for (const each of shows) each(step ? parts.readout.lastChild?.textContent ?? told : told);
  later(step ? `${told}. ${parts.said.textContent}` : told);
}

function showQuestion(step, stop, panels) {
  if (parts.stop !== stop) {
    parts.stop = stop;
    parts.asked.replaceChildren();
    parts.question = null;
    scrollTo(0, 0);
    write(isPlaying() ? now.values : usual(stop));
    if (step?.ask) {
      const { limits: { left, right, bottom, top } = {} } = panels[step.ask.panel] ?? {};
      const axes = page.picture.panels.find(({ name }) => name === step.ask.panel)?.axes;
      parts.question = layQuestion(parts.asked, answerOf(stop, step.ask), [left, right, bottom, top], axes);
    }
  }
  parts.question?.();
}

function showTask(step, stop) {
  if (step?.task && !isPlaying() && isDone(step.task)) tasksDone.add(stop);
  const isOver = tasksDone.has(stop);
  parts.task.hidden = !step?.task;
  parts.task.classList.toggle("done", isOver);
  sayAll(parts.task, step?.task ? [isOver ? step.task.done : step.task.said] : []);
}

// A screen reader is told when things rest, not at every frame; so is the address.
function later(text) {
  clearTimeout(quiet);
  quiet = setTimeout(() => { if (parts.spoken.textContent !== text) parts.spoken.textContent = text; }, 600);
  clearTimeout(address);
  address = setTimeout(() => write(isPlaying() ? now.values : usual(now.values.stop)), 300);
}
