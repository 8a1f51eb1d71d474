// What each update does to a weight, step by step: the twin of lessons/update_steps.py.

import { contour } from "./curves.js";
import { gap, joined, over, squared, there, walked, withAir } from "./lines.js";
import { abs, floor, max, min } from "./numbers.js";
import { awayFromZero } from "./one_weight.js";
import { gradient } from "./plane.js";
import { equals } from "./said.js";
import { rounded } from "./scales.js";
import { graph, soft } from "./soft.js";
import { UPDATES, walk } from "./updates.js";

const ROWS = { l1: 1.3, l2: 0.15 }, PULLS = [0.32, 0.64], HEIGHT = [-0.1, 2.2], SEEN = 0.01;
const LINES = { l1: "proximal", l2: "l2" }, AIR = 0.1, WIDE = 0.7, CLOSE_STEPS = [4, 18], FAR = 4;
const AROUND = 0.16, LEAST = 0.5, N_CONTOURS = 8, N_POINTS = 181;

// One weight, and what it is pulled by; one step more than is shown, whose pulls are. And two.
function track(update, loss, values) {
  const { step_size: eta, start, curvature, center, n_steps: many, plane_start: from } = values, slope = (w) => curvature * (w - center);
  const weights = walk(update, ([w]) => [slope(w)], [start], values, many + 1).map(([w]) => w), shown = weights.slice(0, -1);
  const pulls = shown.map((w, k) => [-eta * slope(w), weights[k + 1] - w + eta * slope(w)]);
  return { weights: shown, pulls, plane: walk(update, (w) => gradient(loss, w), from, values, many) };
}

function bandOf({ lam, step_size: eta, curvature, center }) {
  const slope = curvature * abs(center);
  if (lam <= slope) return null;
  const [short, long] = [eta * (lam - slope), eta * (lam + slope)];
  return center >= 0 ? [-short, long] : [-long, short];
}

// ---- where marks are

function pulls({ step, center }, tracks, reach) {
  const points = { zero: HEIGHT.map((y) => [0, y]) };
  for (const [name, rule] of Object.entries(LINES)) {
    const y = ROWS[name], { weights, pulls: all } = tracks[rule], level = (x, up) => x.map((at) => [at, y + up]);
    const rows = weights.map((w, k) => {
      const tip = w + all[k][0], end = tip + all[k][1];
      return [level([w, tip], PULLS[0]), level([tip, end], PULLS[1]), level([w], 0)];
    });
    // What rests would leave the same arrow again and again.
    const moved = all.map(([loss, penalty]) => abs(loss + penalty) >= SEEN * (reach[1] - reach[0]));
    points[`line-${name}`] = level(reach, 0);
    points[`goal-${name}`] = level([center], 0);
    [`loss-pulls-${name}`, `${name}-pulls`, `weight-${name}`].forEach((own, i) => {
      points[own] = rows[step][i];
      points[`${own}-before`] = rows.flatMap((row, k) => there(row[i], () => k < step && moved[k]));
    });
  }
  return points;
}

function bySteps({ step, n_steps: many }, tracks, band, landing, [low]) {
  const steps = tracks.l2.weights.map((_, k) => k), jumps = over(steps, tracks.sign.weights), level = (y) => [[0, y], [many, y]];
  const points = { level: level(0), jumps, "jumps-dots": jumps };
  if (band) points.band = [...level(band[1]), ...level(band[0]).reverse()];
  if (landing !== null) points.landing = [[landing, low], [landing, 0]];
  for (const [rule, { weights }] of Object.entries(tracks)) Object.assign(points, walked(rule, over(steps, weights), step));
  return { ...points, "proximal-dots": points.proximal };
}

// What the proximal step makes of the weight after the loss's step.
function softly({ step, lam, step_size: eta }, { weights, pulls }) {
  const tau = Number((lam * eta).toPrecision(4)), far = FAR * tau || 1, v = weights[step] + pulls[step][0];
  return {
    points: {
      "map-free": [[-far, -far], [far, far]], map: graph((x) => soft(x, tau), [tau], far),
      "map-now": [abs(v) > far ? gap : [v, v + pulls[step][1]]],
    },
    limits: [-far, far, -far, far], ticks: [{ places: tau ? [tau, -tau] : [] }, null],
  };
}

// What is seen of two weights, and where the marks are there.
function inPlane({ step, plane_start: start }, loss, tracks) {
  const { c } = loss, ways = Object.entries(tracks).map(([rule, { plane }]) => [rule, plane]);
  const limits = squared([...ways.flatMap(([, way]) => way), c, [0, 0]], AROUND, LEAST), unit = (limits[1] - limits[0]) / N_CONTOURS;
  const contours = joined(Array.from({ length: N_CONTOURS }, (_, i) => contour(loss, [c[0] + (i + 1) * unit, c[1]], N_POINTS)));
  const points = { contours, "plane-goal": [c], "plane-start": [start] };
  for (const [rule, way] of ways) Object.assign(points, walked(`way-${rule}`, way, step));
  return { points, limits, ticks: [rounded(limits[0], limits[1], 4), rounded(limits[2], limits[3], 4)] };
}

// ---- what is true

function claims({ step, n_steps: many, lam, curvature, center }, tracks, band, landing) {
  const w = (rule) => tracks[rule].weights[step], number = (rule) => ({ w: w(rule), is: equals(w(rule)) });
  const said = (rule) => [`claim.${rule}.${w(rule) === 0 ? "zero" : "moves"}`, number(rule)];
  const inBand = band && band[0] <= w("sign") && w("sign") <= band[1];
  return {
    step: ["claim.step", { step, last: many }], l2: said("l2"),
    sign: inBand ? ["claim.sign.band", { ...number("sign"), low: band[0], high: band[1] }] : ["claim.sign.moves", number("sign")],
    proximal: landing !== null && step >= landing ? ["claim.proximal.lands", { step: landing }] : said("proximal"),
    held: [`claim.${band ? "holds" : "short"}`, { lam, slope: curvature * abs(center) }],
  };
}

export function marks(values) {
  const { n_steps: many, closer, center, curvature: h, rho, plane_center: c } = values, loss = { h: [h, h * rho, h], c };
  const tracks = Object.fromEntries(Object.entries(UPDATES).map(([rule, update]) => [rule, track(update, loss, values)]));
  const map = softly(values, tracks.proximal), plane = inPlane(values, loss, tracks), band = bandOf(values);
  const landed = tracks.proximal.weights.indexOf(0), landing = band && landed >= 0 ? landed : null;
  const reach = withAir([0, center, ...Object.values(tracks).flatMap(({ weights }) => weights)], AIR), whole = [0, many, ...reach];
  const close = landing === null ? whole : [max(0, landing - CLOSE_STEPS[0]), min(many, landing + CLOSE_STEPS[1]), ...withAir(band, WIDE)];
  return {
    points: { ...pulls(values, tracks, reach), ...bySteps(values, tracks, band, landing, reach), ...map.points, ...plane.points },
    says: claims(values, tracks, band, landing), names: landing === null ? {} : { landing: { value: landing } },
    limits: { pulls: [...reach, ...HEIGHT], steps: whole.map((end, i) => end + closer * (close[i] - end)), map: map.limits, plane: plane.limits },
    ticks: { pulls: [rounded(...reach), []], steps: [rounded(0, many), rounded(...reach)], map: map.ticks, plane: plane.ticks },
  };
}

// A longer step would overshoot under L2 and run away; from 0 to 0 nothing would move.
marks.settle = (given) => {
  const values = given.start === 0 ? awayFromZero(given) : given;
  const allowed = max(0.001, floor(0.999 * 1000 / (values.curvature + 2 * values.lam)) / 1000);
  return { ...values, step_size: min(values.step_size, allowed), step: min(values.step, values.n_steps) };
};
