import { hostname } from 'node:os';
import type { RunRecord } from '../results/run-record.ts';
import { UserError } from '../user-error.ts';

/** Two processes at one run would ruin its files: refuses while the one that began it is alive on this machine. */
export function refuseLive({ status, pid, host }: RunRecord, path: string): void {
  if (status !== 'running' || pid === null || pid === process.pid || host['name'] !== hostname()) return;
  if (!isAlive(pid)) return;
  throw new UserError(`Cannot use ${path}: process ${pid} is still at this run; wait for it, or end it`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
