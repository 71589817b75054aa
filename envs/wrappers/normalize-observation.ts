/**
 * Gymnasium's NormalizeObservation: each entry less its running mean, over its running deviation, rounded to float32.
 * The statistics take in every observation, first ones of episodes too, and no reset starts them anew, a seed neither;
 * `updateRunningMean = false` holds them, for evaluation.
 */
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { checkOptions, checkPositive, checkState, demandBox, isBoolean } from '../wrapping/checks.ts';
import { RunningMoments } from '../wrapping/running-moments.ts';

interface Saved {
  readonly statistics: unknown;
  readonly updateRunningMean: boolean;
}

export class NormalizeObservation extends ObservationWrapper {
  static override readonly entryPoint = 'NormalizeObservation';
  /** Whether steps still move the moments; false for evaluation. */
  updateRunningMean = true;
  /** Mean and variance of every entry, [size]. */
  readonly statistics: RunningMoments;
  private readonly epsilon: number;

  constructor(env: AnyEnv, options: { readonly epsilon?: number } = {}) {
    const { epsilon = 1e-8 } = checkOptions('NormalizeObservation', options, ['epsilon']);
    const { shape, size } = demandBox('normalise observations', env.observationSpace);
    super(env, { epsilon }, box(-Infinity, Infinity, shape, 'float32'));
    this.epsilon = checkPositive('normalise observations', 'epsilon', epsilon);
    // The original keeps its first variances as float32.
    this.statistics = new RunningMoments(size, Math.fround(1e-4));
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    const { mean, variance } = this.statistics;
    if (this.updateRunningMean) this.statistics.update(from);
    for (let i = 0; i < into.length; i++) {
      into[i] = Math.fround((from[i]! - mean[i]!) / Math.sqrt(variance[i]! + this.epsilon));
    }
  }

  protected override saveState(): unknown {
    return { statistics: this.statistics.save(), updateRunningMean: this.updateRunningMean };
  }

  protected override loadState(state: unknown): void {
    const { statistics, updateRunningMean } = checkState<Saved>(state, {
      statistics: Boolean,
      updateRunningMean: isBoolean,
    });
    this.statistics.load(statistics);
    this.updateRunningMean = updateRunningMean;
  }
}
