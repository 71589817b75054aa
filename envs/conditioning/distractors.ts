import type { Rng } from '../rng.ts';
import type { Stimuli } from './stimuli.ts';

/** Rate of distractor i = 0, 1, ...: .1, .05, .0333, ... per step (both papers). */
export function distractorRate(i: number): number {
  return 1 / (10 * (i + 1));
}

/** Poisson distractors (Rafiee): one uniform draw per distractor that is off, in order; it comes on at once. */
export function planDistractors(distractors: Stimuli, time: number, rng: Rng): void {
  for (let i = 0; i < distractors.count; i++) {
    if (!distractors.isOn(i) && rng.uniform() < distractorRate(i)) distractors.plan(i, time);
  }
}
