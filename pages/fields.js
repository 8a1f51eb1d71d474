// Numbers that a reader may write, and texts to copy with these in their places. Of lessons that
// have them, whose modules set `marks.layFields`.

import { layButton, layNumber } from "./controls.js";
import { make, page, say, tell } from "./runtime.js";
import { written } from "./said.js";
import { near, now, set } from "./state.js";

// As many as are told: what was written comes back as it was.
const DIGITS = 5;
const short = (value) => Number(value.toPrecision(DIGITS));

// They are there in free play.
export function layFields(parent) {
  const { fields: groups, snippets } = page.picture, box = make("div", parent, { class: "written" });
  const outside = make("output", box, { hidden: "" });
  const shows = groups.flatMap(({ said, role, fields }) => {
    const group = make("div", box, { class: `fields ${role}`, role: "group" });
    group.setAttribute("aria-label", say(make("p", group), said).textContent);
    return fields.map(([name, moves]) => layField(group, name, moves, outside));
  });
  const all = [...shows, ...Object.entries(snippets).map(([name, text]) => laySnippet(box, name, text))];
  return () => {
    box.hidden = now.values.stop !== 0;
    if (!box.hidden) for (const show of all) show();
  };
}

// What it moves is in proportion to it. A number out of bounds is told of below it.
function layField(group, name, moves, outside) {
  const row = make("div", group, { class: "field" }), id = `field-${name}`, label = tell(make("label", row, { for: id }), `field.${name}`);
  const change = (value) => {
    const each = now.view.fields[name] / now.values[moves], [low, high] = [-Infinity, Infinity].map((end) => short(near(moves, end) * each));
    row.after(tell(outside, "field.outside", { low: written(low, DIGITS), high: written(high, DIGITS) }));
    outside.hidden = value >= low && value <= high;
    if (value > 0) set({ [moves]: value / each });
  };
  return layNumber(row, { spoken: label.textContent, id, change, get: () => short(now.view.fields[name]) });
}

function laySnippet(box, name, text) {
  const figure = make("figure", box, { class: "snippet" }), caption = make("figcaption", figure);
  make("span", caption).textContent = name;
  const code = make("code", make("pre", figure, { tabindex: 0 }));
  const button = layButton(caption, "copy", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      tell(button, "button.linked");
      setTimeout(() => tell(button, "button.copy"), 2000);
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
  return () => {
    const filled = text.replace(/\{([\w-]+)\}/g, (_, field) => short(now.view.fields[field]));
    if (code.textContent !== filled) code.textContent = filled;
  };
}
