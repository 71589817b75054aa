/** Whose weights are whose: of the cell by the unit that a row moves, of a linear head by the feature it weighs. */
import type { Cell, Features, Head, StepSizeRule, WeightGroup } from './types.ts';
import { UserError } from './user-error.ts';

/** Parameters of some units as ranges [start, end, start, end, ...] of theta. */
export function paramRanges({ rows }: Cell, has: (unit: number) => boolean): Int32Array {
  const ranges: number[] = [];
  for (let r = 0; r < rows.count; r++) {
    const [start, end] = [rows.start[r]!, rows.start[r + 1]!];
    if (!has(rows.dest[rows.destStart[r]!]!) || start === end) continue;
    if (ranges.at(-1) === start) ranges[ranges.length - 1] = end;
    else ranges.push(start, end);
  }
  return Int32Array.from(ranges);
}

export function fillRanges(values: Float64Array, ranges: Int32Array): void {
  for (let i = 0; i < ranges.length; i += 2) values.fill(0, ranges[i], ranges[i + 1]);
}

/** A unit's weights are its own: no row of one unit moves another, and none are tied. */
export function needsColumns({ rows }: Cell, act: string): void {
  const isAlone = rows.param === null && rows.dest.length === rows.count;
  if (isAlone) return;
  throw new UserError(`Cannot ${act}: its units share parameters or move each other within a step; take columns`);
}

/** The features that heads read of each unit. */
export function featuresOfUnits({ units, components, readout }: Cell): number[][] {
  const of: number[][] = Array.from({ length: units }, () => []);
  readout.forEach((entry, feature) => of[Math.floor(entry / components)]!.push(feature));
  return of;
}

/** The learner's weights as growth handles them. */
export interface WeightsOfUnits {
  /** Still from now on, or new: no gradient and no memory of the rule. */
  restartCell(ranges: Int32Array): void;
  /** The weights of one feature, of a linear head; nothing where it is of another kind. */
  restartHead(feature: number): void;
}

export function weightsOfUnits(
  groups: readonly WeightGroup[],
  rule: StepSizeRule,
  head: Head,
  { size }: Features,
): WeightsOfUnits {
  const group = (name: WeightGroup['name']) => groups.find((one) => one.name === name);
  const [cell, own] = [group('cell'), group('head')];
  return {
    restartCell(ranges) {
      if (!cell) return;
      fillRanges(cell.gradient, ranges);
      for (let i = 0; i < ranges.length; i += 2) rule.restart('cell', ranges[i]!, ranges[i + 1]!);
    },
    restartHead(feature) {
      if (!own || !head.linear) return;
      for (let i = feature; i < head.weights.length; i += size) {
        own.gradient[i] = 0;
        rule.restart('head', i, i + 1);
      }
    },
  };
}
