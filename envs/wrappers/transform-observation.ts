/** Gymnasium's TransformObservation: what `func` makes of each observation, an element of `observationSpace`. */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import type { Space, Element } from '../spaces.ts';
import { checkOptions } from '../wrapping/checks.ts';

export interface TransformObservationOptions {
  /** Given an element of the environment's space that it may keep. */
  readonly func: (observation: never) => unknown;
  /** Default: the environment's. */
  readonly observationSpace?: Space<Element>;
}

export class TransformObservation extends ObservationWrapper {
  static override readonly entryPoint = 'TransformObservation';
  private readonly func: (observation: never) => unknown;

  constructor(env: AnyEnv, options: TransformObservationOptions) {
    checkOptions('TransformObservation', options, ['func', 'observationSpace']);
    super(env, options, options.observationSpace ?? env.observationSpace);
    if (typeof options.func !== 'function') {
      throw new EnvError(`Cannot transform observations: func must be a function, got ${describe(options.func)}`);
    }
    this.func = options.func;
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    const made = this.func(this.env.observationSpace.unflatten(from) as never);
    this.observationSpace.flatten(made as never, into);
  }
}
