// What a page has: its data, its sentences, and the elements it is made of.

import { abs, round } from "./numbers.js";

const packed = Uint8Array.from(atob(document.getElementById("data").textContent), (letter) => letter.charCodeAt(0));
const unpacked = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")));

export const page = await unpacked.json();

// ---- sentences

export const filled = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export const aria = (key, values) => filled(page.aria[key], values);

// A sentence, HTML of ours, into an element: its places are filled as text, never as markup.
export function say(node, html, values = {}) {
  if (node.sentence !== html) {
    node.sentence = html;
    node.innerHTML = html;
  }
  for (const place of node.querySelectorAll("[data-v]")) {
    const text = String(values[place.dataset.v]);
    if (place.textContent !== text) place.textContent = text;
  }
  return node;
}

// One of the page's own sentences, by its key.
export const tell = (node, key, values) => say(node, page.html[key], values);

// As many lines as there are sentences, `[html, values, look]` each.
export function sayAll(parent, lines) {
  lines.forEach(([html, values, look = ""], i) => {
    const line = parent.children[i] ?? make("p", parent);
    if (line.className !== look) line.className = look;
    say(line, html, values);
  });
  while (parent.children.length > lines.length) parent.lastChild.remove();
}

export function make(tag, parent, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  parent.append(made);
  return made;
}

// ---- values a slider can take, ascending

// Six digits: few enough to be shown, so that what is shown is what is used.
export const snap = (value) => Number(Number(value).toPrecision(6));

export const evenly = (low, high, step) =>
  Array.from({ length: round((high - low) / step) + 1 }, (_, i) => snap(low + i * step));

// The place of the value next to the one wanted.
export const nearest = (values, wanted) =>
  values.reduce((best, value, i) => (abs(value - wanted) < abs(values[best] - wanted) ? i : best), 0);
