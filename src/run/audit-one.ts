/**
 * One audit: an agent learns as in a run, and estimators run beside it on the same stream. Windows of steps are told
 * as they end. The reference path alone: it is the one that lets others watch.
 */
import { lastValueFrom, takeWhile, tap } from 'rxjs';
import type { GroupAlignment } from '../audit/auditor.ts';
import type { ReferenceOptions } from '../audit/choose-reference.ts';
import { lapTimes } from '../audit/lap-times.ts';
import { materialiseTime } from '../audit/materialise-time.ts';
import { DivergenceError } from '../divergence-error.ts';
import type { ReferenceLearner } from '../learner.ts';
import type { RunStatus } from '../results/run-record.ts';
import { eachStep } from '../stream/each-step.ts';
import { chunks } from '../stream/interact.ts';
import type { Cell } from '../types.ts';
import type { Entry, LeftOut, Taken } from './audit-entries.ts';
import { type AuditWindows, auditWindows } from './audit-windows.ts';
import { openAuditor } from './open-auditor.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { RunScores } from './result.ts';
import type { OnStep } from './run-one.ts';
import type { Setting } from './setting.ts';

export interface AuditOptions {
  readonly setting: Setting; // `every` is the window
  readonly seed: string | number;
  readonly entries: readonly Entry[];
  readonly reference: Omit<ReferenceOptions, 'rng'>;
}

export interface AuditHooks {
  readonly onWindow: (step: number, alignments: Readonly<Record<string, GroupAlignment>>) => void;
  readonly onStep?: OnStep;
  readonly stop?: AbortSignal;
}

/** Made and checked, not started: whatever is wrong has been said. */
export interface Audit {
  readonly reference: { readonly kind: 'shadow' | 'probe'; readonly exactMacs: number };
  readonly taken: readonly Taken[];
  readonly leftOut: readonly LeftOut[];
  readonly parameters: number; // of the cell
  live(hooks: AuditHooks): Promise<AuditEnd>;
}

export interface AuditEnd extends RunScores {
  readonly status: RunStatus;
  readonly steps: number;
  readonly seconds: number;
  readonly diverged: string | null; // the array that held a NaN or infinity
  readonly microseconds: Readonly<Record<string, number>>; // per step, by estimator
  readonly leftOut: readonly LeftOut[]; // with those that gave up on the way
}

export async function prepareAudit({ setting, seed, entries, reference: asked }: AuditOptions): Promise<Audit> {
  const run = await prepare({ ...setting, path: 'reference' }, seed, () => undefined);
  const needs = { setting, seed, entries, reference: asked, act: 'audit' };
  const { learner, opened } = await openAuditor(run.learner, needs);
  const { reference, taken, cell } = opened;
  const estimators = Object.fromEntries(taken.map(({ label, estimator }) => [label, estimator]));
  return {
    reference,
    taken,
    leftOut: opened.leftOut,
    parameters: cell.params.length,
    async live(hooks) {
      const times = lapTimes(estimators);
      const onWindow: AuditHooks['onWindow'] = (step, alignments) => {
        times.lap();
        hooks.onWindow(step, alignments);
      };
      const end = await live(run, learner, setting, auditWindows(opened, setting.every, onWindow), hooks);
      return {
        ...end,
        microseconds: withDynamics(cell, taken, times.medians()),
        leftOut: [...opened.leftOut, ...opened.gaveUp()],
      };
    },
  };
}

async function live(
  { interaction, evaluator, env }: Prepared,
  learner: ReferenceLearner,
  setting: Setting,
  seen: AuditWindows,
  { onStep, stop }: AuditHooks,
): Promise<Omit<AuditEnd, 'microseconds' | 'leftOut'>> {
  const began = performance.now();
  let diverged: string | null = null;
  try {
    const stream = chunks(interaction).pipe(
      eachStep(learner, seen.look),
      tap((report) => {
        evaluator.push(report);
        onStep?.(interaction.time, null);
      }),
      takeWhile(() => !stop?.aborted),
    );
    await lastValueFrom(stream, { defaultValue: null });
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    diverged = error.array;
  } finally {
    env.close();
  }
  seen.finish();
  evaluator.finish();
  const { steps } = seen;
  const status = diverged !== null ? 'diverged' : steps < setting.steps ? 'interrupted' : 'done';
  const seconds = (performance.now() - began) / 1000;
  return { status, steps, seconds, diverged, ...evaluator.scores() };
}

/** What an estimator asks of D is formed once for all while they run: its time comes on top. */
function withDynamics(cell: Cell, taken: readonly Taken[], own: Record<string, number>): Record<string, number> {
  const clock = (): number => performance.now();
  const total = taken.map(({ label, estimator }) => [
    label,
    own[label]! + materialiseTime(cell, estimator.needs, clock),
  ]);
  return Object.fromEntries(total) as Record<string, number>;
}
