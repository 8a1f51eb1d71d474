// The axes of a described panel, with their numbers and names.

import { max, min } from "./numbers.js";
import { put, px } from "./panel.js";
import { BARE, EM, raised, stroke } from "./picture_marks.js";
import { spaced } from "./placing.js";

// In pixels; boxes of type have room around them, of which two may share as much as `CLOSE`. A name
// beside its axis is off a marker at the end of that.
const NOTCH = 5, CLOSE = 3, ASIDE = 10;

export function drawAxes(panel, spec, [left, right, bottom, top], sight) {
  const { kind, ticks: [across, up], cross, mirrored } = spec, outward = mirrored ? 1 : -1, isBars = kind === "bars";
  const x = min(max(cross[0], left), right), y = isBars ? bottom : min(max(cross[1], bottom), top);
  const isUpright = kind !== "line" && (isBars || up.length > 0 || x === cross[0]);
  const axes = BARE.includes(kind) ? {} : {
    ...((!isBars || across.length > 0) && { x: [[left, y], [right, y]] }),
    ...(isUpright && { y: [[x, bottom], [x, top]] }),
  };
  for (const [name, ends] of Object.entries(axes)) {
    stroke(panel, `axis ${name}`, [panel.pixels(ends)], "axis");
    sight.lines.push(raised(panel.pixels(ends)));
  }
  if (spec.gap !== undefined) breakAt(panel, panel.x(spec.gap), panel.y(y));
  const has = { x: (at) => at >= left - 1e-9 && at <= right + 1e-9, y: (at) => at >= bottom - 1e-9 && at <= top + 1e-9 };
  const notches = across.filter(([value]) => has.x(value)).map(([at, runs]) => [at, runs, panel.x(at), panel.y(y)]);
  const every = isCrowded(panel, notches) ? 2 : 1;
  // The upright axis runs on through a number that stands below it.
  const isCrossed = (px, py) => isUpright && px === panel.x(x) && panel.y(bottom) > py + NOTCH;
  notches.forEach(([at, runs, px, py], i) => {
    const [begin, anchor] = isCrossed(px, py) ? [px + NOTCH, "start"] : [px, "middle"];
    if (i % every === 0) type(panel, `tick x ${at}`, runs, begin, py + 18, anchor, "tick", sight);
    stroke(panel, `notch x ${at}`, [[[px, py], [px, py + NOTCH]]], "axis");
  });
  for (const [at, runs, role] of up.filter(([value]) => has.y(value))) {
    const [px, py] = [isBars ? panel.box.left : panel.x(x), panel.y(at)];
    const node = type(panel, `tick y ${at}`, runs, px + 8 * outward, py + 5, mirrored ? "start" : "end", role ? `tick ${role}` : "tick", sight);
    // A long name is drawn together.
    const room = panel.box.left - 12;
    if (isBars && panel.widthOf(node, runs, "tick") > room) {
      put(node, "textLength", room);
      put(node, "lengthAdjust", "spacingAndGlyphs");
    }
    if (!isBars) stroke(panel, `notch y ${at}`, [[[px, py], [px + NOTCH * outward, py]]], "axis");
  }
  nameAxes(panel, spec, [panel.x(x), panel.y(y)], isUpright, sight);
}

// Whether numbers of a level axis would run into each other: on a phone not all have room.
function isCrowded(panel, notches) {
  const boxes = notches.map(([at, runs, x, y]) => panel.write(`tick x ${at}`, runs, x, y, "middle", "tick"));
  for (const [at] of notches) panel.seen.delete(`tick x ${at}`);
  return boxes.some(([left], i) => i && left < boxes[i - 1][2] - CLOSE);
}

// Where the level axis is broken.
function breakAt(panel, x, y) {
  stroke(panel, "gap", [[[x - 4, y], [x + 4, y]]], "gap");
  stroke(panel, "gap ends", [-4, 4].map((aside) => [[x + aside - 2, y + 6], [x + aside + 2, y - 6]]), "axis");
}

function nameAxes(panel, { kind, axes, short, ticks }, [x, y], isUpright, sight) {
  const { left, right, top, bottom } = panel.box, [level, upright] = axes;
  if (kind === "plane") {
    // A long name stands at the foot, off what lies along the axis, if that is below its numbers.
    const low = !short && bottom - y > 44;
    nameOver(panel, "x", level, right, low ? bottom - 8 : y - 8, "end", sight);
    if (isUpright) nameOver(panel, "y", upright, x + 8, top + 13, "start", sight);
    return;
  }
  if (short && kind !== "bars") type(panel, "axis name x", level, right + ASIDE, y + 5, "start", "name muted", sight);
  else type(panel, "axis name x", level, right, y + (ticks[0].length ? 36 : 18), "end", "name muted", sight);
  if (kind !== "chart") return;
  // By its axis, but within the panel.
  const node = type(panel, "axis name y", upright, x, top - 8, "start", "name muted");
  const wide = panel.widthOf(node, upright, "name muted"), begin = max(min(x - wide / 2, panel.width - wide - 2), min(left - 8, 8));
  put(node, "x", begin);
  sight.boxes.push(spaced([begin, 8 - top - 4, begin + wide, 8 - top + 13], EM));
}

// Where lines may run: of several words, none is seen between these.
function nameOver(panel, axis, runs, x, y, anchor, sight) {
  type(panel, `axis name ${axis}`, runs, x, y, anchor, "name muted", sight);
  if (!runs.some(([text]) => text.includes(" "))) return;
  const ground = panel.thing("marks", "rect", `ground ${axis}`, "under"), [left, under, right, over] = sight.boxes.at(-1);
  for (const [key, value] of Object.entries({ x: left, y: -over, width: right - left, height: over - under })) put(ground, key, px(value));
}

function type(panel, name, runs, x, y, anchor, look, sight) {
  panel.write(name, runs, x, y, anchor, look);
  const node = panel.things.get(name), wide = panel.widthOf(node, runs, look);
  const start = x - { start: 0, middle: wide / 2, end: wide }[anchor];
  sight?.boxes.push(spaced([start, -y - 4, start + wide, -y + 13], EM));
  return node;
}
