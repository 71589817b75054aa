/** A method in numbers: a line of the table. */
import { createRng } from '@rl-tools/envs';
import { bootstrapInterval } from '../statistics/bootstrap.ts';
import type { Interval } from '../statistics/interval.ts';
import { interquartileMean } from '../statistics/iqm.ts';
import { mean } from '../statistics/mean.ts';
import { median } from '../statistics/median.ts';
import { tInterval } from '../statistics/t-interval.ts';
import { toleranceInterval, type ToleranceInterval } from '../statistics/tolerance-interval.ts';
import type { Choice } from './choose.ts';
import { type Counts, countRuns } from './counts.ts';
import { showLeaves } from './leaves.ts';
import type { Metric } from './metric.ts';
import type { Method } from './methods.ts';
import type { ReportRun } from './read-runs.ts';

export interface MethodRow {
  readonly method: Method;
  readonly metric: Metric;
  readonly choice: Choice | null; // null: no run of it has a number yet
  readonly chosen: string; // rule.alpha=0.01, where something was tuned
  readonly values: readonly number[]; // of the reported seeds, NaN where they diverged
  readonly mean: number; // of those that did not diverge; NaN: none
  readonly bootstrap: Interval;
  readonly t: Interval;
  readonly iqm: number;
  readonly tolerance: ToleranceInterval;
  readonly tuningMean: number;
  readonly explained: number;
  readonly success: number;
  readonly excess: number; // bits beyond the entropy rate
  readonly solved: number; // where levels are compared: what all sequences reach
  readonly usPerStep: number;
  readonly parameters: number;
  readonly macsPerStep: number;
  readonly counts: Counts; // of the chosen setting
  readonly diverged: number; // of the reported seeds
}

export function methodRow(method: Method, metric: Metric, choice: Choice | null): MethodRow {
  const values = choice?.reported.map(({ value }) => value) ?? [];
  const finite = values.filter(Number.isFinite);
  const done = choice?.reported.map(({ run }) => run).filter(({ result }) => result.status === 'done') ?? [];
  const ended = (choice?.setting ?? method.settings[0]!).runs.filter(({ result }) => result.parameters > 0);
  return {
    method,
    metric,
    choice,
    chosen: choice === null ? '' : showLeaves(choice.setting.leaves, method.tuned),
    values,
    mean: mean(finite),
    bootstrap: bootstrapInterval(finite, { rng: createRng('report/bootstrap') }),
    t: tInterval(finite),
    iqm: interquartileMean(finite),
    tolerance: toleranceInterval(finite),
    tuningMean: mean(choice?.tuning.map(({ value }) => value).filter(Number.isFinite) ?? []),
    explained: meanOf(done, ({ result }) => result.explained),
    success: meanOf(done, ({ result }) => result.success),
    excess: meanOf(done, ({ result }) => result.excess),
    solved: meanOf(done, (run) => metric.solved?.(run)),
    usPerStep:
      median(
        done
          .map(({ record, result }) => result.nsPerStep || Number(record.scores?.['nsPerStep']))
          .filter(Number.isFinite),
      ) / 1000,
    parameters: ended[0]?.result.parameters ?? NaN,
    macsPerStep: ended[0]?.result.macsPerStep ?? NaN,
    counts: countRuns(choice === null ? method.settings : [choice.setting]),
    diverged: values.length - finite.length,
  };
}

function meanOf(runs: readonly ReportRun[], of: (run: ReportRun) => number | null | undefined): number {
  return mean(runs.flatMap((run) => of(run) ?? []));
}

/** The best first; what has no mean comes last. */
export function byMean(a: MethodRow, b: MethodRow): number {
  if (Number.isNaN(a.mean) || Number.isNaN(b.mean)) return Number(Number.isNaN(a.mean)) - Number(Number.isNaN(b.mean));
  return a.metric.lower ? a.mean - b.mean : b.mean - a.mean;
}
