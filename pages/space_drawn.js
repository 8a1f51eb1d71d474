// Surfaces, and panels that are dragged to turn them: only a lesson in space brings this along.

import { element, on, put } from "./panel.js";
import { raised } from "./picture_marks.js";
import { now, set } from "./state.js";

// Degrees that a panel turns for a pixel.
const DEGREES = 0.5;

// The farthest facet first, each a path of its own: it hides what is behind it. Labels stay off the
// surface as off lines.
function draw(panel, { name, role }, facets, sight) {
  const group = panel.thing("ground", "g", name, role);
  while (group.children.length > facets.length) group.lastChild.remove();
  facets.forEach(({ corners, percent }, i) => {
    const node = group.children[i] ?? element("path", group, { class: "facet" });
    put(node, "d", panel.path(panel.pixels(corners), true));
    node.style.setProperty("--share", `${percent}%`);
  });
  sight.lines.push(...facets.map(({ corners: [one, , other] }) => raised(panel.pixels([one, other]))));
}

// What is dragged to the right comes round from the left; what is dragged down is seen from above.
function turn(panel, names) {
  if ("turned" in panel.node.dataset) return;
  panel.node.dataset.turned = "";
  let at, from;
  on(panel.node, "pointerdown", (event) => {
    if (event.defaultPrevented) return;
    [at, from] = [[event.clientX, event.clientY], names.map((name) => now.values[name])];
    panel.node.setPointerCapture(event.pointerId);
  });
  on(panel.node, "pointermove", (event) => {
    if (!panel.node.hasPointerCapture(event.pointerId)) return;
    const by = [at[0] - event.clientX, event.clientY - at[1]];
    set(Object.fromEntries(names.map((name, i) => [name, from[i] + DEGREES * by[i]])));
  });
}

export const inSpace = { draw, turn };
