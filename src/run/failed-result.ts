import { locateRun } from '../results/run-folder.ts';
import type { RunResult } from './result.ts';
import type { RunJob } from './start-run.ts';

/** The result of a run that ended without one. */
export function failedResult(job: RunJob, error: string, steps = 0): RunResult {
  return {
    folder: locateRun(job).path,
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
