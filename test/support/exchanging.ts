/** Agents whose weights come and go within a few steps, and what an outsider sees of them. */
import { type AgentInput, defineAgent } from '../../src/agent.ts';
import type { LearnerParts } from '../../src/learner.ts';
import type { Estimator, Growth, GrowthNeeds, Rows } from '../../src/types.ts';
import { zeros, type Matrix } from '../oracle/dense.ts';
import { alive, draw } from './growing.ts';

/** A method with a change at step 20 and every 20 steps on. */
export const METHODS = {
  'magnitude-pruning': { id: 'magnitude-pruning', sparsity: 0.8, begin: 0, every: 20, until: 100 },
  set: { id: 'set', every: 20 },
  rigl: { id: 'rigl', every: 20, until: 1000 },
} as const;
export const EXCHANGES = ['set', 'rigl'] as const;

export const SPARSE_CELLS = [
  { id: 'tanh', units: 7, density: 0.4, leak: 0.6 },
  { id: 'ctrnn', units: 6, density: 0.4, learnTau: true },
  { id: 'gru', units: 5, density: 0.4 },
  { id: 'gru', units: 5, density: 0.5, mask: 'shared' },
  { id: 'lstm', units: 4, density: 0.4 },
] as const;

/** Nothing learns unless a rule says so: what changes was exchanged. */
export const exchanging = (over: Partial<AgentInput> = {}) =>
  defineAgent({
    summary: 'a sparse net',
    cite: 'evci2020rigging',
    cell: SPARSE_CELLS[0],
    estimator: { id: 'snap', n: 2 },
    features: { id: 'raw' },
    rule: { id: 'td-lambda', alpha: 0, lambda: 0.9 },
    growth: METHODS.set,
    ...over,
  });

/** The learner with what its growth was given. */
export async function exchanged(over: Partial<AgentInput>, seed = 0) {
  let site: GrowthNeeds | undefined;
  let growth: Growth | undefined;
  const made = await alive(
    exchanging(over),
    (parts: LearnerParts) => ({
      growth: (needs) => {
        site = needs;
        return (growth = parts.growth!(needs));
      },
    }),
    seed,
  );
  draw(made.learner, 'head.weights'); // 0 at the start: then nothing has a slope
  return { ...made, site: site!, growth: growth!, cell: site!.cell };
}

/** J as the estimator's pulls tell it, one state entry at a time. [n x p] */
export function influenceOf(estimator: Estimator, n: number, p: number): Matrix {
  const J = zeros(n, p);
  J.forEach((row, i) => {
    const q = new Float64Array(n);
    q[i] = 1;
    estimator.pull(q, row);
  });
  return J;
}

/** What each place in theta is: "row source", or nothing. */
export function weightsOf(rows: Rows, p: number): string[] {
  const names = new Array<string>(p).fill('');
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) names[rows.param?.[e] ?? e] = `${r} ${rows.source[e]}`;
  }
  return names;
}

/** Weights that may go: neither of the constant nor of a unit on itself. */
export function free(rows: Rows, names: readonly string[]): number[] {
  const { inputSize: m, components: b, dest, destStart } = rows;
  return [...names.keys()].filter((slot) => {
    if (names[slot] === '') return false;
    const [r, source] = names[slot]!.split(' ').map(Number) as [number, number];
    const group = rows.groups.find(({ start, end }) => r >= start && r < end)!;
    return group.sources && source !== m && Math.floor((source - m - 1) / b) !== dest[destStart[r]!];
  });
}

/** The matrix a weight is in: its group, and whether it reads the input. */
export function matrixOf({ groups, inputSize }: Rows, name: string): string {
  const [r, source] = name.split(' ').map(Number) as [number, number];
  return `${groups.find(({ start, end }) => r >= start && r < end)!.name} ${source < inputSize ? 'input' : 'recurrent'}`;
}
