/** Gymnasium's ClipReward: every reward into [min, max], one of which may be left out. */
import { InvalidBound } from '../gymnasium-errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { RewardWrapper } from '../reward-wrapper.ts';
import { checkOptions } from '../wrapping/checks.ts';

export interface ClipRewardOptions {
  readonly min?: number;
  readonly max?: number;
}

export class ClipReward extends RewardWrapper {
  static override readonly entryPoint = 'ClipReward';
  private readonly min: number;
  private readonly max: number;

  constructor(env: AnyEnv, options: ClipRewardOptions) {
    checkOptions('ClipReward', options, ['min', 'max']);
    super(env, options);
    const { min = -Infinity, max = Infinity } = options;
    const isPair = typeof min === 'number' && typeof max === 'number';
    if (options.min === undefined && options.max === undefined) {
      throw new InvalidBound('Cannot clip rewards: give min, max, or both');
    }
    if (!(isPair && min <= max)) {
      throw new InvalidBound(`Cannot clip rewards: min must not exceed max, got ${describe(min)} and ${describe(max)}`);
    }
    this.min = min;
    this.max = max;
  }

  protected override reward(reward: number): number {
    return Math.min(this.max, Math.max(this.min, reward));
  }
}
