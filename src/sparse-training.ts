/**
 * What methods share that change which weights a net has while it learns. Between two steps, with everything migrated live:
 *   a weight that goes    theta = 0 and out of all sums, D among them; its influence, eligibility and what the rule keeps: 0
 *   a weight that comes   in its place in theta, at the value given; influence, eligibility and what the rule keeps: 0
 *   all others            theta and what the rule keeps stay; so does J where a state entry is kept before and after (S_n is
 *                         found anew for the new D), and where it was not kept before it starts at 0
 * The clock counts the steps that may teach; in lanes, the changes of the weights.
 */
import { named } from './stateful.ts';
import { createTopology, FIXED, type Matrix } from './topology.ts';
import type { GrowthNeeds, Stateful } from './types.ts';
import { UserError } from './user-error.ts';
import { weightsOfUnits } from './weights-of-units.ts';

export interface SparseTraining {
  readonly matrices: readonly Matrix[];
  readonly clock: Float64Array; // [1] steps
  readonly state: Stateful;
  present(matrix: Matrix): number[]; // numbers of the weights that are there and may go
  absent(matrix: Matrix): number[]; // of those that are not there
  weakest(matrix: Matrix, count: number): number[]; // those that are there, of least |theta|
  /** As many may come as go. */
  exchange(matrix: Matrix, gone: readonly number[], come: readonly number[], value?: (number: number) => number): void;
  settle(): void; // after exchanges
}

/** `more` are arrays of the method itself. */
export function sparseTraining(
  needs: GrowthNeeds,
  act: string,
  more: (matrices: readonly Matrix[]) => Readonly<Record<string, Float64Array>> = () => ({}),
): SparseTraining {
  const { cell, head, features, groups, rule, estimator, restructure } = needs;
  const topology = createTopology(cell, act);
  if (!estimator.restructure) throw cannotCarry(act);
  if (head.control?.bonus) throw keepsSlopes(act);
  const { matrices, place } = topology;
  const clock = new Float64Array(1);
  const weights = weightsOfUnits(groups, rule, head, features);
  const numbers = ({ slot }: Matrix, is: (slot: number) => boolean): number[] =>
    [...slot.keys()].filter((number) => is(slot[number]!));
  const present = (matrix: Matrix): number[] => numbers(matrix, (slot) => slot >= 0);
  const touched: number[] = [];
  const own = named({ topology: place, clock, ...more(matrices) }, () => undefined);
  return {
    matrices,
    clock,
    present,
    absent: (matrix) => numbers(matrix, (slot) => slot < 0 && slot !== FIXED),
    weakest(matrix, count) {
      const size = (number: number): number => Math.abs(cell.params[matrix.slot[number]!]!);
      return present(matrix)
        .sort((a, b) => size(a) - size(b) || a - b)
        .slice(0, count);
    },
    exchange(matrix, gone, come, value = () => 0) {
      const free = gone.map((number) => topology.drop(matrix, number));
      for (const slot of free) cell.params[slot] = 0;
      come.forEach((number, i) => {
        topology.grow(matrix, number, free[i]!);
        cell.params[free[i]!] = value(number);
      });
      touched.push(...free);
    },
    settle() {
      if (touched.length === 0) return;
      weights.restartCell(Int32Array.from(touched.flatMap((slot) => [slot, slot + 1])));
      touched.length = 0;
      restructure(topology.rows());
    },
    state: {
      ...own,
      shape: ['topology'],
      write(name, from) {
        if (name !== 'topology') return own.write(name, from);
        if (place.every((at, slot) => at === from[slot])) return;
        topology.restore(from);
        restructure(topology.rows());
      },
    },
  };
}

/** Of a method that exchanges weights: there must be some to take in. */
export function needsSparse({ matrices, absent }: SparseTraining, act: string): void {
  if (matrices.some((matrix) => absent(matrix).length > 0)) return;
  throw new UserError(`Cannot ${act}: the cell is dense, there is none to take in; set density of the cell below 1`);
}

function cannotCarry(act: string): UserError {
  return new UserError(
    `Cannot ${act}: this estimator cannot carry over what it knows, or follows some of the weights only; take snap, rtrl, immediate, rflo, e-prop or uoro for all`,
  );
}

function keepsSlopes(act: string): UserError {
  return new UserError(
    `Cannot ${act}: the head keeps slopes of its bonus from one step to the next; take a head that acts without one`,
  );
}
