// L2 on one weight: the round penalty shrinks the minimizer and never stops it at 0.

import { play } from "./one_weight.js";

play("l2");
