// Where a weight becomes exactly 0, and what L1 and L2 make of an optimum that turns: the twin of
// lessons/zone_map.py.

import { ball } from "./balls.js";
import { contour } from "./curves.js";
import { joined, squared } from "./lines.js";
import { PI, cos, max, sin } from "./numbers.js";
import { MIXES, constrained, length, level, lossOf, plus, solve, zones } from "./plane.js";
import { signed } from "./said.js";
import { cleared } from "./scales.js";

const FAR = 30, CONE = 0.9, RING = 0.3, VERTICES = 61, CIRCLE = 121, AIR = 0.08;
const CORNERS = [[1, 0], [-1, 0], [0, 1], [0, -1]];
const CONES = [[[1, -1], [1, 1]], [[-1, 1], [-1, -1]], [[-1, 1], [1, 1]], [[1, -1], [-1, -1]]];
const TURNS = Array.from({ length: 61 }, (_, i) => 3 * (i - 30));

function turned([x, y], degrees) {
  const angle = (degrees * PI) / 180, c = cos(angle), s = sin(angle);
  return [c * x - s * y, s * x + c * y];
}

export function marks({ turn, rho, curvature, center }) {
  const given = lossOf({ rho, curvature, center }), c = turned(given.c, turn), loss = { h: given.h, c };
  const size = length(given.c), reach = max(1, size), window = squared([[reach, reach], [-reach, -reach]], AIR);
  const found = { points: {}, says: {}, limits: { l1: window, l2: window }, ticks: {} }, spots = [given.c];
  zones(loss, MIXES.l1, 0, 1, 1, FAR).forEach((zone, i) => { found.points[`zone-${i + 1}-l1`] = zone; });
  found.points["cones-l1"] = joined(CORNERS.map((corner, i) => [plus(corner, CONES[i][0], CONE), corner, plus(corner, CONES[i][1], CONE)]));
  found.points["zone-l2"] = joined(CORNERS.map((corner) => { const ray = solve(loss.h, corner); return [corner, plus(corner, ray, FAR / length(ray))]; }));
  for (const [name, mix] of Object.entries(MIXES)) {
    const edge = ball(mix, 1, CIRCLE), { weights } = constrained(loss, mix, 1);
    const drawn = {
      ball: edge, edge, arc: TURNS.map((each) => turned(given.c, each)), unregularized: [c], optimum: [weights], swept: [weights], cross: [c],
      rings: contour(loss, plus(c, [size * RING, 0]), VERTICES), contour: contour(loss, weights, VERTICES),
    };
    for (const [what, rows] of Object.entries(drawn)) found.points[`${what}-${name}`] = rows;
    found.says[`optimum-${name}`] = said(name, weights, level(mix, c) <= 1);
    spots.push(weights);
  }
  found.ticks.l1 = found.ticks.l2 = cleared(window, spots, [1]);
  return found;
}

function said(name, [first, second], isFree) {
  const kind = isFree ? "free" : first === 0 ? "first" : second === 0 ? "second" : "none";
  return [`claim.${name}.${kind}`, signed({ first, second })];
}
