// Step by step: what each update does to one weight, its pulls as arrows.

import { abs, floor, max, min } from "./numbers.js";
import { bottomAxis, chartAxes } from "./chart_axes.js";
import { shown, exact } from "./panel.js";
import { page, evenly, label, start } from "./runtime.js";
import { tenfold } from "./scales.js";

const RULES = ["sign", "proximal", "l2"];
const LOOK = { sign: "l1", proximal: "l1", l2: "l2" };
const SHAPES = { sign: "square", proximal: "diamond", l2: "circle" };
const DASH = { sign: "fine dashed", proximal: "", l2: "" };

// ---- what there is to see

const soft = (x, threshold) => x - min(max(x, -threshold), threshold) + 0;

const UPDATES = {
  sign: (w, down, eta, lam) => down - eta * lam * Math.sign(w),
  proximal: (w, down, eta, lam) => soft(down, eta * lam),
  l2: (w, down, eta, lam) => down - 2 * eta * lam * w,
};

function compute(values) {
  const { lam, step_size: eta, start: first, curvature, center, n_steps: many } = values;
  const tracks = {};
  for (const rule of RULES) {
    const weights = [first], pulls = [];
    for (let k = 0; k < many; k++) {
      const w = weights[k], loss = -eta * curvature * (w - center);
      const next = UPDATES[rule](w, w + loss, eta, lam);
      pulls.push([loss, next - w - loss]);
      weights.push(next);
    }
    tracks[rule] = { weights, pulls };
  }
  const slope = curvature * abs(center), landed = tracks.proximal.weights.indexOf(0);
  return {
    tracks,
    slope,
    band: lam > slope ? bandOf(eta, lam, slope, center) : null,
    landing: lam > slope && landed >= 0 ? landed : null,
  };
}

function bandOf(eta, lam, slope, center) {
  const [short, long] = [eta * (lam - slope), eta * (lam + slope)];
  return center >= 0 ? [-short, long] : [-long, short];
}

// ---- the picture

function draw(view, { line, run }, values) {
  const k = values.step, all = RULES.flatMap((rule) => view.tracks[rule].weights);
  const ends = [min(0, values.center, ...all), max(0, values.center, ...all)];
  const air = 0.1 * (ends[1] - ends[0]) || 1, reach = [ends[0] - air, ends[1] + air];
  drawLine(view, line, values, k, reach);
  drawRun(view, run, values, k, reach);
  return { readout: readout(view, values, k) };
}

// Three number lines, one for each rule: where the weight is, and what pulls it.
function drawLine(view, panel, values, k, reach) {
  panel.frame(reach, [0, 3]);
  panel.line("zero", [[0, 0], [0, 3]], "axis", { avoid: 1 });
  panel.line("goal", [[values.center, 0], [values.center, 3]], "loss dotted", { avoid: 1 });
  panel.label("goal", label("goal"), [[values.center, 2.98], [values.center, 0.04]], "loss small", { gap: 6, spared: true });
  RULES.forEach((rule, i) => {
    const y = 2.28 - i, look = LOOK[rule], { weights, pulls } = view.tracks[rule];
    panel.line(`axis ${rule}`, [[reach[0], y], [reach[1], y]], "axis", { avoid: 1 });
    weights.slice(0, k).forEach((w, at) => panel.dot(`${rule} ${at}`, [w, y], `${look} quiet`, "circle", 2.4));
    const w = weights[k];
    if (k < pulls.length) {
      const [loss, penalty] = pulls[k];
      panel.arrow(`${rule} loss`, [w, y + 0.2], [w + loss, y + 0.2], "loss");
      panel.arrow(`${rule} penalty`, [w + loss, y + 0.34], [w + loss + penalty, y + 0.34], look);
    }
    panel.dot(`${rule} now`, [w, y], look, SHAPES[rule], 7);
    panel.write(`${rule} name`, label(`rule.${rule}`), panel.box.left, panel.y(y + 0.56), "start", `label ${look} strong`);
    panel.write(`${rule} value`, label("value", { w: shown(w, 3) }), panel.box.right, panel.y(y + 0.56), "end", `label ${look}`);
  });
  bottomAxis(panel, label("w"));
}

// The weight against the step.
function drawRun(view, panel, values, k, reach) {
  const many = values.n_steps;
  panel.frame([0, many], reach);
  chartAxes(panel, [label("step"), label("weight")]);
  if (view.band) {
    const [low, high] = view.band;
    panel.area("band", [[0, low], [many, low], [many, high], [0, high]], "band l1");
  }
  for (const rule of RULES) {
    const points = view.tracks[rule].weights.map((w, at) => [at, w]);
    panel.line(`${rule} ahead`, points, `${LOOK[rule]} fine faint`, { avoid: 0.6 });
    if (k) panel.line(rule, points.slice(0, k + 1), `${LOOK[rule]} ${DASH[rule]}`);
    panel.dot(`${rule} now`, points[k], LOOK[rule], SHAPES[rule], 6);
    const named = points.filter((_, at) => at % max(1, floor(many / 10)) === 0);
    panel.label(rule, label(`short.${rule}`), rule === "sign" ? named.slice(6) : named.slice(1), `${LOOK[rule]} small`, { gap: 7, spared: true });
  }
}

// ---- the words

function readout(view, values, k) {
  const { sign, proximal, l2 } = view.tracks, at = (track) => shown(track.weights[k], 4);
  const band = view.band?.map((end) => shown(end, 3)) ?? [];
  const inBand = view.band && sign.weights[k] >= view.band[0] && sign.weights[k] <= view.band[1];
  return [
    ["heading", { step: k, last: values.n_steps }, "heading"],
    [`sign.${inBand ? "band" : "moves"}`, { w: at(sign), low: band[0], high: band[1] }, "toned l1"],
    [proximal.weights[k] === 0 && view.landing !== null ? "proximal.zero" : "proximal.moves", { w: at(proximal), landing: view.landing }, "toned l1"],
    [`l2.${l2.weights[k] === 0 ? "zero" : "moves"}`, { w: at(l2) }, "toned l2"],
    [view.band ? "holds" : "short", { lam: exact(values.lam), slope: shown(view.slope) }, "foot"],
  ];
}

// ---- begin

// A longer step would overshoot under L2 and run away.
function settle(values) {
  const longest = 1 / (values.curvature + 2 * values.lam);
  const allowed = floor(0.999 * longest * 1000) / 1000;
  return values.step_size <= allowed ? values : { ...values, step_size: max(0.001, allowed) };
}

start({
  panels: { line: { height: 300, left: 16 }, run: { ratio: 0.44 } },
  knobs: [
    { title: "update", knobs: [
      { name: "lam", values: evenly(0, 10, 0.05) },
      { name: "step_size", values: [...tenfold(0.001, 0.01, 10), ...evenly(0.02, 0.5, 0.01)] },
    ] },
    { title: "loss", knobs: [
      { name: "start", values: evenly(-5, 5, 0.1) },
      { name: "center", values: evenly(-3, 3, 0.05) },
      { name: "curvature", values: evenly(0.05, 2, 0.05) },
    ] },
    { title: "view", knobs: [
      { name: "step", values: ({ n_steps: many }) => evenly(0, many, 1) },
      { name: "n_steps", values: evenly(5, 200, 5) },
    ] },
  ],
  bounds: { step: { low: 0, high: page.knobs.n_steps.high, whole: true } },
  play: { rate: 4, last: ({ tracks }) => tracks.l2.weights.length - 1 },
  settle, compute, draw,
});
