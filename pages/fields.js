// Numbers that a reader may write, and texts to copy with these in their places, of lessons whose
// modules set `marks.fields`.

import { layButton, layNumber } from "./controls.js";
import { max, min } from "./numbers.js";
import { make, page, say, tell } from "./runtime.js";
import { toDigits, written } from "./said.js";
import { near, now, set } from "./state.js";

// As many as are told: what was written comes back as it was.
const DIGITS = 5;
const short = (value) => toDigits(value, DIGITS);

// They are there in free play. `read(name, values)` is a number, `write(name, number, values)` what
// is to be set for it.
export function layFields(parent, { read, write }) {
  const { fields: groups, snippets } = page.picture, box = make("div", parent, { class: "written" });
  const outside = make("output", box, { hidden: "" });
  // What it moves first ends somewhere. A number out of bounds is told of below it.
  const layField = (group, [name, moves]) => {
    const row = make("div", group, { class: "field" }), id = `field-${name}`, label = tell(make("label", row, { for: id }), `field.${name.split("-")[0]}`);
    const change = (value) => {
      const ends = [-Infinity, Infinity].map((end) => short(read(name, { ...now.values, [moves]: near(moves, end) })));
      const [low, high] = [min(...ends), max(...ends)];
      row.after(tell(outside, "field.outside", { low: written(low, DIGITS), high: written(high, DIGITS) }));
      outside.hidden = value >= low && value <= high;
      if (value >= 0) set(write(name, min(max(value, low), high), now.values));
    };
    return layNumber(row, { spoken: label.textContent, id, change, get: () => short(read(name, now.values)) });
  };
  const shows = groups.flatMap(({ said, role, fields }) => {
    const group = make("div", box, { class: `fields ${role}`, role: "group" });
    group.setAttribute("aria-label", say(make("p", group), said).textContent);
    return fields.map((field) => layField(group, field));
  });
  const texts = make("div", box, { class: "texts" });
  const all = [...shows, ...Object.entries(snippets).map(([name, text]) => laySnippet(texts, name, text, read))];
  return () => {
    box.hidden = now.values.stop !== 0;
    if (!box.hidden) for (const show of all) show();
  };
}

function laySnippet(box, name, text, read) {
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
    const filled = text.replace(/\{([\w-]+)\}/g, (_, field) => short(read(field, now.values)));
    if (code.textContent !== filled) code.textContent = filled;
  };
}
