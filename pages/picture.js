// Any lesson's picture, with its drivers as controls and its story as guided steps: the one
// renderer of pages. A lesson's own module says only where its marks are, and what is true.

import { answerOf, drawAnswer, judge } from "./asking.js";
import { framed } from "./address.js";
import { lay, show, spare } from "./face.js";
import { beatNow, go, here, isPlaying, last } from "./guide.js";
import { abs, ceil, floor, log10, max, min } from "./numbers.js";
import { px, put } from "./panel.js";
import { drawAxes } from "./picture_axes.js";
import { BARE, MARKER, drawMark, isDot, putNames } from "./picture_marks.js";
import { along, clipped } from "./placing.js";
import { evenly, nearest, page } from "./runtime.js";
import { alike, written } from "./said.js";
import { begin, now, render, set } from "./state.js";
import { marks } from "./lesson.js";

const { picture } = page, ROW = 26, LOW_ROW = 19, WIDE_ROW = 36, STRIP_ROW = 56;
// Half the width of a grip on one of many points, and the width of a digit, in pixels.
const NARROW = 12, DIGIT = 7.6;
// From dot to dot, of which each stands for a panel of a strip.
const LEAF = 14;
// Where along a line its name may stand.
const SPOTS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
const drivers = Object.fromEntries(picture.drivers.map((driver) => [driver.name, driver]));

// ---- a panel

function drawPanel(panel, spec, view, shown) {
  // They stay while something is dragged.
  panel.own = (panel.dragged && panel.own) || (view.limits?.[spec.name] ?? spec.limits);
  // What a lesson's numbers move with its knobs, its module says.
  const ticks = view.ticks?.[spec.name]?.map((axis, i) => numbers(axis, spec.ticks[i]));
  if (ticks && spec.kind === "chart" && spec.cross[0] <= panel.own[0]) makeRoom(panel, spec, ticks[1]);
  panel.frame(panel.own.slice(0, 2), panel.own.slice(2));
  const { left, right, bottom, top } = panel.limits, limits = [left, right, bottom, top];
  const sight = { boxes: [], lines: [] };
  drawAxes(panel, { ...spec, ...(ticks && { ticks }) }, limits, sight);
  title(panel, spec, sight);
  leaf(panel, spec, sight);
  const seen = picture.marks.filter((mark) => mark.panel === spec.name && shown.includes(mark.name) && isThere(mark, view)).map((mark) => ({ ...mark, role: view.roles?.[mark.name] ?? mark.role }));
  for (const mark of seen) {
    if (mark.kind === "surface") marks.inSpace.draw(panel, mark, view.facets[mark.name], sight);
    else drawMark(panel, spec, mark, view.points[mark.name], limits, sight);
    if (mark.grip && isOffered(mark.grip)) panel.grip(mark.name, view.points[mark.name][0], (...at) => drag(mark, at, panel));
    if (mark.moved) gripEach(panel, mark, view.points[mark.name], view.from[mark.name]);
  }
  if (spec.turned) marks.inSpace.turn(panel, spec.turned);
  inOrder(panel, seen);
  nameMarks(panel, seen, view, limits, sight);
}

// Set smaller where it would run into the dots, or out of sight.
function title(panel, spec, sight) {
  const look = `name title ${spec.role}`, { style } = panel.thing("type", "text", "title", look);
  style.removeProperty("--fit");
  const [from, under, to, over] = panel.write("title", spec.title, 8, 16, "start", look);
  const end = min(to, panel.width - LEAF * leaves.length);
  if (end < to) style.setProperty("--fit", (end - from) / (to - from));
  sight.boxes.push([from, -over, end, -under]);
}

// Which panel of a strip this is: a dot for each at the right of the title.
function leaf(panel, spec, sight) {
  leaves.forEach((each, i) => {
    const dot = panel.thing("type", "circle", `leaf ${i}`, each === spec ? "leaf here" : "leaf");
    for (const [key, value] of Object.entries({ cx: panel.width - LEAF * (leaves.length - i - 0.5), cy: 11, r: 3.5 })) put(dot, key, px(value));
  });
  if (leaves.length) sight.boxes.push([panel.width - LEAF * leaves.length, -LEAF, panel.width, -4]);
}

// Along an axis, in place of what is written there: numbers, or the same at other `places`.
function numbers(axis, written) {
  if (axis?.places) return written.slice(0, axis.places.length).map(([, ...each], j) => [axis.places[j], ...each]);
  return axis ? alike(axis).map((text, j) => [axis[j], [[text, ""]]]) : written;
}

// Beside an upright axis at the edge, for numbers that have grown.
function makeRoom(panel, spec, ticks) {
  const left = max(spec.left, ...ticks.map(([, [[text]]]) => DIGIT * text.length + 14));
  if (left === panel.margin.left) return;
  panel.margin = { ...panel.margin, left };
  panel.resize();
}

// A module may leave out what is not there.
const isThere = ({ name }, view) => view.points[name]?.some(([x]) => !Number.isNaN(x)) ?? false;

// What was described later stands on top, whenever it came.
function inOrder(panel, seen) {
  const order = seen.map(({ name }) => name).join();
  if (panel.order === order) return;
  panel.order = order;
  for (const { name } of seen) {
    const node = panel.things.get(name);
    if (node) node.parentNode.append(node);
  }
}

const isSeen = (mark, view, limits) => isDot(mark) || clipped(view.points[mark.name], limits).length > 0;

// A step has what it is about; in free play all can be moved.
const isOffered = (name) => (here() ? !here().ask && here().moves.includes(name) : Boolean(drivers[name] || name === "either" || (page.knobs[name] && offered(name))));

function gripEach(panel, mark, points, from) {
  points.forEach((point, i) => {
    if (!Number.isNaN(point[0])) panel.grip(`${mark.name} ${i}`, point, (...at) => move(mark, i, at, panel, from), NARROW);
  });
}

// To a hundredth of the panel's width: no finger is steadier.
function steady(values, panel) {
  const digits = max(0, 2 - floor(log10(panel.limits.right - panel.limits.left)));
  return values.map((value) => Number(value.toFixed(digits)));
}

// A driver takes the nearest of its values; a parameter what is pointed at.
function drag(mark, at, panel) {
  const [x, y] = steady(at, panel), driver = drivers[mark.grip];
  const off = (value, i) => abs((driver.places ?? driver.values)[i] - at[0]);
  if (driver) set({ [mark.grip]: driver.values.reduce(([best, least], value, i) => (off(value, i) < least ? [value, off(value, i)] : [best, least]), [0, Infinity])[0] });
  else set({ [mark.grip]: Array.isArray(page.values[mark.grip]) ? [x, y] : x });
}

// How far each point has been dragged from where it was: level and upright, of each in turn.
function move(mark, i, at, panel, from) {
  const known = now.values[mark.moved];
  const moved = known.length === 2 * from.length ? [...known] : from.flatMap(() => [0, 0]);
  moved.splice(2 * i, 2, ...steady(at.map((value, axis) => value - from[i][axis]), panel));
  set({ [mark.moved]: moved });
}

// Between a band's two sides, of which the second runs back.
const midway = (points) => points.slice(0, points.length / 2).map((point, i) => point.map((value, axis) => (value + points[points.length - 1 - i][axis]) / 2));

// Each label at its mark, with a leader where nothing beside that is free.
function nameMarks(panel, seen, view, limits, sight) {
  const labels = picture.labels.filter((label) => seen.some((mark) => mark.name === label.of && isSeen(mark, view, limits)));
  putNames(panel, sight, labels.map((label) => {
    const mark = seen.find(({ name }) => name === label.of), look = `label ${mark.role}${label.bold ? " bold" : ""}`;
    const node = panel.thing("type", "text", `label ${label.of}`, look), is = isDot(mark);
    const runs = label.runs.map(([text, style]) => [filled(text, view.names?.[label.of]), style]);
    panel.set(node, runs);
    const points = label.inside ? midway(view.points[label.of]) : view.points[label.of];
    const anchors = is ? panel.pixels(points.filter(([x]) => !Number.isNaN(x))) : along(clipped(points, limits).map((ends) => panel.pixels(ends)), label.spots ?? SPOTS);
    return { node, of: label.of, role: mark.role, width: panel.widthOf(node, runs, look), anchors, reach: is ? MARKER : 0 };
  }));
  // What an answer is called is clear of all that, too.
  panel.sight = sight;
}

const filled = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));

// ---- the page

// Panels, and those of them that are leafed through.
let panels, leaves = [];

function draw(view, values) {
  const beat = beatNow(), shown = beat?.shown ?? picture.free;
  const isFilled = ({ name }) => picture.marks.some((mark) => mark.panel === name && shown.includes(mark.name) && isThere(mark, view));
  const seen = picture.panels.filter((spec) => (beat ? beat.panels.includes(spec.name) : isFilled(spec)));
  layOut(seen, view.limits);
  for (const spec of picture.panels) drawPanel(panels[spec.name], spec, view, seen.includes(spec) ? shown : []);
  drawAnswers(values.stop, seen);
  lightUp(isPlaying() ? beat.lit : []);
  lookAt(beat ?? null, beat ? beat.about : seen[0]?.name);
  for (const panel of Object.values(panels)) panel.finish();
  show(linesOf(view, values, beat, seen), panels);
  // What is said is laid by now.
  if (measure(values.stop)) draw(view, values);
}

// An answer stays in sight where the story shows what is true.
function drawAnswers(stop, seen) {
  for (const step of [stop, stop - 1]) {
    const { ask: asked } = picture.steps[step - 1] ?? {};
    if (asked?.panel && asked.truth && stop && seen.some(({ name }) => name === asked.panel)) drawAnswer(panels[asked.panel], answerOf(step, asked), step === stop);
  }
}

// Of a strip of panels, the one that a beat is about is in sight; in free play the first of them.
let looked = null;
function lookAt(beat, about) {
  if (beat === looked) return;
  looked = beat;
  const node = panels[about]?.node, edge = node?.parentNode.getBoundingClientRect().left;
  if (node) node.parentNode.scrollBy({ left: node.getBoundingClientRect().left - edge });
}

function lightUp(lit) {
  for (const panel of Object.values(panels)) for (const [name, node] of panel.things) node.toggleAttribute("data-lit", lit.includes(name));
}

// What is told has the story's own numbers: it is true as long as nothing has been moved, and
// what it was about stays in sight.
function linesOf(view, values, beat, seen) {
  const line = (name) => {
    const [key, given] = view.says[name];
    return [page.html[key], Object.fromEntries(Object.entries(given).map(([place, value]) => [place, written(value)])), lookOf(name, view.roles)];
  };
  const isOfSeen = (name) => !picture.panels.some((spec) => !seen.includes(spec) && (name.endsWith(`-${spec.name}`) || picture.marks.some((mark) => mark.name === name && mark.panel === spec.name)));
  // What a task is checked by is told, as it is meanwhile, and what says how near it is.
  const { claims = {}, tells = [] } = here()?.task ?? {};
  const isTold = (name) => claims[name] || tells.includes(name) || (isOfSeen(name) && (!beat || beat.shown.includes(name)));
  const says = picture.says.filter((name) => view.says[name] && isTold(name)).map(line);
  if (!beat || here().ask) return beat ? [] : says;
  const isAt = (wanted) => Object.entries(wanted).every(([name, value]) => String(values[name] ?? "") === String(value ?? ""));
  const isOwn = isAt({ ...Object.fromEntries(Object.entries(page.values).filter(([name]) => !drivers[name])), ...unmoved });
  const stands = isOwn && (isPlaying() || isAt(beat.at));
  const told = beat.tell.map(([html, given, role]) => [html, given, `toned ${role}${stands ? "" : " gone"}`]);
  // What is told may be a claim, too.
  const isNew = ([html]) => !stands || !told.some(([other]) => other === html);
  // A task is there to choose other values.
  const first = here().task ? [] : isOwn ? told : [[page.html.told, {}, "foot"]];
  return [...first, ...says.filter(isNew)];
}

// A claim that is named after a mark has its colour; a verdict, on all or on a role, is a heading.
function lookOf(name, roles) {
  const [kind, role = ""] = name.split("-");
  if (kind === "verdict") return `heading ${role}`;
  return kind === "foot" ? kind : `toned ${roles?.[name] ?? picture.marks.find((mark) => mark.name === name)?.role ?? name}`;
}

// Only the panels that a step is about are there; an odd last one takes the whole width, and
// below others half as much height for it, or only the least where nothing is read off its height:
// then others have what is left. Two stand beside each other, as tall as each other; but
// for a line of numbers, which is long and low. On a phone, where they are leafed through, all are
// about as tall as each other. A frame has the height that the page tells it: there
// none grows with the window.
function layOut(seen, limits = {}) {
  const isWide = window.innerWidth >= BESIDE, isStrip = !isWide && seen.length > 1, isPiled = seen.length === 2 && seen.some(({ kind }) => kind === "line");
  const isOdd = seen.length % 2 === 1, last = seen.at(-1), isLow = isWide && isOdd && seen.length > 1 && last.kind === "chart" && last.ticks[1].length === 0;
  const tallest = room(isPiled ? 2 : ceil(seen.length / 2), isWide, isLow ? LOWEST : null), isTall = isWide && !framed && seen.length === 2 && !isPiled;
  document.documentElement.classList.toggle("wordy", seen.length === 0);
  for (const spec of picture.panels) {
    const panel = panels[spec.name], { node } = panel, index = seen.indexOf(spec);
    const isAcross = isOdd && spec === last;
    node.toggleAttribute("hidden", index < 0);
    node.classList.toggle("across", isAcross);
    node.parentNode.classList.toggle("pair", seen.length > 1);
    node.parentNode.classList.toggle("piled", isPiled);
    const isFlat = isAcross && isWide && seen.length > 1;
    const ratio = isTall ? TALL : isStrip ? max(1, RATIOS[spec.kind]) : (spec.kind === "chart" && isWide && (seen.length === 1 || isPiled) ? ALONE : RATIOS[spec.kind]) * (isFlat ? 0.5 : 1);
    panel.heightOf = heightOf({ ...spec, limits: limits[spec.name] ?? spec.limits }, ratio, isStrip ? STRIP_ROW : isWide && !framed ? WIDE_ROW : ROW, isLow && isAcross ? LOWEST : tallest);
  }
  // Once all have their places.
  for (const { name } of seen) {
    const panel = panels[name];
    if (panel.node.clientWidth !== panel.seenWidth || panel.heightOf(panel.width) !== panel.height) panel.resize();
  }
  const { scrollWidth, clientWidth } = document.querySelector(".stage");
  leaves = scrollWidth > clientWidth + 1 ? seen : [];
}

// What a row of panels has of the window's height, so that all the page is in sight at once. It
// is all that is left, where the last has the `lowest` beside it, to the fraction: a frame that takes the height the page tells stays as it is.
function room(rows, isWide, lowest) {
  if (!isWide) return max(LOWEST, yielded.height);
  // In a frame that is hidden no style has a value.
  const style = (node, what) => parseFloat(getComputedStyle(node)[what]) || 0, gap = (node) => style(node, "rowGap");
  const live = document.getElementById("live"), foot = style(document.getElementById("page"), "paddingBottom");
  const below = [...document.querySelectorAll(".presets, .knobs, .written")].map((node) => node.getBoundingClientRect().height).filter(Boolean);
  const top = live.getBoundingClientRect().top + window.scrollY;
  const left = window.innerHeight - top - foot - below.reduce((sum, high) => sum + high + gap(live), 0);
  const free = left - gap(document.querySelector(".stage")) * (rows - 1);
  return max(LOWEST, floor(lowest === null ? free / rows : (free - lowest) / (rows - 1)));
}

// On a phone the picture yields to the words of a step, as they are when it is come to: it stays
// while they change, and while the browser's own bars come and go.
let yielded = { by: null, height: 0 };
function measure(stop) {
  const { innerWidth: wide, innerHeight: high } = window, by = [stop, wide, framed && high].join();
  if (wide >= BESIDE || yielded.by === by) return false;
  yielded = { by, height: stop ? min(max(spare(), 0.3 * high), 0.5 * high) : 0.4 * high };
  return true;
}

// A panel's height by its width: bars take what their rows need.
const heightOf = ({ kind, limits: [, , bottom, top], ...margin }, ratio, row, tallest) => (width) => {
  const rows = (each) => each * (top - bottom) + margin.top + margin.bottom;
  if (kind === "bars") return min(rows(row), max(tallest, rows(LOW_ROW)));
  return min(max(width * ratio, LOWEST), tallest);
};

// Points that have not been dragged.
const unmoved = Object.fromEntries(picture.marks.filter((mark) => mark.moved).map((mark) => [mark.moved, []]));
const moved = picture.drivers.filter(({ told }) => !told), [first] = moved;
const offered = (name) => !picture.knobs || name in picture.knobs;
const own = Object.keys(picture.knobs ?? page.knobs).filter((name) => page.knobs[name] && !drivers[name]);

// A slider, two of them for a point, or a choice of few; none for what is dragged alone.
function knobOf(name) {
  const { low, high, options } = page.knobs[name];
  if (options) return [{ name, options }];
  const values = picture.knobs?.[name] ?? evenly(low, high, (high - low) / 100);
  const when = (given) => !either.includes(name) || given.either === name;
  return values.length ? [{ name, values, when, ...(Array.isArray(page.values[name]) && { parts: [0, 1] }) }] : [];
}

// Parameters of which one is given: the others are not there, and a choice says which.
const { either = [] } = picture;
const which = either.find((name) => page.values[name] != null);
const chosen = (values) => ({ ...values, ...Object.fromEntries(either.filter((name) => name !== values.either).map((name) => [name, null])) });
// Of some drivers a module knows no values but theirs.
const known = (name, value) => drivers[name].values[nearest(drivers[name].values, value)];
const onStops = (values) => ({ ...values, ...Object.fromEntries((marks.stops ?? []).map((name) => [name, known(name, values[name])])) });
const settle = (values) => chosen((marks.settle ?? ((stopped) => stopped))(onStops(values)));

// A driver that is off or on is a switch.
const controlOf = ({ name, values }) => (values.join() === "0,1" ? { name, toggle: true } : { name, values });

// One that counts has no values between.
const isCounted = ({ values }) => values.every(Number.isInteger);

const isSquare = ({ kind }) => kind === "plane" || BARE.includes(kind);

// A driver that starts from a parameter may go further than that.
const ranges = Object.fromEntries(picture.drivers.filter(({ name }) => page.knobs[name]).map((driver) => {
  const { name, values } = driver, { low, high } = page.knobs[name];
  return [name, { low: min(low, values[0]), high: max(high, values.at(-1)), whole: isCounted(driver) }];
}));

// Height by width: of a chart alone in a wide window, and of two panels beside each other in one,
// too; and from which width of the window on panels stand beside each other.
const RATIOS = { chart: 1.1, plane: 1, space: 0.8, sketch: 1, line: 0.6, bars: 1 }, ALONE = 0.78, TALL = 1.3, BESIDE = 860;
const LOWEST = 220; // of a panel

const marginOf = ({ left, right, bottom, top }) => ({ left, right, bottom, top });

begin({
  extra: { ...Object.fromEntries(picture.drivers.map(({ name, rest }) => [name, rest])), ...unmoved, stop: 0, ...(which && { either: which }) },
  bounds: { ...Object.fromEntries(picture.drivers.filter(isCounted).map(({ name }) => [name, { whole: true }])), ...ranges, stop: { low: 0, high: last, whole: true } },
  // Which values go together, a lesson may say.
  settle, compute: marks, draw,
});
panels = lay({
  shapes: Object.fromEntries(picture.panels.map((spec) => [spec.name, { isPlane: isSquare(spec), margin: marginOf(spec), heightOf: heightOf(spec, 0, ROW, LOWEST) }])),
  groups: [
    { title: "drivers", knobs: moved.map(controlOf) },
    { title: "knobs", knobs: [...(which ? [{ name: "either", options: either }] : []), ...own.flatMap(knobOf)] },
  ].filter(({ knobs }) => knobs.length),
  isOffered, driver: first, unmoved, seeds: Boolean(page.html["button.fresh"]), fields: marks.fields,
});
render();
window.regviz = { page, compute: marks, settle, set, values: () => ({ ...now.values }), view: () => now.view, render, go, isPlaying, judge, first: now.first };
