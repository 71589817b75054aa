/**
 * POPGym's Antialias: the observation, then a flag that tells a first observation, as a Discrete(2) in one-hot form:
 * [0, 1] after a reset, [1, 0] after a step. It tells apart what PreviousAction makes look alike.
 */
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { discrete, flattenSpace, tuple } from '../spaces.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class Antialias extends ObservationWrapper {
  static override readonly entryPoint = 'Antialias';

  constructor(env: AnyEnv, options: object = {}) {
    super(env, checkOptions('Antialias', options, []), flattenSpace(tuple([env.observationSpace, discrete(2)])));
  }

  protected override observe(from: Float64Array, into: Float64Array, { action }: Cause): void {
    into.set(from);
    into[from.length] = action === null ? 0 : 1;
    into[from.length + 1] = action === null ? 1 : 0;
  }
}
