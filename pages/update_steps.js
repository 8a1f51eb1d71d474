// What each update does to a weight, step by step: the twin of lessons/update_steps.py.

import { abs, floor, max, min } from "./numbers.js";
import { squared } from "./lines.js";
import { rounded } from "./scales.js";
import { contour } from "./curves.js";
import { awayFromZero } from "./one_weight.js";
import { equals } from "./said.js";

const ROWS = { l1: 1.3, l2: 0.3 }, PULLS = [0.22, 0.44], FOOT = -0.1, HEAD = 2.0;
const LINES = { l1: "proximal", l2: "l2" }, CLOSE_STEPS = [4, 18], AIR = 0.1, SEEN = 0.01, FAR = 4, GONE = [NaN, NaN];

const soft = (x, threshold) => x - min(max(x, -threshold), threshold) + 0;

const UPDATES = {
  sign: (w, down, eta, lam) => down - eta * lam * Math.sign(w),
  proximal: (w, down, eta, lam) => soft(down, eta * lam),
  l2: (w, down, eta, lam) => down - 2 * eta * lam * w,
};

// One weight, and what it is pulled by; one step more than is shown, whose pulls are.
function track(rule, { lam, step_size: eta, start, curvature, center, n_steps: many }) {
  const weights = [start], pulls = [];
  for (let k = 0; k <= many; k++) {
    const w = weights[k], loss = -eta * (curvature * (w - center));
    weights.push(UPDATES[rule](w, w + loss, eta, lam));
    pulls.push([loss, weights[k + 1] - w - loss]);
  }
  return { weights: weights.slice(0, -1), pulls };
}

// The same rule on two weights.
function way(rule, values) {
  const { lam, step_size: eta, curvature, rho, plane_start: start, plane_center: c, n_steps: many } = values;
  const found = [start];
  for (let k = 0; k < many; k++) {
    const [x, y] = found[k], dx = x - c[0], dy = y - c[1], b = curvature * rho;
    const slope = [curvature * dx + b * dy, b * dx + curvature * dy];
    found.push([x, y].map((w, i) => UPDATES[rule](w, w - eta * slope[i], eta, lam)));
  }
  return found;
}

function bandOf({ lam, step_size: eta, curvature, center }) {
  const slope = curvature * abs(center);
  if (lam <= slope) return null;
  const [short, long] = [eta * (lam - slope), eta * (lam + slope)];
  return center >= 0 ? [-short, long] : [-long, short];
}

// ---- where marks are

function pulls(points, { step, center }, tracks, [low, high]) {
  points.zero = [[0, FOOT], [0, HEAD]];
  for (const [name, rule] of Object.entries(LINES)) {
    const y = ROWS[name], { weights, pulls: all } = tracks[rule];
    const arrows = all.map(([loss, penalty], k) => {
      const w = weights[k], tip = w + loss;
      return [[[w, y + PULLS[0]], [tip, y + PULLS[0]]], [[tip, y + PULLS[1]], [tip + penalty, y + PULLS[1]]]];
    });
    // What rests would leave the same arrow again and again.
    const moved = (k) => abs(all[k][0] + all[k][1]) >= SEEN * (high - low);
    points[`line-${name}`] = [[low, y], [high, y]];
    points[`goal-${name}`] = [[center, y]];
    [`loss-pulls-${name}`, `${name}-pulls`].forEach((own, i) => {
      points[own] = arrows[step][i];
      points[`${own}-before`] = arrows.flatMap((pair, k) => (k < step && moved(k) ? pair[i] : [GONE, GONE]));
    });
    points[`before-${name}`] = weights.map((w, k) => (k < step && moved(k) ? [w, y] : GONE));
    points[`weight-${name}`] = [[weights[step], y]];
  }
}

const upTo = (points, step) => points.map((point, k) => (k <= step ? point : GONE));

function bySteps(points, { step, n_steps: many }, tracks, band, landing, [low]) {
  points.jumps = points["jumps-dots"] = tracks.sign.weights.map((w, k) => [k, w]);
  if (band) points.band = [[0, band[0]], [many, band[0]], [many, band[1]], [0, band[1]]];
  if (landing !== null) points.landing = [[landing, low], [landing, 0]];
  for (const [rule, { weights }] of Object.entries(tracks)) {
    points[rule] = upTo(weights.map((w, k) => [k, w]), step);
    points[`${rule}-now`] = [[step, weights[step]]];
  }
  points["proximal-dots"] = points.proximal;
}

// What the proximal step makes of the weight after the loss's step.
function softly(points, { step, lam, step_size: eta }, { weights, pulls }) {
  const tau = Number((lam * eta).toPrecision(4)), far = FAR * tau || 1, v = weights[step] + pulls[step][0];
  points["map-free"] = [[-far, -far], [far, far]];
  points.map = [[-far, tau - far], [-tau, 0], [tau, 0], [far, far - tau]];
  points["map-now"] = [abs(v) > far ? GONE : [v, v + pulls[step][1]]];
  return { limits: [-far, far, -far, far], ticks: [tau ? [tau, -tau] : [], []] };
}

function inPlane(points, values) {
  const { step, curvature: h, rho, plane_start: start, plane_center: c } = values;
  const ways = Object.fromEntries(Object.keys(UPDATES).map((rule) => [rule, way(rule, values)]));
  const limits = squared([...Object.values(ways).flat(), c, [0, 0]], 0.16, 0.5);
  const loss = { h: [h, h * rho, h], c }, unit = (limits[1] - limits[0]) / 8;
  points.contours = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((i) => [...contour(loss, [c[0] + i * unit, c[1]], 181), GONE]);
  points["plane-goal"] = [c];
  points["plane-start"] = [start];
  for (const [rule, path] of Object.entries(ways)) points[`way-${rule}`] = upTo(path, step);
  for (const rule of ["proximal", "l2"]) points[`way-${rule}-now`] = [ways[rule][step]];
  return limits;
}

// ---- what is true

function claims({ step, n_steps: many, lam, curvature, center }, tracks, band, landing) {
  const slope = curvature * abs(center), w = (rule) => tracks[rule].weights[step];
  const said = (rule, kind, more) => [`claim.${rule}.${kind}`, { w: w(rule), is: equals(w(rule)), ...more }];
  const inBand = band && band[0] <= w("sign") && w("sign") <= band[1];
  const landed = landing !== null && step >= landing;
  return {
    step: ["claim.step", { step, last: many }],
    sign: inBand ? said("sign", "band", { low: band[0], high: band[1] }) : said("sign", "moves"),
    proximal: landed ? ["claim.proximal.lands", { step: landing }] : said("proximal", w("proximal") === 0 ? "zero" : "moves"),
    l2: said("l2", w("l2") === 0 ? "zero" : "moves"),
    held: [`claim.${band ? "holds" : "short"}`, { lam, slope }],
  };
}

export function marks(values) {
  const points = {}, many = values.n_steps, band = bandOf(values);
  const tracks = Object.fromEntries(Object.keys(UPDATES).map((rule) => [rule, track(rule, values)]));
  const landed = tracks.proximal.weights.indexOf(0), landing = band && landed >= 0 ? landed : null;
  const all = [0, values.center, ...Object.values(tracks).flatMap(({ weights }) => weights)];
  const air = AIR * (max(...all) - min(...all)), reach = [min(...all) - air, max(...all) + air];
  pulls(points, values, tracks, reach);
  bySteps(points, values, tracks, band, landing, reach);
  const plane = inPlane(points, values), soft = softly(points, values, tracks.proximal), whole = [0, many, ...reach];
  const wide = band && 0.45 * (band[1] - band[0]);
  const close = landing === null ? whole
    : [max(0, landing - CLOSE_STEPS[0]), min(many, landing + CLOSE_STEPS[1]), band[0] - wide, band[1] + wide];
  const limits = { pulls: [...reach, FOOT, HEAD], steps: whole.map((end, i) => end + values.closer * (close[i] - end)), map: soft.limits, plane };
  const numbers = {
    pulls: [rounded(...reach), []], steps: [rounded(0, many), rounded(...reach)],
    plane: [rounded(plane[0], plane[1], 4), rounded(plane[2], plane[3], 4)],
  };
  return { points, says: claims(values, tracks, band, landing), limits, ticks: numbers, names: landing === null ? {} : { landing: { value: landing } } };
}

// A longer step would overshoot under L2 and run away; from 0 to 0 nothing would move.
marks.settle = (given) => {
  const values = given.start === 0 ? awayFromZero(given) : given;
  const allowed = max(0.001, floor(0.999 * 1000 / (values.curvature + 2 * values.lam)) / 1000);
  return { ...values, step_size: min(values.step_size, allowed), step: min(values.step, values.n_steps) };
};
