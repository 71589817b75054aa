/**
 * Flickering observations (Hausknecht and Stone 2015): with probability p an observation, the first one included, is
 * blank, every entry 0. One draw per observation.
 */
import type { ResetOptions } from '../env.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import type { Box } from '../spaces/box.ts';
import { box, flattenSpace } from '../spaces.ts';
import { checkProbability, ChildStream } from '../wrapping/child-stream.ts';
import { checkOptions, demandFlat } from '../wrapping/checks.ts';

export class FlickerObservation extends ObservationWrapper {
  static override readonly entryPoint = 'FlickerObservation';
  private readonly p: number;
  private readonly stream: ChildStream;

  constructor(env: AnyEnv, options: { readonly p: number }) {
    const { p } = checkOptions('FlickerObservation', options, ['p']);
    super(env, { p }, flickerSpace(env));
    this.p = checkProbability('flicker', p);
    this.stream = new ChildStream('flicker-observation', FlickerObservation, env);
  }

  protected override opening(options?: ResetOptions): void {
    this.stream.begin(options);
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    if (this.stream.rng.uniform() < this.p) into.fill(0);
    else into.set(from);
  }

  protected override saveState(): unknown {
    return this.stream.save();
  }

  protected override loadState(state: unknown): void {
    this.stream.load(state);
  }
}

/** The same box, widened to hold 0. */
function flickerSpace({ observationSpace }: AnyEnv): Box {
  demandFlat('flicker', observationSpace);
  const flat = flattenSpace(observationSpace) as unknown as Box;
  const shape = observationSpace.kind === 'box' ? observationSpace.shape : [flat.size];
  const low = flat.low.map((x) => Math.min(x, 0));
  return box(
    low,
    flat.high.map((x) => Math.max(x, 0)),
    shape,
    flat.dtype,
  );
}
