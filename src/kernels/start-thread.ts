/** Starts the second thread of a team (thread.ts). A browser has src/browser/start-thread.ts in this file's place. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { UserError } from '../user-error.ts';
import type { WorkerNeeds } from './team.ts';

const THREAD = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../dist/src/kernels/thread.js', import.meta.url)
    : new URL('thread.js', import.meta.url),
);
const PATIENCE = 10_000; // milliseconds for a worker to start

export function startThread(needs: WorkerNeeds): void {
  const worker = new Worker(THREAD, { workerData: needs });
  worker.unref(); // it never keeps the process alive
  const { control } = needs.mailbox;
  if (control[3] === 0 && Atomics.wait(control, 3, 0, PATIENCE) === 'timed-out') {
    void worker.terminate();
    throw new UserError(
      `Cannot run on two threads: the second did not start within ${PATIENCE / 1000} s; use --threads 1`,
    );
  }
}
