import type { RunResult } from './result.ts';
import { folderOf, type RunJob } from './run-job.ts';

/** The result of a run that ended without one. */
export function failedResult(job: RunJob, error: string, steps = 0): RunResult {
  return {
    folder: folderOf(job),
    agent: job.setting.agent.id,
    env: job.setting.env.id,
    seed: job.seed,
    status: 'failed',
    steps,
    diverged: null,
    nsPerStep: NaN,
    seconds: 0,
    parameters: 0,
    macsPerStep: 0,
    msre: null,
    explained: null,
    error,
  };
}
