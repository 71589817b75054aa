/** Gymnasium's ClipReward: every reward into [min, max], one of which may be left out. */
import { InvalidBound } from '../gymnasium-errors.ts';
import type { AnyEnv } from '../part.ts';
import { RewardWrapper } from '../reward-wrapper.ts';

export interface ClipRewardOptions {
  readonly min?: number;
  readonly max?: number;
}

export class ClipReward extends RewardWrapper {
  static override readonly entryPoint = 'ClipReward';
  private readonly min: number;
  private readonly max: number;

  constructor(env: AnyEnv, options: ClipRewardOptions) {
    super(env, options);
    const { min = -Infinity, max = Infinity } = options;
    if (options.min === undefined && options.max === undefined) {
      throw new InvalidBound('Cannot clip rewards: give min, max, or both');
    }
    if (!(min <= max)) throw new InvalidBound(`Cannot clip rewards: min must not exceed max, got ${min} and ${max}`);
    this.min = min;
    this.max = max;
  }

  protected override reward(reward: number): number {
    return Math.min(this.max, Math.max(this.min, reward));
  }
}
