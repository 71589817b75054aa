/** The observation, then the reward that came with it; 0 after a reset. */
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { box, flattenSpace, tuple } from '../spaces.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class PreviousReward extends ObservationWrapper {
  static override readonly entryPoint = 'PreviousReward';

  constructor(env: AnyEnv, options: object = {}) {
    super(
      env,
      checkOptions('PreviousReward', options, []),
      flattenSpace(tuple([env.observationSpace, box(-Infinity, Infinity, [1])])),
    );
  }

  protected override observe(from: Float64Array, into: Float64Array, { reward }: Cause): void {
    into.set(from);
    into[from.length] = reward;
  }
}
