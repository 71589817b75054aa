/**
 * pre in compiled memory: [x (m); 1; state: what heads read (readout.ts), the rest; intermediates], every part of the
 * state and the intermediates padded to whole vectors, and one 0 at the end for padding to read. x and 1 end where the state begins,
 * so that a row of a dense net reads one unbroken run.
 */
import type { Cell } from '../types.ts';
import { readoutPlaces } from './readout.ts';

export interface PreLayout {
  readonly bytes: number;
  readonly xAt: number; // all offsets in bytes
  readonly oneAt: number;
  readonly stateAt: number;
  readonly restAt: number; // where the first component read ends: the rest, or the second one
  readonly stateBytes: number;
  readonly betweenAt: number;
  readonly zeroAt: number;
  readonly offset: (index: number) => number; // of an index into the reference path's pre
  readonly stateOffset: (entry: number) => number; // of a state entry, from stateAt
}

/** `size` is that of a number; the intermediates come in groups of so many. */
export function preLayout(cell: Cell, size: number, intermediateGroup: number): PreLayout {
  const { inputSize: m, rows, readout } = cell;
  const reads = readoutPlaces(cell, 16 / size);
  const lanes = 16 / size;
  const padded = (count: number): number => Math.ceil(count / lanes) * lanes * size;
  const entries = cell.units * cell.components;
  const between = rows.width - m - 1 - entries;
  const stateAt = Math.ceil(((m + 1) * size) / 16) * 16;
  const restAt = stateAt + reads.stride * size;
  const betweenAt = stateAt + reads.components * reads.stride * size + padded(entries - readout.length);
  const groups = between === 0 ? 0 : between / intermediateGroup;
  const zeroAt = betweenAt + groups * padded(intermediateGroup);
  const place = new Int32Array(entries).fill(-1);
  readout.forEach((entry, i) => (place[entry] = reads.at(i) * size));
  let rest = restAt - stateAt;
  for (let entry = 0; entry < entries; entry++) {
    if (place[entry] !== -1) continue;
    place[entry] = rest;
    rest += size;
  }
  const xAt = stateAt - (m + 1) * size;
  const offset = (index: number): number => {
    if (index <= m) return xAt + index * size;
    if (index <= m + entries) return stateAt + place[index - m - 1]!;
    const i = index - m - 1 - entries;
    return betweenAt + Math.floor(i / intermediateGroup) * padded(intermediateGroup) + (i % intermediateGroup) * size;
  };
  return {
    bytes: zeroAt + 16,
    xAt,
    oneAt: stateAt - size,
    stateAt,
    restAt,
    stateBytes: betweenAt - stateAt,
    betweenAt,
    zeroAt,
    offset,
    stateOffset: (entry) => place[entry]!,
  };
}
