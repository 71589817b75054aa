/** Gymnasium's TransformReward: what `func` makes of each reward. */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { RewardWrapper } from '../reward-wrapper.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class TransformReward extends RewardWrapper {
  static override readonly entryPoint = 'TransformReward';
  private readonly func: (reward: number) => number;

  constructor(env: AnyEnv, options: { readonly func: (reward: number) => number }) {
    const { func } = checkOptions('TransformReward', options, ['func']);
    super(env, { func });
    if (typeof func !== 'function') {
      throw new EnvError(`Cannot transform rewards: func must be a function, got ${describe(func)}`);
    }
    this.func = func;
  }

  protected override reward(reward: number): number {
    return this.func(reward);
  }
}
