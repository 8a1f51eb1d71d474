// Questions: what is answered, what an answer is worth, and how both stand in the picture. What
// is true and what is said to an answer are not in the page before one is given.

import { abs, max, min } from "./numbers.js";
import { laySlider, layButton, layOptions } from "./controls.js";
import { on, px, put } from "./panel.js";
import { putNames, raised, stroke } from "./picture_marks.js";
import { evenly, make, page, say, snap, tell } from "./runtime.js";
import { written } from "./said.js";
import { redraw } from "./state.js";

// Size of the marks of an answer, in pixels.
const SIZE = 7;
// The truth of a number or a place, to as many digits as all numbers have.
const exactly = (truth) => truth?.map((part) => written(part)).join();

// What an answer is worth and what is said to it: the twin of `judge` in lessons/question.py.
export function judge(asked, answer) {
  if (asked.options) return { isRight: answer === asked.right, reply: asked.options[answer][1] };
  const gap = (wanted) => max(...wanted.map((part, i) => abs(answer[i] - part)));
  const [right, off] = asked.replies;
  if (gap(asked.truth) <= asked.near) return { isRight: true, reply: right };
  const [nearest] = [...asked.wrongs].sort(([a], [b]) => gap(a) - gap(b));
  return { isRight: false, reply: nearest && gap(nearest[0]) <= asked.near ? nearest[1] : off };
}

// An answer by the number of its step: `given` is what is being answered, `told` what it came to.
const answers = new Map();

export function answerOf(step, asked) {
  if (!answers.has(step)) answers.set(step, { asked, given: null, told: null });
  return answers.get(step);
}

// The form of a question, and what is said once it is answered.
export function layQuestion(parent, answer, limits, axes) {
  const { asked } = answer, form = make("form", parent, { class: "asking", autocomplete: "off" });
  on(form, "submit", (event) => event.preventDefault());
  const how = make("p", form, { class: "how" });
  tell(make("span", how), `ask.${asked.kind}`);
  if (["place", "curve"].includes(asked.kind)) tell(make("span", how, { class: "keys" }), "ask.keys");
  const fields = asked.options ? [layChoice(form, answer)] : layParts(form, answer, limits, axes);
  const row = make("p", form, { class: "buttons" });
  const settle = (told) => {
    answer.told = told;
    form.replaceChildren();
    const [html, values] = told.reply ?? [];
    const reply = make("div", form, { class: `reply ${told.isRight ? "right" : ""}`, role: "status", tabindex: -1 });
    if (asked.options) showOptions(reply, answer);
    if (asked.kind === "number") tell(make("p", reply, { class: "numbers" }), answer.given ? "ask.both" : "ask.one", { answer: answer.given?.[0], truth: exactly(asked.truth) });
    const verdict = make("p", reply, { class: "verdict" });
    if (told.isRight) tell(make("b", verdict), "ask.right").after(" ");
    if (html) say(make("span", verdict), html, { truth: exactly(asked.truth), answer: answer.given, ...values });
    reply.focus({ preventScroll: true });
    redraw();
  };
  const check = layButton(row, "check", () => settle(judge(asked, answer.given)));
  check.classList.add("main");
  layButton(row, "show", () => { answer.given = null; settle({ isRight: false, reply: asked.options ? null : asked.replies[1] }); });
  if (answer.told) settle(answer.told);
  return () => {
    if (answer.told) return;
    check.disabled = answer.given === null;
    for (const field of fields) field.show();
  };
}

function layChoice(form, answer) {
  const options = answer.asked.options.map(([said], i) => [i, (node) => say(node, ...said)]);
  return layOptions(form, { id: "answer", look: "answers", name: (node) => tell(node, "ask.choice"), options, get: () => answer.given, change: (given) => { answer.given = given; redraw(); } });
}

function showOptions(reply, { asked, given }) {
  const list = make("ul", reply);
  asked.options.forEach(([said], i) => {
    const line = make("li", list, { class: i === asked.right ? "true" : i === given ? "false" : "" });
    say(make("span", line), ...said);
    if (i === given) tell(make("small", line), "ask.yours");
    else if (i === asked.right) tell(make("small", line), "ask.truth");
  });
}

// A number, a place and a curve alike are a slider for each part; those of the last two can be
// seen only while they are moved by keys, since the picture itself is where they are given.
function layParts(form, answer, limits, axes) {
  const { asked } = answer;
  const [left, right, bottom, top] = limits ?? [], level = asked.kind === "number" ? [asked.low, asked.high] : [bottom, top];
  const names = { number: [(node) => tell(node, "ask.answer")], place: axes?.map((runs) => (node) => { node.textContent = runs.map(([text]) => text).join(""); }) };
  const parts = names[asked.kind] ?? asked.across.map((x) => (node) => tell(node, "ask.at", { x: snap(x) }));
  const ends = (i) => (asked.kind === "place" && i === 0 ? [left, right] : level);
  const box = make("div", form, { class: asked.kind === "number" ? "parts" : "parts by-keys" });
  // Once reached by keys they stay: what is pressed next keeps its place.
  on(box, "focusin", () => box.classList.remove("by-keys"));
  return parts.map((name, i) => {
    const [low, high] = ends(i), middle = snap((low + high) / 2);
    return laySlider(box, {
      id: `answer-${i}`, name, values: () => evenly(low, high, (high - low) / 100),
      get: () => answer.given?.[i] ?? middle,
      change: (value) => {
        const now = answer.given ?? parts.map((_, at) => snap((ends(at)[0] + ends(at)[1]) / 2));
        answer.given = now.map((part, at) => (at === i ? min(max(value, low), high) : part));
        redraw();
      },
    });
  });
}

// ---- in the picture

const pointsOf = ({ kind, across }, parts) => (kind === "place" ? [parts] : parts.map((y, i) => [across[i], y]));

// While it is being answered, all the panel takes the answer; then both stand in it.
export function drawAnswer(panel, answer, isOpen) {
  if (answer.asked.kind === "number") return;
  const { asked, given, told } = answer;
  if (given) drawPoints(panel, "yours", pointsOf(asked, given));
  if (told && isOpen) drawPoints(panel, "truth", pointsOf(asked, asked.truth), asked.line ?? undefined);
  if (isOpen && !told) panel.sketch((x, y) => { answer.given = moved(answer, panel, [x, y]); redraw(); });
}

function moved({ asked, given }, { limits: { bottom, top } }, [x, y]) {
  const [u, v] = [snap(x), snap(y)];
  if (asked.kind === "place") return [u, v];
  const gaps = asked.across.map((at) => abs(at - x)), place = gaps.indexOf(min(...gaps));
  return (given ?? asked.across.map(() => snap((bottom + top) / 2))).map((part, i) => (i === place ? v : part));
}

// A curve that bends between its dots is drawn as it is.
function drawPoints(panel, name, points, line = points) {
  const pixels = panel.pixels(points), way = panel.pixels(line), r = SIZE;
  const sides = way.slice(1).map((end, i) => [way[i], end]);
  if (sides.length) stroke(panel, `${name} line`, sides, name, "grips");
  const dots = pixels.map(([x, y]) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
  put(panel.thing("marks", "path", name, `dot ${name}`), "d", dots.join(""));
  // What it is called is clear of all labels that are there, and of its line.
  panel.sight.lines.push(...sides.map(raised));
  for (const [x, y] of pixels) panel.sight.boxes.push([x - r, -y - r, x + r, -y + r]);
  const look = `label ${name}`, node = panel.thing("type", "text", `${name} name`, look), runs = [[page.html[`ask.${name}`]]];
  panel.set(node, runs);
  putNames(panel, panel.sight, [{ node, of: name, role: name, width: panel.widthOf(node, runs, look), anchors: [...pixels].reverse(), reach: r }]);
}
