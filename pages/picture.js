// Any lesson's picture, its drivers as controls, and its story as guided steps: the one renderer
// of pages. A lesson's own module says only where its marks are, and what is true.

import { max } from "./numbers.js";
import { px, put } from "./panel.js";
import { along, clipped, place } from "./placing.js";
import { evenly, page, start } from "./runtime.js";
import { written } from "./said.js";
import { marks } from "./lesson.js";

const { picture } = page, EM = 16, MARKER = 6;
const drivers = Object.fromEntries(picture.drivers.map((driver) => [driver.name, driver]));
const inside = (spec) => picture.marks.filter((mark) => mark.panel === spec.name);

// ---- a panel

function drawPanel(panel, spec, view, shown) {
  const limits = view.limits?.[spec.name] ?? spec.limits;
  panel.frame(limits.slice(0, 2), limits.slice(2));
  const sight = { boxes: [], lines: [] };
  // What a lesson's numbers move with its knobs, its module says.
  const ticks = view.ticks?.[spec.name]?.map((axis) => axis.map((at) => [at, [[written(at), ""]]]));
  drawAxes(panel, { ...spec, ...(ticks && { ticks }) }, limits, sight);
  panel.write("title", spec.title, 8, 16, "start", "name title");
  const seen = inside(spec).filter((mark) => shown.includes(mark.name));
  for (const mark of seen) drawMark(panel, mark, view.points[mark.name], limits, sight);
  nameMarks(panel, seen, view, limits, sight);
}

function drawAxes(panel, { ticks: [across, up], cross: [x, y], axes }, [left, right, bottom, top], sight) {
  const lines = { x: [[left, y], [right, y]], y: [[x, bottom], [x, top]] };
  for (const [name, ends] of Object.entries(lines)) {
    stroke(panel, `axis ${name}`, [panel.pixels(ends)], "axis");
    sight.lines.push(raised(panel.pixels(ends)));
  }
  for (const [tick, runs] of across) number(panel, `x ${tick}`, runs, panel.x(tick), panel.y(y) + 18, "middle", sight);
  for (const [tick, runs] of up) number(panel, `y ${tick}`, runs, panel.x(x) - 8, panel.y(tick) + 5, "end", sight);
  for (const [tick] of across) stroke(panel, `notch x ${tick}`, [[[panel.x(tick), panel.y(y)], [panel.x(tick), panel.y(y) + 5]]], "axis");
  for (const [tick] of up) stroke(panel, `notch y ${tick}`, [[[panel.x(x), panel.y(tick)], [panel.x(x) - 5, panel.y(tick)]]], "axis");
  type(panel, "axis name x", axes[0], panel.x(right) + 6, panel.y(y) + 5, "start", "muted", sight);
  type(panel, "axis name y", axes[1], panel.x(x), panel.y(top) - 8, "middle", "muted", sight);
}

function drawMark(panel, mark, points, limits, sight) {
  const look = `${mark.role} ${mark.weight} ${mark.dash ? "dash" : ""}`;
  if (mark.kind === "point" || mark.kind === "cells") {
    points.forEach((point, i) => {
      if (Number.isNaN(point[0])) return;
      const [[x, y]] = panel.pixels([point]);
      const outline = mark.outline.map(([a, b]) => [x + MARKER * a, y - MARKER * b]);
      put(panel.thing("marks", "path", `${mark.name} ${i}`, `dot ${mark.role}`), "d", panel.path(outline, true));
      sight.boxes.push([x - MARKER, -y - MARKER, x + MARKER, -y + MARKER]);
    });
  } else if (mark.kind === "line" || mark.kind === "rule") {
    const segments = clipped(points, limits).map((ends) => panel.pixels(ends));
    const node = stroke(panel, mark.name, segments, look);
    if (mark.dash) put(node, "stroke-dasharray", mark.dash.join(" "));
    sight.lines.push(...segments.map(raised));
  } else if (mark.kind === "arrow") {
    panel.arrow(mark.name, ...points, look);
    sight.lines.push(raised(panel.pixels(points)));
  } else {
    panel.area(mark.name, points, mark.role === "region" ? "region" : `band ${mark.role}`);
  }
}

// Each label at its mark, with a leader where nothing beside that is free.
function nameMarks(panel, seen, view, limits, sight) {
  const labels = picture.labels.filter((label) => seen.some((mark) => mark.name === label.of));
  const nodes = labels.map((label) => {
    const mark = seen.find(({ name }) => name === label.of), look = `label ${mark.role}`;
    const node = panel.thing("type", "text", `label ${label.of}`, look);
    const runs = label.runs.map(([text, style]) => [filled(text, view.names?.[label.of]), style]);
    panel.set(node, runs);
    return { node, width: panel.widthOf(node, runs, look) };
  });
  const wishes = labels.map((label, i) => {
    const mark = seen.find(({ name }) => name === label.of), points = view.points[label.of];
    const is = mark.kind === "point" || mark.kind === "cells";
    const pixels = is ? panel.pixels(points) : along(clipped(points, limits).map((ends) => panel.pixels(ends)), label.spots);
    return { size: [nodes[i].width, 1.15 * EM], anchors: pixels.map(([x, y]) => [x, -y]), reach: is ? MARKER : 0 };
  });
  const frame = [2, -panel.height + 2, panel.width - 2, -2];
  place(frame, wishes, sight, EM).forEach(({ middle: [x, y], leader }, i) => {
    put(nodes[i].node, "x", px(x - nodes[i].width / 2));
    put(nodes[i].node, "y", px(0.32 * EM - y));
    if (leader) stroke(panel, `leader ${labels[i].of}`, [leader.map(([a, b]) => [a, -b])], `fine ${seen.find(({ name }) => name === labels[i].of).role}`, "type");
  });
}

const filled = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));

const raised = (ends) => ends.map(([x, y]) => [x, -y]);

const pair = ([x, y]) => `${px(x)} ${px(y)}`;

function stroke(panel, name, segments, look, layer = "lines") {
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

function number(panel, name, runs, x, y, anchor, sight) {
  panel.write(`tick ${name}`, runs, x, y, anchor, "tick");
  const half = runs.reduce((sum, [text]) => sum + text.length, 0) * 4, shift = { middle: -half, end: -2 * half }[anchor];
  sight.boxes.push([x + shift, -y - 3, x + shift + 2 * half, -y + 12]);
}

function type(panel, name, runs, x, y, anchor, look, sight) {
  panel.write(name, runs, x, y, anchor, `name ${look}`);
  sight.boxes.push([x - 8, -y - 4, x + 12, -y + 13]);
}

// ---- the page

function draw(view, panels, { stop }) {
  const told = picture.stops[stop - 1];
  for (const spec of picture.panels) drawPanel(panels[spec.name], spec, view, told?.shown ?? picture.free);
  const about = (name) => picture.marks.find((mark) => mark.name === name);
  const line = (name) => {
    const [key, values] = view.says[name];
    const filled = Object.entries(values).map(([place, value]) => [place, written(value)]);
    return [key, Object.fromEntries(filled), `toned ${about(name)?.role ?? name}`];
  };
  if (!told) return { readout: picture.says.map(line) };
  return { readout: [[told.heading, told.headed, "heading"], ...told.told, ...picture.says.filter((name) => told.shown.includes(name)).map(line)] };
}

function go(way) {
  return ({ stop }) => {
    const next = (stop + way + picture.stops.length + 1) % (picture.stops.length + 1);
    return { ...(picture.stops[next - 1]?.at ?? {}), stop: next };
  };
}

// A driver that is off or on is a switch.
const control = ({ name, values }) => (values.join() === "0,1" ? { name, toggle: true } : { name, values });

const [first] = picture.drivers, own = Object.keys(page.knobs).filter((name) => !drivers[name]);

start({
  panels: Object.fromEntries(picture.panels.map((spec) => [spec.name, { ratio: 0.9, margin: spec.margin }])),
  layout: picture.panels.length === 2 ? "pair" : undefined,
  extra: { ...Object.fromEntries(picture.drivers.map(({ name, values, rest }) => [name, values[rest]])), stop: 0 },
  bounds: { stop: { low: 0, high: picture.stops.length, whole: true } },
  knobs: [
    { title: "drivers", knobs: picture.drivers.map(control) },
    { title: "knobs", knobs: own.map((name) => ({ name, values: evenly(page.knobs[name].low, page.knobs[name].high, (page.knobs[name].high - page.knobs[name].low) / 100) })) },
  ].filter(({ knobs }) => knobs.length),
  actions: { back: go(-1), on: go(1) },
  play: {
    rate: 24,
    next: (values) => {
      const following = first.values.find((value) => value > values[first.name]);
      return following === undefined ? null : { [first.name]: following };
    },
    first: { [first.name]: first.values[0] },
  },
  compute: marks, draw,
});
