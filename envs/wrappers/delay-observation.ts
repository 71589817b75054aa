/** Gymnasium's DelayObservation: what was there `delay` steps ago; until an episode is so old, zeros (wrapping/zero.ts). */
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { checkInteger, checkOptions } from '../wrapping/checks.ts';
import { FrameQueue } from '../wrapping/frame-queue.ts';
import { zeroFlat } from '../wrapping/zero.ts';

export class DelayObservation extends ObservationWrapper {
  static override readonly entryPoint = 'DelayObservation';
  private readonly queue: FrameQueue;
  private readonly zero: Float64Array;

  constructor(env: AnyEnv, options: { readonly delay: number }) {
    const { delay } = checkOptions('DelayObservation', options, ['delay']);
    super(env, { delay }, env.observationSpace);
    this.zero = zeroFlat(env.observationSpace);
    this.queue = new FrameQueue(checkInteger('delay observations', 'delay', delay, 0) + 1, this.zero.length);
  }

  protected override observe(from: Float64Array, into: Float64Array, { action }: Cause): void {
    if (action === null) this.queue.fill(this.zero);
    this.queue.push(from);
    this.queue.copy(0, into);
  }

  protected override saveState(): unknown {
    return this.queue.save();
  }

  protected override loadState(state: unknown): void {
    this.queue.load(state);
  }
}
