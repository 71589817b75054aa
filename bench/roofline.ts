/**
 * The least time that a step of LSTM columns could need on this machine: its memory traffic over the bandwidth that an
 * in-place pass over as many bytes reaches, or its arithmetic over the peak of 128-bit SIMD, whichever is longer.
 *   lines       theta, z and the traces of c and h, rmsprop also nu: f32, each read and written once a step
 *   arithmetic  per parameter, forward included: 10 multiplications and 9 additions; rmsprop 14 and 12, its root and
 *               division not counted. The deterministic module multiplies and adds, the relaxed one has FMA.
 */
import type { Simd } from '../src/kernels/module.ts';
import type { Rule } from './recipes.ts';
import { logInterpolate } from './slope.ts';

export interface Limits {
  readonly stream: readonly (readonly [bytes: number, gbPerSecond: number])[]; // bytes ascend; read + written
  readonly gflops: Readonly<Record<Simd, number>>; // a multiplication and an addition count 2
}

export interface Work {
  readonly bytes: number; // moved in a step, read + written
  readonly flops: number;
}

const STREAMS = { 'td-lambda': 4, rmsprop: 5 } as const;
const FLOPS = { 'td-lambda': 10 + 9, rmsprop: 14 + 12 } as const;

/** `entries`: parameters of the cell. */
export function work(entries: number, rule: Rule): Work {
  return { bytes: 2 * 4 * STREAMS[rule] * entries, flops: FLOPS[rule] * entries };
}

/** ns per step. */
export function leastTime({ bytes, flops }: Work, limits: Limits, simd: Simd): number {
  return Math.max(bytes / logInterpolate(limits.stream, bytes / 2), flops / limits.gflops[simd]);
}
