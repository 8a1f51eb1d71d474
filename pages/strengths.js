// Strengths of a penalty that are tried, their axis, and what an error among theirs means: the
// twin of lessons/swept.py.

import { gap } from "./lines.js";
import { log10, min } from "./numbers.js";
import { tenfold } from "./scales.js";

const APART = 1.2, WORTH = 1.1, NEARLY = 1.02, EXACT = 1e-12;

export const strengths = (weakest) => [0, ...tenfold(weakest, 10, 20)];

// Where a strength stands on an axis of powers of ten: 0 apart, at its left end.
export const offAxis = (lam, weakest) => log10(lam || weakest * 10 ** -APART);

export const three = (value) => Number(value.toPrecision(3));
export const told = (error) => (error > EXACT ? three(error) : 0);

// Where the error is least, if it is nearly that now; else on which side of the best this is.
function verdict(errors, now, isWeaker) {
  const least = min(...errors);
  if (now > NEARLY * least) return isWeaker ? "under" : "over";
  if (errors[0] <= WORTH * least) return "none";
  return errors[errors.length - 1] <= NEARLY * least ? "edge" : "inner";
}

// What is true of the least error, and of that now; `name` is that of the error.
export function choice(name, tried, best, now) {
  const values = { free: told(tried[0][name]), least: told(best[name]), best: best.lam };
  const kind = verdict(tried.map((each) => each[name]), now[name], now.lam < best.lam);
  const place = best.lam === 0 ? "none" : best.lam === 10 ? "edge" : "some";
  return { verdict: [`claim.verdict.${kind}`, values], least: [`claim.least.${place}`, values] };
}

// The strength of the least error, and where that is drawn.
export const leastOf = (name, tried) => tried.reduce((least, each) => (each[name] < least[name] ? each : least));

export function bestMarks(name, best, weakest) {
  const spot = [offAxis(best.lam, weakest), best[name]];
  return { drop: [spot, [spot[0], 0]], best: [spot] };
}

export const noiseMark = (noise, weakest) => [0, 10].map((lam) => [offAxis(lam, weakest), noise ** 2]);

// An error's curve, as far as lambda has come and whole, and dots at 0 and at lambda. `tried`
// are what is known at each strength, 0 first; `now` is so at lambda.
export function errorMarks(name, tried, now, weakest, top) {
  const at = (each) => [offAxis(each.lam, weakest), each[name]], dot = (each) => (each[name] <= top ? at(each) : gap);
  const [free, ...others] = tried;
  return {
    [name]: others.map(at), [`${name}-free`]: [dot(free)], [`${name}-now`]: [dot(now)],
    [`${name}-so-far`]: others.map((each) => (each.lam <= now.lam ? at(each) : gap)),
  };
}
