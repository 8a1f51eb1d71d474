// A plot in SVG. Each frame, a lesson says all that is to be seen, each thing by a name: what
// had that name in the frame before is moved, and what is not named any more goes.

import { abs, ceil, cos, floor, hypot, log10, max, min, round, sin } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const LAYERS = ["ground", "lines", "marks", "type", "grips"];
const CHART = { left: 52, right: 14, top: 26, bottom: 42 };

function element(tag, parent, attributes = {}) {
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

// `0` for an exact zero and for nothing else.
export function shown(value, decimals = 2) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const fixed = value.toFixed(decimals);
  if (Number(fixed) !== 0) return fixed.replace("-", "−");
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${mantissa.replace("-", "−")} × ${power(Number(exponent))}`;
}

// A chosen number, as it is used.
export const exact = (value) => String(value).replace("-", "−");

export function ticks(low, high, most) {
  const rough = (high - low) / most, size = 10 ** floor(log10(rough));
  const step = [1, 2, 5, 10].map((part) => part * size).find((part) => part >= rough);
  const found = [];
  for (let i = ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

// ---- the panel

export class Panel {
  // shape: `plane` has its axes through 0 and equal units, `chart` has them at its edges.
  // `height` in pixels is in place of a ratio; `left` is room for what stands there, `margin` all
  // such room.
  constructor(host, { name, shape = "chart", ratio = 0.62, height, left, margin, label }) {
    this.shape = shape;
    this.given = { height, left, margin };
    this.ratio = shape === "plane" ? 1 : ratio;
    this.node = element("svg", host, { class: `panel ${shape}`, role: "img", "aria-label": label });
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
    this.places = new Map();
    this.resize();
  }

  resize() {
    const seen = this.node.clientWidth, width = seen || 320;
    // While a page is hidden nothing in it has a width, so its labels are measured anew.
    if (seen !== this.seenWidth) this.forget();
    this.seenWidth = seen;
    const tallest = max(260, 0.78 * window.innerHeight);
    const height = this.given.height ?? min(max(width * this.ratio, this.shape === "plane" ? 0 : 230), tallest);
    const margin = this.given.margin ?? (this.shape === "chart" ? { ...CHART, left: this.given.left ?? CHART.left } : { left: 6, right: 6, top: 6, bottom: 6 });
    this.width = width;
    this.height = height;
    this.box = { left: margin.left, top: margin.top, right: width - margin.right, bottom: height - margin.bottom };
    put(this.node, "viewBox", `0 0 ${px(width)} ${px(height)}`);
    put(this.node, "height", px(height));
    const { left, top, right, bottom } = this.box;
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) {
      put(this.window, name, px(value));
    }
  }

  // How wide names are, and where they stood: neither holds in another size or font.
  forget() {
    this.widths.clear();
    this.places.clear();
  }

  // Begin a frame over these limits; `log` counts x in tenfolds.
  frame([left, right], [bottom, top], { log = false } = {}) {
    this.log = log;
    [left, right] = log ? [log10(left), log10(right)] : [left, right];
    const wide = this.box.right - this.box.left, high = this.box.bottom - this.box.top;
    if (this.shape === "plane") {
      const unit = max((right - left) / wide, (top - bottom) / high);
      const [x, y] = [(left + right) / 2, (bottom + top) / 2];
      [left, right] = [x - (unit * wide) / 2, x + (unit * wide) / 2];
      [bottom, top] = [y - (unit * high) / 2, y + (unit * high) / 2];
    }
    const limits = { left, right, bottom, top }, box = this.box;
    const same = (a, b) => a && Object.keys(b).every((key) => a[key] === b[key]);
    // A line that is given as the same array over the same limits is not worked out again.
    if (!same(this.limits, limits) || !same(this.known?.box, box)) this.known = { box, lines: new WeakMap() };
    this.limits = limits;
    this.seen = new Set();
    this.labels = [];
    this.solid = [];
    this.soft = [];
  }

  // What was not named in this frame goes, and labels find their places.
  finish() {
    this.placeLabels();
    for (const [name, node] of this.things) {
      if (this.seen.has(name)) continue;
      node.remove();
      this.things.delete(name);
      this.places.delete(name);
    }
  }

  x(value) {
    const { left, right } = this.limits;
    const at = this.log ? log10(value) : value;
    return this.box.left + ((at - left) / (right - left)) * (this.box.right - this.box.left);
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
    return [this.log ? 10 ** across : across, up];
  }

  thing(layer, tag, name, look) {
    this.seen.add(name);
    let node = this.things.get(name);
    if (!node) {
      node = element(tag, this.layers[layer], { "data-name": name });
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

  // ---- things to draw

  area(name, points, look) {
    put(this.thing("ground", "path", name, look), "d", this.path(this.pixels(points), true));
  }

  // `avoid` says how much labels mind to cover it.
  line(name, points, look, { avoid = 1, layer = "lines" } = {}) {
    const node = this.thing(layer, "path", name, `line ${look}`);
    let known = this.known.lines.get(points);
    if (!known) {
      const drawn = this.pixels(points);
      this.known.lines.set(points, known = { path: this.path(drawn), places: this.along(drawn) });
    }
    put(node, "d", known.path);
    if (avoid) for (const [x, y] of known.places) this.soft.push([x, y, avoid]);
  }

  arrow(name, from, to, look, { avoid = 3 } = {}) {
    const [a, b] = this.pixels([from, to]), size = hypot(b[0] - a[0], b[1] - a[1]);
    if (size < 2) return;
    const [u, v] = [(b[0] - a[0]) / size, (b[1] - a[1]) / size];
    const head = min(11, 0.6 * size), half = 0.42 * head;
    const back = [b[0] - head * u, b[1] - head * v];
    const left = [back[0] - half * v, back[1] + half * u], right = [back[0] + half * v, back[1] - half * u];
    put(this.thing("marks", "path", name, `line ${look}`), "d", this.path([a, back]));
    put(this.thing("marks", "path", `${name} head`, `head ${look}`), "d", this.path([b, left, right], true));
    if (avoid) for (const [x, y] of this.along([a, b])) this.soft.push([x, y, avoid]);
  }

  // Shapes tell marks apart where colours do not.
  dot(name, point, look, shape = "circle", size = 7) {
    const [x, y] = this.pixels([point])[0], r = size;
    const outlines = {
      circle: `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
      diamond: this.path([[x, y - 1.2 * r], [x + 1.2 * r, y], [x, y + 1.2 * r], [x - 1.2 * r, y]], true),
      square: this.path([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]], true),
      cross: this.path([[x - r, y - r], [x + r, y + r]]) + this.path([[x - r, y + r], [x + r, y - r]]),
    };
    put(this.thing("marks", "path", name, `dot ${shape} ${look}`), "d", outlines[shape]);
    this.solid.push([x - r - 2, y - r - 2, x + r + 2, y + r + 2]);
  }

  // A mark that can be dragged; what it changes can also be set by a control.
  grip(name, point, drag, { upright = false } = {}) {
    const node = this.thing("grips", upright ? "rect" : "circle", `grip ${name}`, upright ? "grip upright" : "grip");
    const [x, y] = this.pixels([point])[0];
    const { top, bottom } = this.box;
    const where = upright ? { x: x - 22, y: top, width: 44, height: bottom - top } : { cx: x, cy: y, r: 24 };
    for (const [key, value] of Object.entries(where)) put(node, key, px(value));
    node.drag = drag;
    if (!node.ready) this.listen(node);
  }

  listen(node) {
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
      node.offset = [event.clientX - (box.left + box.right) / 2, event.clientY - (box.top + box.bottom) / 2];
      if (node.classList.contains("upright")) node.offset[1] = 0;
      node.setPointerCapture(event.pointerId);
      this.dragged = true;
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

  plain(name, text, x, y, anchor, room) {
    const node = this.thing("type", "text", `tick ${name}`, "tick");
    if (node.textContent !== text) node.textContent = text;
    const half = text.length * 4;
    const shift = { start: 0, middle: -half, end: -2 * half }[anchor];
    const box = [x + shift, y - 13, x + shift + 2 * half, y + 3];
    // Beyond the edge it would be cut.
    const fits = box[0] > -1 && box[2] < this.width + 1 && box[1] > 0 && box[3] < this.height;
    put(node, "visibility", fits ? "visible" : "hidden");
    put(node, "x", px(x));
    put(node, "y", px(y));
    put(node, "text-anchor", anchor);
    if (fits && room) this.solid.push(box);
  }

  write(name, runs, x, y, anchor, look = "name") {
    const node = this.thing("type", "text", name, look);
    this.set(node, runs);
    put(node, "text-anchor", anchor);
    put(node, "x", px(x));
    put(node, "y", px(y));
    const width = this.widthOf(node, runs, look);
    const left = x - { start: 0, middle: width / 2, end: width }[anchor];
    this.solid.push([left - 3, y - 14, left + width + 3, y + 5]);
  }

  // Runs of type: `i` is italic, `_` and `^` stand below and above the line.
  set(node, runs) {
    const key = JSON.stringify(runs);
    if (node.runs === key) return;
    node.runs = key;
    node.replaceChildren();
    let height = 0;
    for (const [text, style] of runs) {
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

  // A name for what stands at one of these points, where there is room; first come, first
  // served. `spared` may be left out where it would cover something.
  label(name, runs, points, look, { gap = 9, spared = false } = {}) {
    this.labels.push({ name: `label ${name}`, runs, points: this.pixels(points), look: `label ${look}`, gap, spared });
  }

  // Points along what is drawn, for labels to keep away from.
  along(drawn) {
    const { left, right, top, bottom } = this.box, places = [];
    for (let i = 1; i < drawn.length; i++) {
      const [a, b] = [drawn[i - 1], drawn[i]];
      const pieces = min(200, ceil(hypot(b[0] - a[0], b[1] - a[1]) / 7));
      for (let k = 1; k <= pieces; k++) {
        const [x, y] = [a[0] + ((b[0] - a[0]) * k) / pieces, a[1] + ((b[1] - a[1]) * k) / pieces];
        if (x > left && x < right && y > top && y < bottom) places.push([x, y]);
      }
    }
    return places;
  }

  placeLabels() {
    for (const label of this.labels) {
      const node = this.thing("type", "text", label.name, label.look);
      this.set(node, label.runs);
      put(node, "text-anchor", "start");
      const width = this.widthOf(node, label.runs, label.look);
      const best = this.bestPlace(label, width);
      const hidden = best.cost > (label.spared ? 14 : 390);
      put(node, "visibility", hidden ? "hidden" : "visible");
      if (hidden) continue;
      this.places.set(label.name, best.key);
      put(node, "x", px(best.box[0] + 2));
      put(node, "y", px(best.box[3] - 5));
      this.solid.push(best.box);
    }
  }

  bestPlace(label, width) {
    const before = this.places.get(label.name), [w, h] = [width + 4, 19];
    let best = { cost: Infinity };
    label.points.forEach(([x, y], at) => {
      // Where many points will do, another is nearer than a place far from this one.
      for (const far of label.points.length > 4 ? [0, 12] : [0, 12, 26, 44]) {
        for (let turn = 0; turn < 8; turn++) {
          const angle = (turn * Math.PI) / 4, c = cos(angle), s = sin(angle);
          const gap = label.gap + far;
          // The nearest edge or corner of the box stands at the gap.
          const middle = [x + c * gap + round(c) * (w / 2), y - s * gap - round(s) * (h / 2)];
          const box = [middle[0] - w / 2, middle[1] - h / 2, middle[0] + w / 2, middle[1] + h / 2];
          const key = `${at} ${far} ${turn}`;
          // It stays where it was unless elsewhere is clearly better: no flicker.
          const extra = far / 3 + (turn % 2) + (key === before ? -6 : 0);
          const cost = extra + this.costOf(box, best.cost - extra);
          if (cost < best.cost) best = { cost, box, key };
        }
      }
    });
    return best;
  }

  // What a box would cover; once that is too much, it is not counted to the end.
  costOf([left, top, right, bottom], most) {
    const edge = this.shape === "plane" ? this.box : { left: this.box.left, top: 2, right: this.width - 2, bottom: this.box.bottom };
    let cost = 0;
    if (left < edge.left || right > edge.right || top < edge.top || bottom > edge.bottom) cost += 5000;
    if (cost > most) return cost;
    for (const [l, t, r, b] of this.solid) {
      if (l < right && r > left && t < bottom && b > top) cost += 400;
    }
    if (cost > most) return cost;
    for (const [x, y, weight] of this.soft) {
      if (x > left && x < right && y > top && y < bottom) cost += weight;
    }
    return cost;
  }
}
