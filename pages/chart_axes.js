// Axes at the edges of a chart, with a grid; lambda may be counted in tenfolds.

import { ceil, floor, max } from "./numbers.js";
import { exact, power, put, ticks } from "./panel.js";

export function chartAxes(panel, [across, up]) {
  const { left, right, bottom, top } = panel.limits, box = panel.box;
  const many = max(3, floor((box.bottom - box.top) / 36));
  for (const tick of ticks(bottom, top, many)) {
    const y = panel.y(tick);
    put(panel.thing("ground", "path", `grid ${tick}`, tick === 0 ? "line axis" : "line grid"), "d",
      panel.path([[box.left, y], [box.right, y]]));
    panel.plain(`y ${tick}`, exact(tick), box.left - 7, y + 4.5, "end");
  }
  bottomAxis(panel, across);
  panel.write("axis name y", up, max(4, box.left - 44), 15, "start");
}

export function bottomAxis(panel, across) {
  const { left, right } = panel.limits, box = panel.box;
  const room = max(3, floor((box.right - box.left) / 80));
  for (const tick of panel.log ? tenfolds(left, right, room) : ticks(left, right, room)) {
    const x = panel.log ? panel.x(10 ** tick) : panel.x(tick);
    put(panel.thing("ground", "path", `tick ${tick}`, "line axis"), "d",
      panel.path([[x, box.bottom], [x, box.bottom - 5]]));
    panel.plain(`x ${tick}`, panel.log ? power(tick) : exact(tick), x, box.bottom + 17, "middle");
  }
  put(panel.thing("ground", "path", "edge", "line axis"), "d",
    panel.path([[box.left, box.bottom], [box.right, box.bottom]]));
  panel.write("axis name x", across, box.right, box.bottom + 35, "end");
}

function tenfolds(low, high, most) {
  const step = ceil((high - low) / most), found = [];
  for (let i = ceil(low - 1e-9); i <= high + 1e-9; i++) if (i % step === 0) found.push(i);
  return found;
}
