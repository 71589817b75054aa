/** Gymnasium's FlattenObservation: the flat form of every observation, a Box of one side. */
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { flattenSpace } from '../spaces.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class FlattenObservation extends ObservationWrapper {
  static override readonly entryPoint = 'FlattenObservation';

  constructor(env: AnyEnv, options: object = {}) {
    super(env, checkOptions('FlattenObservation', options, []), flattenSpace(env.observationSpace));
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    into.set(from);
  }
}
