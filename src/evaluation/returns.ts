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
  let pending: number[] = []; // 4 numbers each: time, v_t, c_t, gamma_t

  /** Releases the prefix whose mass is spent; returns how many predictions that was. */
  const sweep = (): number => {
    const n = pending.length / 4;
    const returns = new Float64Array(n);
    let spent = 0; // predictions [0, spent) can go
    let G = 0;
    let mass = 1;
    for (let i = n - 2; i >= 0; i--) {
      const gamma = pending[4 * (i + 1) + 3]!;
      G = pending[4 * (i + 1) + 2]! + gamma * G;
      mass *= gamma;
      returns[i] = G;
      if (spent === 0 && mass <= MASS) spent = i + 1;
    }
    for (let i = 0; i < spent; i++) release(pending[4 * i]!, pending[4 * i + 1]!, returns[i]!);
    pending = pending.slice(4 * spent);
    return spent;
  };
  const flush = (): void => {
    sweep();
    pending = [];
  };

  return {
    push(time, prediction, cumulant, discount, start) {
      if (start) flush();
      pending.push(time, prediction, cumulant, discount);
      if (pending.length < 4 * capacity) return;
      if (sweep() >= capacity / 2) return;
      if (capacity < LARGEST) capacity *= 2;
      else pending = pending.slice(2 * capacity);
    },
    finish: flush,
    save: () => [capacity, ...pending],
    load(saved) {
      capacity = saved[0]!;
      pending = saved.slice(1);
    },
  };
}
