// A plot in SVG. Each frame, a lesson says all that is to be seen, each thing by a name: what
// had that name in the frame before is moved, and what is not named any more goes.

import { abs, max, min, round } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const LAYERS = ["ground", "lines", "marks", "type", "grips"];

export function element(tag, parent, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

// Set only what changed: most attributes of most frames have not.
export function put(node, name, value) {
  const written = String(value);
  if (node.getAttribute(name) !== written) node.setAttribute(name, written);
}

export const on = (node, type, act, options) => node.addEventListener(type, act, options);

export const px = (x) => round(x * 100) / 100;

// ---- numbers as they are shown

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function power(exponent) {
  const digits = [...String(abs(exponent))].map((digit) => RAISED[digit]).join("");
  return "10" + (exponent < 0 ? "⁻" : "") + digits;
}

// A chosen number, as it is used.
export const exact = (value) => String(value).replace("-", "−");

// ---- the panel

export class Panel {
  // Planes have equal units; `margin` is the room for what stands beside the box at each side,
  // `heightOf` the panel's height by its width.
  constructor(host, { name, isPlane, margin, heightOf, label }) {
    Object.assign(this, { isPlane, margin, heightOf });
    this.node = element("svg", host, { class: "panel", role: "img", "aria-label": label });
    this.clip = element("clipPath", this.node, { id: `clip-${name}` });
    this.window = element("rect", this.clip);
    this.layers = {};
    for (const layer of LAYERS) {
      const group = element("g", this.node, { class: layer });
      if (layer === "ground" || layer === "lines") group.setAttribute("clip-path", `url(#clip-${name})`);
      this.layers[layer] = group;
    }
    this.things = new Map();
    this.widths = new Map();
    this.resize();
  }

  resize() {
    const seen = this.node.clientWidth, width = seen || 320;
    // While a page is hidden nothing in it has a width, so its labels are measured anew.
    if (seen !== this.seenWidth) this.forget();
    this.seenWidth = seen;
    const height = this.heightOf(width), { margin } = this;
    this.width = width;
    this.height = height;
    this.box = { left: margin.left, top: margin.top, right: width - margin.right, bottom: height - margin.bottom };
    put(this.node, "viewBox", `0 0 ${px(width)} ${px(height)}`);
    put(this.node, "height", px(height));
    const { left, top, right, bottom } = this.box;
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) {
      put(this.window, name, px(max(value, 0)));
    }
  }

  // How wide names are does not hold in another size or font.
  forget() {
    this.widths.clear();
  }

  // Begin a frame over these limits.
  frame([left, right], [bottom, top]) {
    const wide = this.box.right - this.box.left, high = this.box.bottom - this.box.top;
    if (this.isPlane) {
      const unit = max((right - left) / wide, (top - bottom) / high);
      const [x, y] = [(left + right) / 2, (bottom + top) / 2];
      [left, right] = [x - (unit * wide) / 2, x + (unit * wide) / 2];
      [bottom, top] = [y - (unit * high) / 2, y + (unit * high) / 2];
    }
    this.limits = { left, right, bottom, top };
    this.seen = new Set();
  }

  // What was not named in this frame goes.
  finish() {
    for (const [name, node] of this.things) {
      if (this.seen.has(name)) continue;
      node.remove();
      this.things.delete(name);
    }
  }

  x(value) {
    const { left, right } = this.limits;
    return this.box.left + ((value - left) / (right - left)) * (this.box.right - this.box.left);
  }

  y(value) {
    const { bottom, top } = this.limits;
    return this.box.bottom - ((value - bottom) / (top - bottom)) * (this.box.bottom - this.box.top);
  }

  // The other way: what stands at a pixel.
  at(x, y) {
    const { left, right, bottom, top } = this.limits;
    const across = left + ((x - this.box.left) / (this.box.right - this.box.left)) * (right - left);
    const up = bottom + ((this.box.bottom - y) / (this.box.bottom - this.box.top)) * (top - bottom);
    return [across, up];
  }

  thing(layer, tag, name, look) {
    this.seen.add(name);
    let node = this.things.get(name);
    if (!node) {
      node = element(tag, this.layers[layer], { "data-name": name, ...(this.fades && { "data-new": "" }) });
      this.things.set(name, node);
    }
    put(node, "class", look);
    return node;
  }

  pixels(points) {
    return points.map(([x, y]) => [this.x(x), this.y(y)]);
  }

  path(points, closed) {
    return "M" + points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L") + (closed ? "Z" : "");
  }

  // A mark that can be dragged; what it changes can also be set by a control.
  grip(name, point, drag, r = 24) {
    const node = this.thing("grips", "circle", `grip ${name}`, "grip");
    const [cx, cy] = this.pixels([point])[0];
    for (const [key, value] of Object.entries({ cx, cy, r })) put(node, key, px(value));
    node.drag = drag;
    if (!node.ready) this.listen(node);
  }

  // All of the box, where a place is pointed at or a curve is drawn.
  sketch(draw) {
    const node = this.thing("grips", "rect", "sketch", "sketch"), { left, top, right, bottom } = this.box;
    for (const [key, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) put(node, key, px(value));
    node.drag = draw;
    if (!node.ready) this.listen(node, true);
  }

  listen(node, isWhole = false) {
    node.ready = true;
    const move = (event) => {
      const box = this.node.getBoundingClientRect();
      const { left, right, top, bottom } = this.box;
      const x = min(max(event.clientX - box.left - node.offset[0], left), right);
      const y = min(max(event.clientY - box.top - node.offset[1], top), bottom);
      node.drag(...this.at(x, y));
    };
    on(node, "pointerdown", (event) => {
      const box = node.getBoundingClientRect();
      // Where it was taken stays under the finger.
      node.offset = isWhole ? [0, 0] : [event.clientX - (box.left + box.right) / 2, event.clientY - (box.top + box.bottom) / 2];
      node.setPointerCapture(event.pointerId);
      this.dragged = true;
      if (isWhole) move(event);
      event.preventDefault();
    });
    on(node, "pointermove", (event) => {
      if (node.hasPointerCapture(event.pointerId)) move(event);
    });
    // A style alone does not keep every browser from scrolling the page.
    on(node, "touchstart", (event) => event.preventDefault(), { passive: false });
    const end = () => {
      this.dragged = false;
      this.node.dispatchEvent(new Event("settled"));
    };
    on(node, "pointerup", end);
    on(node, "pointercancel", end);
  }

  // ---- type

  write(name, runs, x, y, anchor, look = "name") {
    const node = this.thing("type", "text", name, look);
    this.set(node, runs);
    put(node, "text-anchor", anchor);
    put(node, "x", px(x));
    put(node, "y", px(y));
    const width = this.widthOf(node, runs, look);
    const left = x - { start: 0, middle: width / 2, end: width }[anchor];
    return [left - 3, y - 14, left + width + 3, y + 5];
  }

  // Runs of type: `i` is italic, `_` and `^` stand below and above the line.
  set(node, runs) {
    const key = JSON.stringify(runs);
    if (node.runs === key) return;
    node.runs = key;
    node.replaceChildren();
    let height = 0;
    for (const [text, style = ""] of runs) {
      const part = element("tspan", node);
      part.textContent = text;
      const wanted = style.includes("_") ? 4 : style.includes("^") ? -6 : 0;
      const look = [style.includes("i") && "italic", wanted && "small"].filter(Boolean).join(" ");
      if (look) part.setAttribute("class", look);
      if (wanted !== height) part.setAttribute("dy", wanted - height);
      height = wanted;
    }
  }

  widthOf(node, runs, look) {
    const key = look + runs.map(([text]) => text).join();
    if (!this.widths.has(key)) this.widths.set(key, node.getComputedTextLength());
    return this.widths.get(key);
  }
}
