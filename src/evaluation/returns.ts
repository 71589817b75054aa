/**
 * Post-hoc returns, streamed: G_t = c_{t+1} + gamma_{t+1} G_{t+1}, for predictions as they were made. A prediction
 * waits until at most 1e-6 of its discount mass lies beyond what was seen; then it is released with its return.
 * What an episode's truncation or the end of the run leaves with more mass than that is dropped, never guessed.
 * The pending stretch is swept backwards when it is full: O(1) amortised per step.
 */
const MASS = 1e-6;
const LARGEST = 1 << 20; // pending predictions; beyond that (gamma ~ 1 without end) the oldest go unscored

export type Release = (time: number, prediction: number, target: number) => void;

export interface ReturnStream {
  push(time: number, prediction: number, cumulant: number, discount: number, start: boolean): void;
  /** End of the run: releases what can be, drops the tail. */
  finish(): void;
  save(): number[];
  load(saved: readonly number[]): void;
}

export function returnStream(release: Release, firstCapacity = 1024): ReturnStream {
  let capacity = firstCapacity;
  let waiting = 0;
  let pending = new Float64Array(4 * capacity); // 4 numbers each: time, v_t, c_t, gamma_t
  let returns = new Float64Array(capacity); // of a sweep

  const forget = (oldest: number): void => {
    pending.copyWithin(0, 4 * oldest, 4 * waiting);
    waiting -= oldest;
  };
  const reserve = (size: number): void => {
    capacity = size;
    const kept = pending;
    pending = new Float64Array(4 * capacity);
    pending.set(kept.subarray(0, 4 * waiting));
    returns = new Float64Array(capacity);
  };
  /** Releases the prefix whose mass is spent; returns how many predictions that was. */
  const sweep = (): number => {
    let spent = 0; // predictions [0, spent) can go
    let G = 0;
    let mass = 1;
    for (let i = waiting - 2; i >= 0; i--) {
      const gamma = pending[4 * (i + 1) + 3]!;
      G = pending[4 * (i + 1) + 2]! + gamma * G;
      mass *= gamma;
      returns[i] = G;
      if (spent === 0 && mass <= MASS) spent = i + 1;
    }
    for (let i = 0; i < spent; i++) release(pending[4 * i]!, pending[4 * i + 1]!, returns[i]!);
    forget(spent);
    return spent;
  };
  const flush = (): void => {
    sweep();
    waiting = 0;
  };

  return {
    push(time, prediction, cumulant, discount, start) {
      if (start) flush();
      const at = 4 * waiting++;
      pending[at] = time;
      pending[at + 1] = prediction;
      pending[at + 2] = cumulant;
      pending[at + 3] = discount;
      if (waiting < capacity) return;
      if (sweep() >= capacity / 2) return;
      if (capacity < LARGEST) reserve(2 * capacity);
      else forget(capacity / 2);
    },
    finish: flush,
    save: () => [capacity, ...pending.subarray(0, 4 * waiting)],
    load(saved) {
      waiting = 0;
      reserve(saved[0]!);
      pending.set(saved.slice(1));
      waiting = (saved.length - 1) / 4;
    },
  };
}
