/** Gymnasium's RescaleObservation: the straight line from the bounds of the Box to [min, max]. */
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { type Affine, rescale } from '../wrapping/affine.ts';
import { checkOptions, demandBox } from '../wrapping/checks.ts';

export interface RescaleOptions {
  /** One number, or one per entry. */
  readonly min: number | readonly number[];
  readonly max: number | readonly number[];
}

export class RescaleObservation extends ObservationWrapper {
  static override readonly entryPoint = 'RescaleObservation';
  private readonly line: Affine;

  constructor(env: AnyEnv, options: RescaleOptions) {
    const { min, max } = checkOptions('RescaleObservation', options, ['min', 'max']);
    const act = 'rescale observations';
    const line = rescale(act, demandBox(act, env.observationSpace), min, max);
    super(env, { min, max }, line.space);
    this.line = line;
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    const { gradient, intercept, space } = this.line;
    for (let i = 0; i < into.length; i++) {
      // Rounding may leave the bounds by an ulp, which an observation inside them must not.
      const value = gradient[i]! * from[i]! + intercept[i]!;
      into[i] = Math.min(space.high[i]!, Math.max(space.low[i]!, value));
    }
  }
}
