/** A linear learner on given features: no cell, and head and rule as in any other learner. */
import { createRng } from '@rl-tools/envs';
import type { ReferenceLearner } from '../../src/learner.ts';
import { smallLearner, stepOf } from './learners.ts';

export type RuleChoice = { readonly id: string } & Readonly<Record<string, unknown>>;

export interface Moment {
  readonly x: readonly number[];
  readonly c?: number;
  readonly gamma?: number;
  readonly start?: boolean;
  readonly ratio?: number;
}

/** v = w . x, without a bias. */
export const linearLearner = (rule: RuleChoice, inputSize: number): Promise<ReferenceLearner> =>
  smallLearner(
    {
      cell: { id: 'none' },
      estimator: { id: 'none' },
      features: { id: 'raw', bias: false, observation: true },
      rule,
    },
    { inputSize },
  );

export function live(learner: ReferenceLearner, moments: readonly Moment[]): number[] {
  return moments.map(({ x, c = 0, gamma = 0.9, start = false, ratio = 1 }) => {
    return learner.step(stepOf(x, c, gamma, { start, ratio })).prediction[0]!;
  });
}

/** Normal features and cumulants; an episode begins every `episode` steps, whose last discount is 0. */
export function randomLife(
  seed: string,
  size: number,
  steps: number,
  { episode = Infinity, gamma = 0.9 } = {},
): Moment[] {
  const rng = createRng(seed);
  return Array.from({ length: steps }, (_, t) => ({
    x: Array.from({ length: size }, () => rng.normal()),
    c: rng.normal(),
    start: t === 0 || t % episode === 0,
    gamma: (t + 1) % episode === 0 ? 0 : gamma,
  }));
}
