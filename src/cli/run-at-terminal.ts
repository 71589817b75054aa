/** Runs with somebody before the terminal: progress, and keys that steer. */
import { type PoolResult, runPool } from '../run/pool.ts';
import type { RunJob } from '../run/run-job.ts';
import type { Progress } from './progress.ts';
import { steerByKeys } from './run-keys.ts';

interface Needs {
  readonly jobs?: number;
  readonly takesKeys: boolean;
}

export async function runAtTerminal(
  jobs: readonly RunJob[],
  progress: Progress,
  { takesKeys, ...pool }: Needs,
): Promise<PoolResult> {
  let giveBack = (): void => undefined;
  try {
    return await runPool(jobs, {
      ...pool,
      ...progress,
      onOpen(steer) {
        if (!takesKeys || !process.stderr.isTTY) return;
        const signal = (name: NodeJS.Signals): void => void process.kill(name === 'SIGINT' ? process.pid : 0, name);
        giveBack = steerByKeys(steer, { keys: process.stdin, say: (line) => progress.say(line), signal });
      },
    });
  } finally {
    giveBack();
    progress.end();
  }
}
