// Two penalties, two pulls: move a weight and compare how hard each pulls it towards 0.

import { abs, max } from "./numbers.js";
import { chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { aria, evenly, label, start } from "./runtime.js";

const VALUE = { l1: (w, lam) => lam * abs(w), l2: (w, lam) => lam * w * w };
const SLOPE = { l1: (w, lam) => lam * Math.sign(w), l2: (w, lam) => 2 * lam * w };
const SHAPES = { l1: "diamond", l2: "circle" }, NAMES = ["l1", "l2"];

// ---- what there is to see

function compute({ lam, w }) {
  const each = (of) => Object.fromEntries(NAMES.map((name) => [name, of[name](w, lam) + 0]));
  // At 0 L1 pulls with anything from -lam to lam: that is what holds a weight there.
  return { values: each(VALUE), slopes: each(SLOPE), interval: w === 0 ? [-lam, lam] : null, equal: 0.5 };
}

// ---- the picture

function draw(view, { values: shapes, slopes }, { lam, w, reach }) {
  drawShapes(view, shapes, { lam, w, reach });
  drawSlopes(view, slopes, { lam, w, reach });
  const said = { w: exact(w), lam: exact(lam), l1: shown(abs(view.slopes.l1)), l2: shown(abs(view.slopes.l2)), ratio: shown(w === 0 ? 0 : 2 * abs(w)) };
  const kind = w === 0 ? "zero" : abs(w) < 0.5 ? "near" : abs(w) === 0.5 ? "equal" : "far";
  return {
    readout: [
      [`heading.${kind}`, said, "heading"],
      [w === 0 ? "l1.zero" : "l1.pull", said, "toned l1"],
      [w === 0 ? "l2.zero" : "l2.pull", said, "toned l2"],
      ["equal", said, "foot"],
    ],
    aria: aria(w === 0 ? "zero" : "says", said),
  };
}

function grid(reach) {
  return Array.from({ length: 161 }, (_, i) => ((i - 80) / 80) * reach);
}

function drawShapes(view, panel, { lam, w, reach }) {
  const top = max(lam * reach, lam * reach * reach) * 1.08;
  panel.frame([-reach, reach], [-0.06 * top, top]);
  chartAxes(panel, [label("w"), label("values")]);
  panel.line("zero", [[0, -0.06 * top], [0, top]], "axis", { avoid: 0.5 });
  for (const name of NAMES) {
    const points = grid(reach).map((x) => [x, VALUE[name](x, lam)]);
    panel.line(name, points, `${name} sharp`);
    panel.label(name, label(`value.${name}`), points.filter((_, i) => i > 95 && i % 8 === 0), name, { gap: 8 });
  }
  for (const name of NAMES) {
    // As long as it is strong: a quarter of the largest weight for a pull of lambda.
    const at = view.values[name], long = (0.25 * reach * view.slopes[name]) / lam;
    if (long !== 0) panel.arrow(`pull ${name}`, [w, at], [w - long, at], name);
    panel.dot(`${name} now`, [w, at], name, SHAPES[name], 7);
  }
  panel.line("now", [[w, -0.06 * top], [w, top]], "muted dotted", { avoid: 0.5 });
  handle(panel, w, reach);
}

function drawSlopes(view, panel, { lam, w, reach }) {
  const top = max(lam, 2 * lam * reach) * 1.08;
  panel.frame([-reach, reach], [-top, top]);
  chartAxes(panel, [label("w"), label("slopes")]);
  panel.line("zero", [[0, -top], [0, top]], "axis", { avoid: 0.5 });
  const upright = [[-reach, -lam], [0, -lam], [0, lam], [reach, lam]];
  panel.line("l1", upright, "l1 sharp");
  panel.line("l2", [[-reach, -2 * lam * reach], [reach, 2 * lam * reach]], "l2");
  panel.label("l1", label("slope.l1"), [[0.8 * reach, lam], [0.6 * reach, lam], [-0.7 * reach, -lam]], "l1", { gap: 8 });
  panel.label("l2", label("slope.l2"), [[0.7 * reach, 1.4 * lam * reach], [-0.6 * reach, -1.2 * lam * reach]], "l2", { gap: 8 });
  panel.line("now", [[w, -top], [w, top]], "muted dotted", { avoid: 0.5 });
  if (view.interval) panel.line("interval", [[0, -lam], [0, lam]], "l1 wide", { avoid: 0 });
  for (const name of NAMES) {
    panel.dot(`${name} now`, [w, view.slopes[name]], name, SHAPES[name], 7);
  }
  for (const x of [-0.5, 0.5]) panel.dot(`equal ${x}`, [x, Math.sign(x) * lam], "hollow", "square", 4);
  panel.label("equal", label("equal"), [[0.5, lam]], "ink small", { gap: 10, spared: true });
  handle(panel, w, reach);
}

function handle(panel, w, reach) {
  panel.grip("w", [w, 0], (to) => {
    const near = Number(to.toFixed(2));
    window.regviz.set({ w: abs(near) < 0.015 * reach ? 0 : near });
  }, { upright: true });
}

start({
  panels: { values: { ratio: 0.95 }, slopes: { ratio: 0.95 } },
  layout: "pair",
  extra: { w: 1.2 },
  bounds: { w: { low: -5, high: 5 } },
  knobs: [{ title: "knobs", knobs: [
    { name: "w", values: ({ reach }) => evenly(-reach, reach, reach / 100) },
    { name: "lam", values: [...evenly(0.05, 2, 0.05), ...evenly(2.1, 10, 0.1)] },
    { name: "reach", values: evenly(1, 5, 0.5) },
  ] }],
  settle: (values) => ({ ...values, w: max(-values.reach, Math.min(values.reach, values.w)) }),
  // From where it is, the weight shrinks to 0.
  play: { rate: 24, next: ({ w, reach }) => (w === 0 ? null : { w: abs(w) < 0.02 * reach ? 0 : Number((w - Math.sign(w) * 0.01 * reach).toFixed(3)) }), first: { w: 1.5 } },
  compute, draw,
});
