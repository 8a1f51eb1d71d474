// A described picture's marks, by kind: each is one path, or one for its line and one for its
// heads. What labels stay off is gathered in a sight.

import { hypot, max, min } from "./numbers.js";
import { px, put } from "./panel.js";
import { clipped, coarse, place } from "./placing.js";
import { page } from "./runtime.js";

// Half a marker's size, its size by weight, and what bars and cells take of their room.
export const MARKER = 6;
const SIZES = { strong: 1.25, plain: 1, fine: 0.5 }, THICK = 0.6, CELL = 0.84;
// A step between points that labels stay off; length of an arrow's head, where it stands on a line.
const STEP = 8, HEAD = 11, HEAD_AT = 0.55;
// Height of the type of names.
export const EM = 16;

// Kinds of panels that have no axes.
export const BARE = ["sketch", "space"];

export const isDot = ({ kind }) => kind === "point" || kind === "cells" || kind === "bar";

export const raised = (ends) => ends.map(([x, y]) => [x, -y]);

export function drawMark(panel, spec, mark, points, limits, sight) {
  const look = [mark.role, mark.weight, mark.look === "solid" ? "" : mark.look, mark.dash ? "dash" : ""].filter(Boolean).join(" ");
  const there = points.filter(([x]) => !Number.isNaN(x));
  if (mark.kind === "line" || mark.kind === "rule") {
    const segments = clipped(points, limits).map((ends) => panel.pixels(ends));
    const node = stroke(panel, mark.name, segments, look);
    if (mark.dash) put(node, "stroke-dasharray", mark.dash.join(" "));
    if (mark.way) headAlong(panel, mark.name, segments, look);
    sight.lines.push(...coarse(segments, STEP).map(raised));
  } else if (mark.kind === "arrow") {
    const arrows = points.flatMap((end, i) => (i % 2 ? [panel.pixels([points[i - 1], end])] : [])).filter(([[x]]) => !Number.isNaN(x));
    drawArrows(panel, mark.name, arrows, look);
    sight.lines.push(...arrows.map(raised));
  } else if (mark.kind === "area" || mark.kind === "band") {
    const outline = panel.path(panel.pixels(there), true), hollow = mark.look === "hollow";
    const fill = mark.role === "region" ? "region" : `band ${look}`;
    put(panel.thing(hollow ? "lines" : "ground", "path", mark.name, hollow ? `line ${look}` : fill), "d", outline);
    sight.lines.push(...coarse(clipped([...there, there[0]], limits).map((ends) => panel.pixels(ends)), STEP).map(raised));
  } else if (mark.kind === "text") {
    points.forEach((at, i) => writeAt(panel, mark, i, at, limits, sight));
  } else if (mark.kind === "point") {
    drawPoints(panel, mark, there.filter((at) => isInside(at, limits)), look, sight);
  } else {
    const boxes = (mark.kind === "bar" ? bars : cells)(panel, spec, there);
    const d = boxes.map(([l, t, r, b]) => `M${px(l)} ${px(t)}H${px(r)}V${px(b)}H${px(l)}Z`).join("");
    put(panel.thing("lines", "path", mark.name, `bar ${look}`), "d", d || "M0 0");
    sight.boxes.push(...boxes.map(([l, t, r, b]) => [l, -b, r, -t]));
  }
}

const inside = (x, low, high) => x >= low - 1e-9 * (high - low) && x <= high + 1e-9 * (high - low);

const isInside = ([x, y], limits) => inside(x, limits[0], limits[1]) && inside(y, limits[2], limits[3]);

// What is written with its middle at a point, where no label may stand.
function writeAt(panel, mark, i, at, limits, sight) {
  if (!isInside(at, limits)) return;
  const [[x, y]] = panel.pixels([at]), [left, top, right, bottom] = panel.write(`${mark.name} ${i}`, mark.texts[i], x, y + 5, "middle", `tick ${mark.role}`);
  sight.boxes.push([left, -bottom, right, -top]);
}

function drawPoints(panel, mark, points, look, sight) {
  const size = MARKER * SIZES[mark.weight], r = px(0.9 * size), outline = page.picture.outlines[mark.role];
  const d = panel.pixels(points).map(([x, y]) => {
    sight.boxes.push([x - size, -y - size, x + size, -y + size]);
    if (!outline) return `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    return panel.path(outline.map(([a, b]) => [x + size * a, y - size * b]), true);
  });
  put(panel.thing("marks", "path", mark.name, `dot ${look}`), "d", d.join("") || "M0 0");
}

// Names, each a `node` that stands by its anchors, or else has a leader, clear of a sight; what is
// named later is clear of them.
export function putNames(panel, sight, names) {
  const frame = [2, -panel.height + 2, panel.width - 2, -2], high = 1.15 * EM;
  const wishes = names.map(({ width, anchors, reach }) => ({ size: [width, high], anchors: anchors.map(([x, y]) => [x, -y]), reach }));
  place(frame, wishes, sight, EM).forEach(({ middle: [x, y], leader }, i) => {
    const { node, of, role, width } = names[i];
    put(node, "x", px(x - width / 2));
    put(node, "y", px(0.32 * EM - y));
    if (leader) stroke(panel, `leader ${of}`, [leader.map(([a, b]) => [a, -b])], `fine ${role}`, "type");
    sight.boxes.push([x - width / 2, y - high / 2, x + width / 2, y + high / 2]);
  });
}

const far = ([a, b]) => hypot(b[0] - a[0], b[1] - a[1]);

// An arrow's head, and where it begins.
function headOf(panel, [a, b], length) {
  const size = far([a, b]), [u, v] = [(b[0] - a[0]) / size, (b[1] - a[1]) / size], half = 0.42 * length;
  const back = [b[0] - length * u, b[1] - length * v];
  return [panel.path([b, [back[0] - half * v, back[1] + half * u], [back[0] + half * v, back[1] - half * u]], true), back];
}

// Which way a line runs, by a head on it.
function headAlong(panel, name, segments, look) {
  const sizes = segments.map(far), whole = sizes.reduce((sum, size) => sum + size, 0);
  let left = HEAD_AT * whole;
  const at = sizes.findIndex((size) => (left -= size) <= 0);
  const d = whole < 30 ? "M0 0" : headOf(panel, segments[at], HEAD)[0];
  put(panel.thing("marks", "path", `${name} head`, `head ${look}`), "d", d);
}

function drawArrows(panel, name, arrows, look) {
  const shafts = [], heads = [];
  for (const arrow of arrows.filter((each) => far(each) >= 2)) {
    const [head, back] = headOf(panel, arrow, min(HEAD, 0.6 * far(arrow)));
    shafts.push(panel.path([arrow[0], back]));
    heads.push(head);
  }
  put(panel.thing("marks", "path", name, `line ${look}`), "d", shafts.join("") || "M0 0");
  put(panel.thing("marks", "path", `${name} head`, `head ${look}`), "d", heads.join("") || "M0 0");
}

// From 0 to their ends: level in a panel of bars, upright elsewhere.
function bars(panel, { kind }, points) {
  const isLevel = kind === "bars", { left, right, bottom, top } = panel.box;
  const [zero] = panel.pixels([[0, 0]]), ends = panel.pixels(points);
  const unit = isLevel ? panel.y(0) - panel.y(1) : panel.x(1) - panel.x(0);
  const half = (THICK / 2) * (step(ends.map((end) => end[isLevel ? 1 : 0])) || unit);
  return ends.map(([x, y]) => {
    if (isLevel) return [max(min(zero[0], x), left), y - half, min(max(zero[0], x), right), y + half];
    return [x - half, max(min(zero[1], y), top), x + half, min(max(zero[1], y), bottom)];
  });
}

function cells(panel, _, points) {
  return points.map(([x, y]) => [panel.x(x - CELL / 2), panel.y(y + CELL / 2), panel.x(x + CELL / 2), panel.y(y - CELL / 2)]);
}

// The least distance between different values, 0 of a single one.
function step(values) {
  const sorted = [...values].sort((a, b) => a - b), steps = sorted.slice(1).map((value, i) => value - sorted[i]).filter((size) => size > 1e-6);
  return steps.length ? min(...steps) : 0;
}

const pair = ([x, y]) => `${px(x)} ${px(y)}`;

export function stroke(panel, name, segments, look, layer = "lines") {
  let last = null, d = "";
  for (const [a, b] of segments) {
    const joined = last && last[0] === a[0] && last[1] === a[1];
    d += (joined ? "L" : "M" + pair(a) + "L") + pair(b);
    last = b;
  }
  const node = panel.thing(layer, "path", name, `line ${look}`);
  put(node, "d", d || "M0 0");
  return node;
}
