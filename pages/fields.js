// Numbers that a reader may write, and texts to copy with these in their places. Of lessons that
// have them, whose modules set `marks.layFields`.

import { layButton, layNumber } from "./controls.js";
import { make, page, say, tell } from "./runtime.js";
import { now, set } from "./state.js";

// As many as are told: what was written comes back as it was.
const DIGITS = 5;
const short = (name) => Number(now.view.fields[name].toPrecision(DIGITS));

// They are there in free play.
export function layFields(parent) {
  const { fields: groups, snippets } = page.picture, box = make("div", parent, { class: "written" });
  const shows = groups.flatMap(({ said, role, fields }) => {
    const group = make("div", box, { class: `fields ${role}`, role: "group" });
    group.setAttribute("aria-label", say(make("p", group), said).textContent);
    return fields.map(([name, moves]) => layField(group, name, moves));
  });
  const all = [...shows, ...Object.entries(snippets).map(([name, text]) => laySnippet(box, name, text))];
  return () => {
    box.hidden = now.values.stop !== 0;
    if (!box.hidden) for (const show of all) show();
  };
}

// What it moves is in proportion to it.
function layField(group, name, moves) {
  const row = make("div", group, { class: "field" }), id = `field-${name}`, label = tell(make("label", row, { for: id }), `field.${name}`);
  const change = (value) => { if (value > 0) set({ [moves]: (now.values[moves] * value) / now.view.fields[name] }); };
  return layNumber(row, { spoken: label.textContent, id, change, get: () => short(name) });
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
    const filled = text.replace(/\{([\w-]+)\}/g, (_, field) => short(field));
    if (code.textContent !== filled) code.textContent = filled;
  };
}
