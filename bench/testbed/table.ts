/**
 * The table of the replication: for every sparsity, the measures of every estimate against the truth (real-time
 * recurrent learning), mean and standard error over independent runs.
 */
import { createRng } from '@rl-tools/envs';
import columnar from '../../src/estimators/columnar.ts';
import rtrl from '../../src/estimators/rtrl.ts';
import tbptt from '../../src/estimators/tbptt.ts';
import { cosine } from '../../src/statistics/cosine.ts';
import { mean } from '../../src/statistics/mean.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import { signAlignment } from '../../src/statistics/sign-alignment.ts';
import type { Cell, Estimator } from '../../src/types.ts';
import { createBed, lateralProbability } from './bed.ts';
import { gradients } from './gradients.ts';

export const METHODS = ['columnar', 'tbptt 5', 'tbptt 10'] as const;
export const MEASURES = ['alignment', 'absError', 'cosine', 'relativeL2'] as const;
export type Method = (typeof METHODS)[number];
export type Measure = (typeof MEASURES)[number];

export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly runs: number;
}

export interface TableRow {
  readonly sparsity: number;
  readonly lateral: number; // probability of a link
  readonly measured: Readonly<Record<Method, Readonly<Record<Measure, Estimate>>>>;
}

const none = createRng('testbed'); // these estimators draw nothing
const chunks = (window: number) => (cell: Cell) => tbptt.create({ window, mode: 'chunked' }, none, { cell });
const ESTIMATORS: readonly ((cell: Cell) => Estimator)[] = [
  (cell) => rtrl.create({}, none, { cell }),
  (cell) => columnar.create({}, none, { cell }),
  chunks(5),
  chunks(10),
];

export function tableRow(
  sparsity: number,
  runs: number,
  sizes: { columns?: number; features?: number } = {},
): TableRow {
  const perRun = Array.from({ length: runs }, (_, seed) => {
    const [truth, ...estimates] = gradients(createBed({ sparsity, seed, ...sizes }), ESTIMATORS);
    return estimates.map((estimate) => measures(estimate, truth!));
  });
  const measured = byName(METHODS, (_, m) =>
    byName(MEASURES, (measure) => estimateOf(perRun.map((methods) => methods[m]![measure]))),
  );
  return { sparsity, lateral: lateralProbability(sparsity, sizes.columns, sizes.features), measured };
}

function measures(estimate: Float64Array, truth: Float64Array): Record<Measure, number> {
  const { alignment, absError } = signAlignment(estimate, truth);
  return { alignment, absError, cosine: cosine(estimate, truth), relativeL2: relativeError(estimate, truth) };
}

/** Mean and its standard error, from the unbiased variance. */
function estimateOf(values: readonly number[]): Estimate {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return { mean: centre, standardError: Math.sqrt(variance / values.length), runs: values.length };
}

function byName<Name extends string, T>(names: readonly Name[], make: (name: Name, i: number) => T): Record<Name, T> {
  return Object.fromEntries(names.map((name, i) => [name, make(name, i)])) as Record<Name, T>;
}
