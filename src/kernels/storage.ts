/** Named arrays in compiled memory: which number lies where, whatever the layout. */
import type { Precision } from './module.ts';

/** Reads and writes the numbers of one array; `at(i)` is the address of number i. */
export interface Storage {
  readonly length: number;
  readonly type: Precision;
  readonly at: (i: number) => number;
}

export function readStorage({ length, type, at }: Storage, memory: DataView, into: Float64Array): void {
  for (let i = 0; i < length; i++) {
    into[i] = type === 'f32' ? memory.getFloat32(at(i), true) : memory.getFloat64(at(i), true);
  }
}

export function writeStorage({ length, type, at }: Storage, memory: DataView, from: Float64Array): void {
  for (let i = 0; i < length; i++) {
    if (type === 'f32') memory.setFloat32(at(i), from[i]!, true);
    else memory.setFloat64(at(i), from[i]!, true);
  }
}

/** A rule's arrays, under the names they have where it moves everything, and where it shares the work with another. */
export function ofRule(group: 'cell' | 'head', arrays: Readonly<Record<string, Storage>>): Record<string, Storage> {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, storage]) => [
      [`rule.${name}`, storage],
      [`rule.${group}.${name}`, storage],
    ]),
  );
}
