/**
 * Measures side by side: measurements are many and short. A signal ends it at once; what was measured is on the disk, and
 * only the rest is measured the next time.
 */
import type { Measurement } from '../results/measurements-file.ts';
import { runProcesses } from './process-pool.ts';
import type { Limits, Lost, Over } from './worker-process.ts';
import type { StudyAnswer, StudyJob } from './study-worker.ts';

export interface StudyPoolHooks {
  readonly jobs?: number; // processes at a time; default one per core
  readonly limits?: Limits;
  readonly onMeasured: (measurement: Measurement) => void;
}

export interface StudyPoolResult {
  readonly errors: readonly string[]; // one line per measurement that failed
  readonly stopped: boolean; // by a signal
}

export async function runStudyPool(jobs: readonly StudyJob[], hooks: StudyPoolHooks): Promise<StudyPoolResult> {
  const errors: string[] = [];
  const stopped = await runProcesses<StudyJob, never, StudyAnswer>(jobs, {
    worker: 'study-worker.js',
    ...(hooks.jobs === undefined ? {} : { lanes: hooks.jobs }),
    ...(hooks.limits === undefined ? {} : { limits: hooks.limits }),
    kind: ({ study }) => study,
    onAnswer(job, said, over) {
      if ('measured' in said) hooks.onMeasured(said.measured);
      else errors.push('lost' in said ? ended(job, said, over, hooks.limits) : said.error);
      return false;
    },
  });
  return { errors, stopped };
}

function ended({ study }: StudyJob, { lost }: Lost, over: Over, { seconds, mebibytes }: Limits = {}): string {
  if (over === 'time') return `A measurement of ${study} took more than its ${seconds} s; raise --time-limit`;
  if (over === 'memory')
    return `A measurement of ${study} took more than its ${mebibytes} MiB of memory; raise --memory-limit`;
  return `A process that measured ${study} ended early (${typeof lost === 'number' ? `exit code ${lost}` : lost})`;
}
