// Balls of every power, their tips and their farthest points: the twin of lessons/lq_balls.py.

import { ball, lqBall, lqFarthest, lqTip, netFarthest, netTip } from "./balls.js";
import { PI, atan2, cos, sin } from "./numbers.js";
import { equals } from "./said.js";

const POINTS = 97, TIP_POINTS = 57, [LEFT, RIGHT, BOTTOM, TOP] = [-1.4, 0.6, -1, 1], REACH = 4.5;
const CONTOUR = 0.75, PULL = 0.55;

// Beyond what is seen, corners close what is inside a tip.
const closed = (side) => [[-REACH, side[0][1]], ...side, [-REACH, side.at(-1)[1]]];

const weight = (key, w, turn) => [`claim.${key}.${w === 0 ? "zero" : "other"}`, { w, turn, is: equals(w) }];

export function marks({ q, zoom, turn, ratio }) {
  const pull = [cos((turn * PI) / 180), sin((turn * PI) / 180)], along = [0 - CONTOUR * pull[1], CONTOUR * pull[0]];
  const own = lqBall(q, POINTS), tip = closed(lqTip(q, zoom, TIP_POINTS, REACH)), far = lqFarthest(q, pull), net = netFarthest(ratio, pull);
  const ray = [q <= 1 ? -2 : 0, q >= 1 ? 2 : 0], level = 2 * 0.5 ** q, angle = (360 / PI) * atan2(2 - ratio, ratio);
  const lens = [[LEFT, BOTTOM], [RIGHT, BOTTOM], [RIGHT, TOP], [LEFT, TOP], [LEFT, BOTTOM]];
  return {
    points: {
      ball: own, lq: own, net: ball({ l1: ratio, l2: 1 - ratio }, 1, POINTS),
      half: lqBall(0.5, POINTS), l1: lqBall(1, POINTS), l2: lqBall(2, POINTS), square: lqBall(Infinity, POINTS),
      chord: [[1, 0], [0, 1]], middle: [[0.5, 0.5]], lens: lens.map(([x, y]) => [1 + x / zoom, y / zoom]),
      "contour-lq": [[far[0] - along[0], far[1] - along[1]], [far[0] + along[0], far[1] + along[1]]],
      pull: [[0, 0], pull.map((x) => PULL * x)], "far-net": [net], "far-lq": [far],
      "ball-tip": tip, tangent: [[ray[0], 0 - ray[1]], [0, 0], ray], "lq-tip": tip, "net-tip": closed(netTip(ratio, zoom, TIP_POINTS, REACH)),
    },
    says: {
      lq: [`claim.lq.${q < 1 ? "needle" : q === 1 ? "corner" : "round"}`, { q }],
      net: ["claim.net", { ratio, angle, is: equals(angle) }],
      middle: [`claim.middle.${level > 1 ? "out" : level === 1 ? "on" : "in"}`, { q, level, is: equals(level) }],
      "far-lq": weight("far", far[1], turn),
      "far-net": weight("net-far", net[1], turn),
    },
    names: { lq: { value: q }, "lq-tip": { value: q } },
  };
}
