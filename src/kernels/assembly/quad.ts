/**
 * Rows lie W side by side (W = lanes): one record here, one line per entry in memory. A row's entries come in three
 * kinds, in this order, by what the W rows read at that entry:
 *   run      all rows the same value, one after the other in pre: broadcast
 *   vectors  W neighbours in pre
 *   gathers  W values anywhere
 * Record, i32: [lines, entries of the run, byte offset of its first value in pre, vectors, gathers, table of byte
 * offsets (1 per vector, W per gather), byte offset of the unit, byte offset of the slot].
 */
export const QUAD: usize = 32;

// @ts-ignore: decorator
@inline
export function linesOf(record: usize): usize {
  return load<u32>(record);
}

// @ts-ignore: decorator
@inline
export function runLength(record: usize): usize {
  return load<u32>(record, 4);
}

// @ts-ignore: decorator
@inline
export function runAt(record: usize): usize {
  return load<u32>(record, 8);
}

// @ts-ignore: decorator
@inline
export function vectorCount(record: usize): i32 {
  return load<i32>(record, 12);
}

// @ts-ignore: decorator
@inline
export function gatherCount(record: usize): i32 {
  return load<i32>(record, 16);
}

// @ts-ignore: decorator
@inline
export function tableOf(record: usize): usize {
  return load<u32>(record, 20);
}

// @ts-ignore: decorator
@inline
export function unitAt(record: usize): usize {
  return load<u32>(record, 24);
}

// @ts-ignore: decorator
@inline
export function slotAt(record: usize): usize {
  return load<u32>(record, 28);
}
