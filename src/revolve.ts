/**
 * Which states to keep where a sequence of steps must be gone through backwards and few states fit in memory: the
 * schedule of Griewank & Walther 2000. With c places for states (s_0 takes one) and r passes over any step,
 *   beta(c, r) = C(c + r, c)                                                 (1) steps that can be reversed
 *   T <= beta(c, r), r least:  r T - C(c + r, c + 1) forward steps           (2) no schedule needs fewer
 * not counting the one step that each reversal takes itself. T steps from s_0: advance m, keep that state, reverse the
 * later T - m with c - 1 places, then the first m with all c, where
 *   m = min(beta(c, r - 1), T - beta(c - 1, r - 1))                          (3)
 */

/** What is moved along the sequence: a present state and numbered places to keep states in. */
export interface Tape {
  keep(place: number): void; // the present state, over what was there
  recall(place: number): void; // makes a kept state the present one
  advance(from: number, to: number): void; // from s_from to s_to
  reverse(step: number): void; // from s_step: takes the step and goes back through it
}

/** Reverses steps length - 1, ..., 0. The present state is s_0. */
export function revolve(length: number, places: number, tape: Tape): void {
  if (length === 0) return;
  tape.keep(0);
  reverse(0, length, places, 0, tape);
}

/** Steps first .. first + length - 1. s_first lies in `place`, the last in use; `free` counts it and those after it. */
function reverse(first: number, length: number, free: number, place: number, tape: Tape): void {
  for (let left = length; left > 1;) {
    const m = split(left, free);
    tape.recall(place);
    tape.advance(first, first + m);
    if (left - m === 1) {
      tape.reverse(first + m);
    } else {
      tape.keep(place + 1);
      reverse(first + m, left - m, free - 1, place + 1, tape);
    }
    left = m;
  }
  tape.recall(place);
  tape.reverse(first);
}

/** (3) */
function split(length: number, c: number): number {
  const r = passes(length, c);
  return Math.min(choose(c + r - 1, c), length - choose(c + r - 2, c - 1));
}

/** (2) */
export function forwardSteps(length: number, places: number): number {
  if (length === 0) return 0;
  const r = passes(length, places);
  return r * length - choose(places + r, places + 1);
}

/** r, the least with beta(c, r) >= length. */
function passes(length: number, c: number): number {
  let r = 0;
  for (let reach = 1; reach < length; reach = (reach * (c + r)) / r) r++; // (1) beta(c, r) = beta(c, r - 1) (c + r) / r
  return r;
}

/** C(n, k) */
function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i; // whole at every i
  return product;
}
