/**
 * Golden vectors computed by another program (numpy): fixed theta, inputs, targets and read-out; the state, the loss
 * and the gradient by each estimator. Its parameters lie matrix by matrix (W recurrent, U input, b bias), its state
 * component by component ([c; h] of an LSTM); ours lie row by row and unit by unit.
 */
import { readFileSync } from 'node:fs';
import type { Rows } from '../../src/types.ts';
import { createCell, type Problem } from '../oracle/problem.ts';

export interface Golden {
  readonly cell: string;
  readonly k: number;
  readonly n_in: number;
  readonly alpha: number | null;
  readonly param_layout: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly theta: readonly number[];
  readonly x: readonly number[][];
  readonly y: readonly number[][];
  readonly C: readonly number[][];
  readonly state_T: readonly number[];
  readonly loss_value: number;
  readonly [gradient: `grad_${string}`]: readonly number[];
}

/** Names of what reads the input, what reads the state (a vector where a unit reads its own alone), and the bias. */
interface Matrices {
  readonly U: string;
  readonly W: string;
  readonly b: string;
}
const gate = (suffix: string): Matrices => ({ U: `U${suffix}`, W: `W${suffix}`, b: `b${suffix}` });
const elementwise = (suffix: string): Matrices => ({ U: suffix.toUpperCase(), W: `w${suffix}`, b: `b${suffix}` });

/** Per cell of the fixture: our cell, and the matrices that each of our parameter groups holds. */
const CELLS: Readonly<Record<string, { id: string; groups: Readonly<Record<string, Matrices>> }>> = {
  vanilla: { id: 'tanh', groups: { recurrent: gate('') } },
  gru_v1: { id: 'gru-reset-before', groups: { update: gate('z'), reset: gate('r'), candidate: gate('a') } },
  gru_v2: {
    id: 'gru',
    groups: { update: gate('z'), reset: gate('r'), recurrent: gate('a'), candidate: gate('a') },
  },
  lstm: { id: 'lstm', groups: { input: gate('i'), forget: gate('f'), output: gate('o'), candidate: gate('g') } },
  elstm: { id: 'elstm', groups: { forget: elementwise('f'), candidate: elementwise('z') } },
};

export const goldens = (
  JSON.parse(readFileSync(new URL('estimators.json', import.meta.url), 'utf8')) as Golden[]
).filter(({ cell }) => cell in CELLS);

/** The fixture's problem on our cell, and where each of our parameters lies in the fixture's theta. */
export async function goldenProblem(golden: Golden): Promise<{ problem: Problem; place: Int32Array }> {
  const { id, groups } = CELLS[golden.cell]!;
  const { k, n_in: inputSize, alpha } = golden;
  const cell = await createCell({ id, inputSize, options: { units: k, ...(alpha === null ? {} : { leak: alpha }) } });
  const place = places(cell.rows, golden, groups);
  cell.params.set(Array.from(place, (at) => golden.theta[at]!));
  const b = cell.components;
  const readout = Int32Array.from({ length: k * b }, (_, i) => (i % k) * b + Math.floor(i / k)); // [c; h] to unit-major
  const vectors = (lists: readonly number[][]): Float64Array[] => lists.map((list) => Float64Array.from(list));
  const problem = {
    cell: { ...cell, readout },
    inputs: vectors(golden.x),
    targets: vectors(golden.y),
    readout: vectors(golden.C),
  };
  return { problem, place };
}

/** Our parameter e is number place[e] of the fixture. */
function places(rows: Rows, { param_layout }: Golden, groups: Readonly<Record<string, Matrices>>): Int32Array {
  const place = new Int32Array(rows.source.length);
  for (const { name, start, end } of rows.groups) {
    for (let r = start; r < end; r++) {
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
        const [matrix, column] = reads(rows, rows.source[e]!);
        place[e] = at(param_layout, groups[name]![matrix], r - start, column);
      }
    }
  }
  return place;
}

/** Which matrix a source in pre = [x; 1; s_{t-1}; r h] belongs to, and its column. */
function reads({ inputSize, components, units }: Rows, source: number): [keyof Matrices, number] {
  if (source < inputSize) return ['U', source];
  if (source === inputSize) return ['b', 0];
  return ['W', Math.floor((source - inputSize - 1) / components) % units]; // r_j h_j is read by the column of h_j
}

function at(layout: Golden['param_layout'], name: string, row: number, column: number): number {
  let first = 0;
  for (const [other, [rows = 0, columns = 1]] of layout) {
    if (other === name) return first + row * columns + Math.min(column, columns - 1); // a vector has one
    first += rows * columns;
  }
  throw new RangeError(`Cannot place ${name}: the fixture has ${layout.map(([known]) => known).join(', ')}`);
}
