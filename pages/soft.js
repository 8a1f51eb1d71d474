// The soft threshold, L1's prox of one weight.

import { max, min } from "./numbers.js";

export const soft = (x, threshold) => x - min(max(x, -threshold), threshold) + 0;
