import { readFileSync } from 'node:fs';
import type { StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { emptyResult } from './stream.ts';

/** A file of golden/, made by the script that its `made_by` names. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** Numbers as the scripts pack them: base64 of little-endian doubles ... */
export function doubles(text: string): Float64Array {
  return new Float64Array(bytes(text));
}
/** ... or single precision. */
export function singles(text: string): Float32Array {
  return new Float32Array(bytes(text));
}

function bytes(text: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Uint8Array.from(Buffer.from(text, 'base64'));
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

/** The environment's own numbers, as it saves them. */
export function numbersOf(env: AnyEnv): number[] {
  return [...(env.save?.() as { numbers: number[] }).numbers];
}

/** Puts a running environment into a state of the given numbers. */
export function place(env: AnyEnv, numbers: readonly number[]): void {
  const saved = env.save?.() as Record<string, unknown>;
  env.load?.({ ...saved, phase: 'running', numbers: [...numbers] });
}

/** Steps between two single-precision numbers. */
export function singleSteps(a: number, b: number): number {
  return Math.abs(rank(a) - rank(b));
}

function rank(x: number): number {
  const [bits] = new Int32Array(Float32Array.of(x).buffer) as unknown as [number];
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

/** A result of the environment's size, and the environment reset. */
export function started(env: AnyEnv, seed = 0): StepResult {
  const out = emptyResult(env);
  env.resetInto(out, { seed });
  return out;
}
