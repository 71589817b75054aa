/**
 * What heads read, as compiled memory keeps it: one component of every unit, or all components one behind the other,
 * each padded to whole vectors. Where nothing is learned it may be any entries, which count as one component.
 */
import type { Cell } from '../types.ts';

export interface ReadoutPlaces {
  readonly components: number;
  readonly length: number; // outputs of each
  readonly stride: number; // numbers from one component to the next
  readonly at: (output: number) => number; // of numbers before it
}

type Reads = Pick<Cell, 'readout' | 'units' | 'components'>;

/** All components of all units, component by component. */
export function readsAll({ readout, units, components: b }: Reads): boolean {
  const entry = (i: number): number => (i % units) * b + Math.floor(i / units);
  return b > 1 && readout.length === units * b && readout.every((value, i) => value === entry(i));
}

export function readoutPlaces(cell: Reads, lanes: number): ReadoutPlaces {
  const components = readsAll(cell) ? cell.components : 1;
  const length = cell.readout.length / components;
  const stride = Math.ceil(length / lanes) * lanes;
  return { components, length, stride, at: (i) => Math.floor(i / length) * stride + (i % length) };
}
