/** Why a learner cannot take the compiled path: one line that names the part; null where it can. */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { Cell, Estimator, Growth, StepSizeRule } from '../types.ts';
import { rulesOf } from './kernel.ts';
import { whyNoKernels } from './module.ts';
import { readsAll } from './readout.ts';

export function whyNot(
  { cell, estimator, features, head, inputs }: LearnerParts,
  rule: StepSizeRule,
  { clip = null, feedback = null, nonFinite = 'stop' }: LearnerSettings,
  cells: readonly string[],
  growth: Growth | null = null,
): string | null {
  if (cells.length === 0) return whyNoKernels();
  if (!cell.kernel || !cells.includes(cell.kernel.id)) return none('cell', cell);
  if (!estimator.kernel) return none('estimator', estimator);
  if (!features.kernel) return none('features file', features);
  if (inputs && !inputs.kernel) return none('normaliser of inputs', inputs);
  if (!head.kernel) return none('head', head);
  if (!rule.kernel) return none('step-size rule', rule);
  if (growth && !growth.kernel) return none('growth part', growth);
  if (head.horde && estimator.kernel.kind !== 'still') return 'questions over a cell that learns have no kernel';
  if (clip !== null) return 'gradient clipping has no kernel';
  if (nonFinite === 'skip') return 'skipping errors that are not finite has no kernel';
  if (feedback !== null) return 'random feedback has no kernel';
  return whyNotRows(cell);
}

/** Why lanes cannot have their cells and estimators compiled. */
export function whyNotLanes(
  cell: Cell,
  estimators: readonly Estimator[],
  updateEvery: number | 'episode',
  cells: readonly string[],
): string | null {
  if (cells.length === 0) return whyNoKernels();
  if (!cell.kernel || !cells.includes(cell.kernel.id)) return none('cell', cell);
  const without = estimators.find(({ kernel }) => !kernel);
  if (without) return none('estimator', without);
  if (estimators.length === 1 && updateEvery === 1) return 'one lane with a change at every step is not gathered';
  return whyNotRows(cell);
}

const none = (what: string, { noKernel }: { readonly noKernel?: string }): string =>
  `the ${what} has no kernel${noKernel === undefined ? '' : `: ${noKernel}`}`;

/** Why a net cannot be split over threads. */
export function whyNotSplit({ cell, estimator, head }: LearnerParts, rule: StepSizeRule): string | null {
  const { rows, inputSize: m, units, components: b } = cell;
  if (estimator.kernel?.kind !== 'traces') return 'its estimator keeps no traces on own units';
  if (head.horde) return 'it answers several questions';
  if (rule.kernel && rulesOf(rule.kernel).head.kind === 'swift-td') return 'its head learns by swift-td';
  if (head.outputs > 1) return 'it answers several questions';
  if (rows.layers > 1 || rows.groups.some(({ start, end }) => end - start !== units)) return 'its cell has layers';
  for (let r = 0; r < rows.count; r++) {
    const unit = rows.dest[rows.destStart[r]!]!;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const entry = rows.source[e]! - m - 1;
      if (entry >= 0 && Math.floor(entry / b) !== unit) return 'its units read each other';
    }
  }
  return null;
}

function whyNotRows({ rows, readout, kernel }: Cell): string | null {
  const { units, components: b } = rows;
  if (rows.param !== null) return 'tied weights have no kernel';
  if (rows.count === 0) return null;
  if (b > 2) return `units of ${b} components have no kernel`;
  const component = readout[0]! % b;
  const isPlain = readout.length === units && readout.every((entry, unit) => entry === unit * b + component);
  const isWhole = readsAll({ readout, units, components: b });
  if (!isPlain && !isWhole) return 'heads that read some of the units, or components side by side, have no kernel';
  if (isPlain && b === 2 && component !== 1) return 'heads that read the first of two components have no kernel';
  const meet = rows.direct.column.some((column, i) => column !== i);
  if (meet && !kernel!.tables) return 'units that meet outside of sums have no kernel';
  return null;
}
