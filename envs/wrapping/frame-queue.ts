import { EnvError } from '../errors.ts';
import { checkState, isCount, isNumbers } from './checks.ts';

const most = 1e8; // numbers, 800 MB

/** The latest `length` frames of `size` numbers each, in memory that is never moved. */
export class FrameQueue {
  private readonly frames: Float64Array; // [length x size], a ring
  private readonly length: number;
  private readonly size: number;
  private oldest = 0;

  constructor(length: number, size: number) {
    if (!(length * size <= most)) {
      throw new EnvError(`Cannot keep ${length} frames of ${size} numbers: that is more than ${most} numbers`);
    }
    this.frames = new Float64Array(length * size);
    this.length = length;
    this.size = size;
  }

  /** The same frame everywhere. */
  fill(frame: Float64Array): void {
    for (let i = 0; i < this.length; i++) this.frames.set(frame, i * this.size);
  }

  /** In place of the oldest. */
  push(frame: Float64Array): void {
    this.frames.set(frame, this.oldest * this.size);
    this.oldest = (this.oldest + 1) % this.length;
  }

  /** Frame i counted from the oldest, into `out` from `at` on. */
  copy(i: number, out: Float64Array, at = 0): void {
    const from = ((this.oldest + i) % this.length) * this.size;
    for (let k = 0; k < this.size; k++) out[at + k] = this.frames[from + k]!;
  }

  save(): unknown {
    return { oldest: this.oldest, frames: [...this.frames] };
  }

  load(saved: unknown): void {
    const { frames: room, length } = this;
    const { oldest, frames } = checkState<{ readonly oldest: number; readonly frames: readonly number[] }>(saved, {
      oldest: isCount,
      frames: Array.isArray,
    });
    if (oldest >= length || !isNumbers(frames, room.length)) {
      throw new EnvError(`Cannot load a wrapper: its queue holds ${room.length} numbers, ${frames.length} were saved`);
    }
    this.oldest = oldest;
    this.frames.set(frames);
  }
}
