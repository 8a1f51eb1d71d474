// Strengths of a penalty that are tried, their axis, and what an error among theirs means: the
// twin of lessons/swept.py. What is known at a strength is `{ lam, test, ... }`, of which the
// test error is judged.

import { gap } from "./lines.js";
import { log10, max, min } from "./numbers.js";
import { page } from "./runtime.js";
import { three } from "./said.js";
import { tenfold } from "./scales.js";

const APART = 1.2, WORTH = 1.1, NEARLY = 1.02, EXACT = 1e-12;

export const STRONGEST = 10;
export const told = (error) => (error > EXACT ? three(error) : 0);

// Where the error is least, if it is nearly that now; else on which side of the best this is.
function verdict(errors, now, isWeaker) {
  const least = min(...errors);
  if (now > NEARLY * least) return isWeaker ? "under" : "over";
  if (errors[0] <= WORTH * least) return "none";
  return errors[errors.length - 1] <= NEARLY * least ? "edge" : "inner";
}

// What is true of the least error, and of that now.
export function choice({ tried, best }, now) {
  const values = { free: told(tried[0].test), least: told(best.test), best: best.lam };
  const kind = verdict(tried.map(({ test }) => test), now.test, now.lam < best.lam);
  const place = best.lam === 0 ? "none" : best.lam === STRONGEST ? "edge" : "some";
  return { verdict: [`claim.verdict.${kind}`, values], least: [`claim.least.${place}`, values] };
}

// What is known at the strength of the least error.
export const leastOf = (tried) => tried.reduce((least, each) => (each.test < least.test ? each : least));

// The strengths from the weakest on, 0 first, where they stand, and errors over them.
export function sweep(weakest) {
  // An axis of powers of ten: 0 apart, at its left end.
  const where = (lam) => log10(lam || weakest * 10 ** -APART);
  const at = (each, name) => [where(each.lam), each[name]];
  const ends = [where(0), max(where(STRONGEST), where(page.values.lam))];

  // The noise, each error's curve, as far as lambda has come and whole, with dots at 0 and at
  // lambda, and the least one with its strength.
  function errors(names, noise, { tried, best }, now, top) {
    const [free, ...others] = tried, seen = (each, name) => [each[name] <= top ? at(each, name) : gap];
    const spot = at(best, "test"), points = { noise: ends.map((x) => [x, noise]), best: [spot], drop: [spot, [spot[0], 0]] };
    for (const name of names) {
      Object.assign(points, {
        [name]: others.map((each) => at(each, name)), [`${name}-free`]: seen(free, name), [`${name}-now`]: seen(now, name),
        [`${name}-so-far`]: others.map((each) => (each.lam <= now.lam ? at(each, name) : gap)),
      });
    }
    return points;
  }

  return { strengths: [0, ...tenfold(weakest, STRONGEST, 20)], where, errors, window: (top) => [...ends, 0, top] };
}
