// L1 on one weight: the bend at 0 catches the minimizer.

import { play } from "./one_weight.js";

play("l1");
