// Axes through 0, with arrowheads: those of a plane of two weights.

import { floor, max, min } from "./numbers.js";
import { exact, ticks } from "./panel.js";

export function planeAxes(panel, [across, up]) {
  const { left, right, bottom, top } = panel.limits;
  const line = (name, from, to) => panel.arrow(name, from, to, "axis", { avoid: 0.5 });
  if (bottom < 0 && top > 0) line("axis x", [left, 0], [right, 0]);
  if (left < 0 && right > 0) line("axis y", [0, bottom], [0, top]);
  const room = max(3, floor(panel.width / 110));
  const [x0, y0] = [min(max(0, left), right), min(max(0, bottom), top)];
  for (const tick of ticks(left, right, room)) {
    if (tick !== 0) panel.plain(`x ${tick}`, exact(tick), panel.x(tick), panel.y(y0) + 17, "middle", 4);
  }
  for (const tick of ticks(bottom, top, room)) {
    if (tick !== 0) panel.plain(`y ${tick}`, exact(tick), panel.x(x0) - 7, panel.y(tick) + 4.5, "end", 4);
  }
  panel.write("axis name x", across, panel.box.right - 4, panel.y(y0) - 9, "end");
  panel.write("axis name y", up, panel.x(x0) + 9, panel.box.top + 12, "start");
}
