import { UserError } from '../user-error.ts';
import type { Better } from './better.ts';
import { mean } from './mean.ts';

export interface OptimalityGapOptions {
  readonly better: Better;
  readonly target: number; // the score that is good enough
}

/**
 * Optimality gap (Agarwal et al. 2021): by how much runs miss the target, those beyond it counting as at it,
 *
 *     higher is better: mean (target - min(x, target)),   lower is better: mean (max(x, target) - target)
 *
 * averaged over the runs of each of groups [tasks][runs], then over tasks. 0: all reach it. NaN without a task, where a
 * task has no runs, and where a value is NaN.
 */
export function optimalityGap(groups: readonly ArrayLike<number>[], { better, target }: OptimalityGapOptions): number {
  if (!Number.isFinite(target))
    throw new UserError(`Cannot take an optimality gap: target must be finite, got ${target}`);
  const miss = (value: number): number => Math.max(0, better === 'higher' ? target - value : value - target);
  return mean(groups.map((group) => mean(Array.from(group, miss))));
}
