/**
 * Gymnasium's NormalizeReward: each reward over the running deviation of g <- gamma g (1 - terminated) + reward, which
 * runs the discounted sum forwards; it stays so for compatibility, there as here. Neither g nor the statistics begin
 * anew at a reset (a truncated episode runs on into the next), a seed neither; `updateRunningMean = false` holds the
 * statistics.
 */
import { InvalidBound } from '../gymnasium-errors.ts';
import type { AnyEnv } from '../part.ts';
import { RewardWrapper } from '../reward-wrapper.ts';
import { checkOptions, checkPositive, checkState, isBoolean } from '../wrapping/checks.ts';
import { RunningMoments } from '../wrapping/running-moments.ts';

interface Saved {
  readonly statistics: unknown;
  readonly sum: number;
  readonly updateRunningMean: boolean;
}

export class NormalizeReward extends RewardWrapper {
  static override readonly entryPoint = 'NormalizeReward';
  /** Whether steps still move the moments; false for evaluation. */
  updateRunningMean = true;
  private readonly statistics = new RunningMoments(1);
  private readonly sum = new Float64Array(1);
  private readonly gamma: number;
  private readonly epsilon: number;

  constructor(env: AnyEnv, options: { readonly gamma?: number; readonly epsilon?: number } = {}) {
    const { gamma = 0.99, epsilon = 1e-8 } = checkOptions('NormalizeReward', options, ['gamma', 'epsilon']);
    super(env, { gamma, epsilon });
    if (!(gamma >= 0 && gamma <= 1))
      throw new InvalidBound(`Cannot normalise rewards: gamma must lie in [0, 1], got ${gamma}`);
    this.gamma = gamma;
    this.epsilon = checkPositive('normalise rewards', 'epsilon', epsilon);
  }

  protected override reward(reward: number, terminated: boolean): number {
    this.sum[0] = this.sum[0]! * this.gamma * (terminated ? 0 : 1) + reward;
    if (this.updateRunningMean) this.statistics.update(this.sum);
    return reward / Math.sqrt(this.statistics.variance[0]! + this.epsilon);
  }

  protected override saveState(): unknown {
    const { updateRunningMean } = this;
    return { statistics: this.statistics.save(), sum: this.sum[0], updateRunningMean };
  }

  protected override loadState(state: unknown): void {
    const { statistics, sum, updateRunningMean } = checkState<Saved>(state, {
      statistics: Boolean,
      sum: Number.isFinite,
      updateRunningMean: isBoolean,
    });
    this.statistics.load(statistics);
    this.sum[0] = sum;
    this.updateRunningMean = updateRunningMean;
  }
}
