// The soft threshold, L1's prox of one weight, and graphs of such maps: straight between bends.

import { max, min } from "./numbers.js";

export const soft = (x, threshold) => x - min(max(x, -threshold), threshold) + 0;

// An odd map, by its vertices on the right of 0.
export const mirrored = (right) => [...right.map(([x, y]) => [0 - x, 0 - y]).reverse(), ...right];

// A map as far as `reach`, by the sizes at which it bends.
export const graph = (map, bends, reach) => mirrored([...bends, reach].map((x) => [x, map(x)]));
