/**
 * Gaussian noise on every observation, the first one included: each entry plus `scale` (one number, or one per entry)
 * times a standard normal, drawn in the order of the entries; an entry with scale 0 draws none.
 */
import { asJson } from '../guard.ts';
import { EnvError } from '../errors.ts';
import type { ResetOptions } from '../env.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { checkOptions, perEntry } from '../wrapping/checks.ts';
import { ChildStream } from '../wrapping/child-stream.ts';

export class NoisyObservation extends ObservationWrapper {
  static override readonly entryPoint = 'NoisyObservation';
  private readonly scale: Float64Array;
  private readonly stream: ChildStream;

  constructor(env: AnyEnv, options: { readonly scale: number | readonly number[] }) {
    const { scale } = checkOptions('NoisyObservation', options, ['scale']);
    const { size, shape, kind } = env.observationSpace;
    super(env, { scale }, box(-Infinity, Infinity, kind === 'box' ? shape : [size]));
    this.scale = perEntry('add noise', 'scale', scale, size);
    if (this.scale.some((x) => !(x >= 0 && x < Infinity))) {
      throw new EnvError(`Cannot add noise: scale must be 0 or more, got ${asJson(scale)}`);
    }
    this.stream = new ChildStream('noisy-observation', NoisyObservation, env);
  }

  protected override opening(options?: ResetOptions): void {
    this.stream.begin(options);
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    for (let i = 0; i < into.length; i++) {
      const scale = this.scale[i]!;
      into[i] = scale === 0 ? from[i]! : from[i]! + scale * this.stream.rng.normal();
    }
  }

  protected override saveState(): unknown {
    return this.stream.save();
  }

  protected override loadState(state: unknown): void {
    this.stream.load(state);
  }
}
