/**
 * Gymnasium's FrameStackObservation: the latest `stackSize` observations, the oldest first, with one more side in front.
 * Before an episode is so old: its first observation ('reset'), zeros ('zero', wrapping/zero.ts), or an observation of
 * your own in flat form. What is not a Box is stacked in flat form.
 */
import { asJson } from '../guard.ts';
import { EnvError } from '../errors.ts';
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { batchSpace, type Element, flattenSpace, type Space } from '../spaces.ts';
import { checkInteger, checkOptions } from '../wrapping/checks.ts';
import { FrameQueue } from '../wrapping/frame-queue.ts';
import { zeroFlat } from '../wrapping/zero.ts';

export interface FrameStackOptions {
  readonly stackSize: number;
  readonly paddingType?: 'reset' | 'zero' | readonly number[];
}

export class FrameStackObservation extends ObservationWrapper {
  static override readonly entryPoint = 'FrameStackObservation';
  private readonly queue: FrameQueue;
  private readonly stackSize: number;
  private readonly padding: Float64Array | null; // null: the first observation

  constructor(env: AnyEnv, options: FrameStackOptions) {
    checkOptions('FrameStackObservation', options, ['stackSize', 'paddingType']);
    const { stackSize, paddingType = 'reset' } = options;
    checkInteger('stack frames', 'stackSize', stackSize, 1);
    super(env, options, stackedSpace(env, stackSize));
    this.stackSize = stackSize;
    this.padding = paddingOf(env, paddingType);
    this.queue = new FrameQueue(stackSize, env.observationSpace.size);
  }

  protected override observe(from: Float64Array, into: Float64Array, { action }: Cause): void {
    if (action === null) this.queue.fill(this.padding ?? from);
    this.queue.push(from);
    for (let i = 0; i < this.stackSize; i++) this.queue.copy(i, into, i * from.length);
  }

  protected override saveState(): unknown {
    return this.queue.save();
  }

  protected override loadState(state: unknown): void {
    this.queue.load(state);
  }
}

function stackedSpace({ observationSpace }: AnyEnv, n: number): Space<Element> {
  const space = observationSpace;
  if (!(n * space.size <= 1e7)) {
    throw new EnvError(`Cannot stack frames: ${n} of ${space.size} numbers are more than ten million`);
  }
  return batchSpace(space.kind === 'box' ? space : flattenSpace(space), n);
}

function paddingOf({ observationSpace: space }: AnyEnv, type: unknown): Float64Array | null {
  if (type === 'reset') return null;
  if (type === 'zero') return zeroFlat(space);
  const isFlat = Array.isArray(type) && type.length === space.size && space.contains(space.unflatten(type as number[]));
  if (isFlat) return Float64Array.from(type);
  throw new EnvError(`Cannot stack frames: paddingType must be "reset", "zero" or an observation, got ${asJson(type)}`);
}
