// Two penalties, two pulls: the twin of lessons/penalty_shapes.py.

import { abs, max, min, sign, sqrt } from "./numbers.js";

const HEADROOM = 1.3, BELOW = 0.24, SUPPORT = 0.3, AT_ZERO = 2;
const VALUE = { l1: (w, lam) => lam * abs(w), l2: (w, lam) => lam * w * w };
const SLOPE = { l1: (w, lam) => lam * sign(w) + 0, l2: (w, lam) => 2 * lam * w + 0 };
const HELD = { l1: 0, l2: 0.5 };

export function marks({ w, lam, reach, turn, up, down, away }) {
  const outermost = min(0.75 * reach, sqrt(0.92 * HEADROOM * reach));
  const probes = [1, 0.4].map((part) => outermost * part), sides = [...probes, ...probes.map((at) => -at)];
  const arrow = min(0.4, 0.2 * outermost) / lam, highest = HEADROOM * lam * reach, steepest = 1.08 * 2 * lam * max(outermost, 0.5);
  const grid = Array.from({ length: 161 }, (_, i) => (reach * (i - 80)) / 80), points = {}, half = SUPPORT * reach;
  const nowhere = [NaN, NaN], across = reach >= 2 ? [-1, 1, 2, -2] : [-1, 1];
  for (const name of ["l1", "l2"]) {
    const value = (x) => VALUE[name](x, lam), slope = (x) => SLOPE[name](x, lam), is = name === "l1";
    const now = [w, value(w)], held = away * HELD[name], zero = [held, value(held)], tug = AT_ZERO * arrow * lam * away;
    const from = (x) => [[x, value(x)], [x - arrow * slope(x), value(x)]];
    const tilt = is ? turn * lam : 0, inner = max(w, 0), outer = max(-w, 0), end = is ? lam : 2 * lam * reach;
    const along = (at) => [[at, is ? lam : 2 * lam * at], [reach, end]];
    const reading = w === 0 && is ? nowhere : [w, slope(w)];
    Object.assign(points, {
      [`curve-${name}`]: grid.map((x) => [x, value(x)]),
      [`support-${name}`]: [[-half, -half * tilt + 0], [half, half * tilt + 0]],
      [`pulls-${name}`]: sides.flatMap(from),
      [`pull-${name}`]: w === 0 ? [nowhere, nowhere] : from(w),
      [`answer-${name}`]: [zero, [held - tug, zero[1]]], [`loss-${name}`]: [zero, [held + tug, zero[1]]],
      [`zero-${name}`]: [zero], [`now-${name}`]: [now],
      [`slope-${name}`]: is ? [[-reach, -lam], [0, -lam], [0, lam], [reach, lam]] : [[-reach, -2 * lam * reach], [0, 0], [reach, 2 * lam * reach]],
      [`trace-${name}`]: along(inner), [`other-${name}`]: along(outer).map(([x, y]) => [0 - x, 0 - y]),
      [`upright-${name}`]: [[0, is ? 0 - down * lam : 0], [0, is ? up * lam : 0]],
      [`stem-${name}`]: w === 0 ? [nowhere, nowhere] : [[w, 0], reading],
      [`reading-${name}`]: [reading], [`tilt-${name}`]: [[held, tilt + away * lam]],
    });
  }
  Object.assign(points, {
    "bound-upper": [[-reach, lam], [reach, lam]], "bound-lower": [[-reach, -lam], [reach, -lam]], equal: [[0.5, 0], [0.5, lam]], interval: [[0, -lam], [0, lam]],
  });
  const limits = { values: [-reach, reach, -BELOW * highest, highest], slopes: [-reach, reach, -steepest, steepest] };
  const ticks = { values: [across, [lam, 2 * lam]], slopes: [across, [lam, -lam]] };
  return { points, limits, ticks, names: { equal: { w: 0.5 } }, says: said(w, lam) };
}

function said(w, lam) {
  const pull = 2 * lam * abs(w), kind = w === 0 ? "zero" : "pull";
  const which = w === 0 ? "zero" : pull === lam ? "equal" : pull > lam ? "far" : "near";
  return {
    case: [`claim.case.${which}`, { w }],
    "now-l1": [`claim.l1.${kind}`, { w, lam }],
    "now-l2": [`claim.l2.${kind}`, { pull, ...(w === 0 ? {} : { ratio: 2 * abs(w) }) }],
    equal: ["claim.equal", { lam, w: 0.5 }],
  };
}
