/** How much of its own error each update of a linear learner takes away, on features in [0, 1] and normal cumulants. */
import { createRng } from '@rl-tools/envs';
import { get } from './arrays.ts';
import { stepOf } from './learners.ts';
import { linearLearner, type RuleChoice } from './linear-bed.ts';

const SIZE = 5;
const DISCOUNT = 0.9;

export interface Overshoot {
  readonly worst: number; // largest share of an error that its update took away
  readonly flips: number; // updates that changed the error's sign
  readonly counted: number; // updates looked at
  readonly end: number; // the step at which weights left all bounds, or that of the end
}

export async function overshoot(rule: RuleChoice, steps: number): Promise<Overshoot> {
  const learner = await linearLearner(rule, SIZE);
  const rng = createRng('features');
  const draw = (): number[] => Array.from({ length: SIZE }, () => rng.uniform());
  let x = draw();
  learner.step(stepOf(x, 0, DISCOUNT, { start: true }));
  let [worst, flips, counted] = [0, 0, 0];
  let before = get(learner, 'head.weights');
  for (let t = 1; t < steps; t++) {
    const next = draw();
    const error = learner.step(stepOf(next, rng.normal(), DISCOUNT)).delta[0]!;
    const after = get(learner, 'head.weights');
    // The error is linear in the weights: what is left of it follows from what the update changed.
    const taken = after.reduce((sum, w, i) => sum + (w - before[i]!) * (x[i]! - DISCOUNT * next[i]!), 0);
    if (Math.abs(error) > 1e-9) {
      counted++;
      worst = Math.max(worst, taken / error);
      if (error * (error - taken) < 0) flips++;
    }
    if (!after.every((w) => Math.abs(w) < 1e6)) return { worst, flips, counted, end: t };
    [x, before] = [next, after];
  }
  return { worst, flips, counted, end: steps };
}
