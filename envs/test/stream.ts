import type { Action, StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';

/** A recorded stream: moment 0 is the reset. */
export interface Stream {
  readonly size: number; // entries of an observation
  readonly observations: Uint8Array; // [moments x size], for binary observations
  readonly rewards: Float64Array; // [moments]
  readonly values: Float64Array; // [moments]
}

export function emptyResult(env: AnyEnv): StepResult {
  return { observation: new Float64Array(env.observationSpace.size), reward: 0, terminated: false, truncated: false };
}

export function recordStream(env: AnyEnv, seed: number, moments: number, action: Action = 0): Stream {
  const out = emptyResult(env);
  const size = out.observation.length;
  const stream: Stream = {
    size,
    observations: new Uint8Array(moments * size),
    rewards: new Float64Array(moments),
    values: new Float64Array(moments),
  };
  for (let t = 0; t < moments; t++) {
    if (t === 0) env.resetInto(out, { seed });
    else env.stepInto(action, out);
    stream.observations.set(out.observation, t * size);
    stream.rewards[t] = out.reward;
    stream.values[t] = env.value?.() ?? NaN;
  }
  return stream;
}

/** Moments at which entry i is 1. */
export function onTimes(stream: Stream, entry: number): number[] {
  const times: number[] = [];
  for (let t = 0; t < stream.rewards.length; t++) if (bit(stream, t, entry) === 1) times.push(t);
  return times;
}

/** Moments at which entry i turns from 0 to 1. */
export function onsets(stream: Stream, entry: number): number[] {
  return onTimes(stream, entry).filter((t) => t === 0 || bit(stream, t - 1, entry) === 0);
}

export function bit(stream: Stream, t: number, entry: number): number {
  return stream.observations[t * stream.size + entry]!;
}

/** G_t = c_{t+1} + gamma G_{t+1} of every moment whose tail is complete to 1e-9. */
export function returns(stream: Stream, discount: number): Float64Array {
  const all = new Float64Array(stream.rewards.length);
  for (let t = all.length - 2; t >= 0; t--) all[t] = stream.rewards[t + 1]! + discount * all[t + 1]!;
  const tail = discount > 0 ? Math.ceil(Math.log(1e-9) / Math.log(discount)) : 1;
  return all.subarray(0, all.length - tail);
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

export function meanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum / values.length;
}

/** Relative distance to what is expected. */
export function relative(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.abs(expected);
}
