/** A linear learner on a supervised stream: its error, by targets or as TD errors with discount 0. */
import { createRng, makeEnv } from '@rl-tools/envs';
import type { ReferenceLearner } from '../../src/learner.ts';
import { linearLearner, type RuleChoice } from './linear-bed.ts';

export interface Examples {
  readonly size: number;
  next(x: Float64Array): number; // writes the next example; returns its target
}

/** The tracking task of Sutton 1992, or another of these options. */
export async function tracking(seed: number, options: object = {}): Promise<Examples> {
  const env = await makeEnv('tracking', { ...options });
  const out = {
    observation: new Float64Array(env.observationSpace.size),
    reward: 0,
    terminated: false,
    truncated: false,
  };
  let begun = false;
  return {
    size: out.observation.length,
    next(x) {
      if (begun) env.stepInto(0, out);
      else env.resetInto(out, { seed });
      begun = true;
      x.set(out.observation);
      return env.value!()!;
    },
  };
}

/** Twenty normal inputs, noise of variance 1; the first five weights of the target walk by a normal step each time. */
export function drift(seed: number): Examples {
  const rng = createRng(`drift ${seed}`);
  const truth = new Float64Array(5);
  return {
    size: 20,
    next(x) {
      let y = rng.normal();
      for (let i = 0; i < x.length; i++) {
        x[i] = rng.normal();
        if (i < truth.length) y += (truth[i]! += rng.normal()) * x[i]!;
      }
      return y;
    },
  };
}

export interface Regression {
  readonly examples: number;
  readonly from?: number; // first example that counts
  readonly by?: 'target' | 'td';
  readonly scale?: number; // of the targets
  readonly each?: (learner: ReferenceLearner, t: number) => void;
}

export interface Regressed {
  readonly mse: number; // of the examples from `from` on
  readonly learner: ReferenceLearner;
  readonly sizes: number[]; // step sizes at the end
}

export async function regress(rule: RuleChoice, stream: Examples, how: Regression): Promise<Regressed> {
  const { examples, from = 0, by = 'target', scale = 1, each } = how;
  const learner = await linearLearner(rule, stream.size);
  const observation = new Float64Array(stream.size);
  const [target, cumulant, discount] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  const first = { observation, cumulant, discount, start: true, ...(by === 'target' ? { target } : {}) };
  const later = { ...first, start: false };
  let sum = 0;
  for (let t = 0; t < examples; t++) {
    cumulant[0] = target[0]!; // of the step before
    target[0] = scale * stream.next(observation);
    const error = target[0] - learner.step(t === 0 ? first : later).prediction[0]!;
    if (t >= from) sum += error * error;
    each?.(learner, t);
  }
  return { mse: sum / (examples - from), learner, sizes: sizesOf(learner) };
}

export function sizesOf(learner: ReferenceLearner): number[] {
  const sizes = new Float64Array(learner.arrays['head.weights']!);
  learner.rule.stepSizes('head', sizes);
  return [...sizes];
}
