// All weights over lambda, those that are 0 told apart, and their count: the twin of
// lessons/paths_drawn.py.

import { gap, over } from "./lines.js";

// Where weights are not 0, and where they are: the others are not there.
export function toldApart(points, weights) {
  const only = (wanted) => points.map((point, j) => ((weights[j] === 0) === wanted ? point : gap));
  return [only(false), only(true)];
}

// The marks of one penalty's paths. What has no rows is no mark.
export function pathsAt({ name, logs, now, weights, at, zeros, near, n, upright, count: [none, all] }) {
  const [dots, holes] = toldApart(at.map((w) => [now, w]), at).map((each) => each.slice(0, near));
  const points = {
    [`dots-${name}`]: dots, [`holes-${name}`]: holes, [`now-${name}`]: upright.map((end) => [now, end]),
    [`count-${name}`]: [[now, none + (zeros / n) * (all - none)]],
  };
  if (weights) at.forEach((_, rank) => { points[`path-${rank}-${name}`] = over(logs, weights.map((each) => each[rank])); });
  return { points };
}
