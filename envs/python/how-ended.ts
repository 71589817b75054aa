import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const signals = Object.entries(constants.signals);

/**
 * How a process ended, in words. While our event loop stands still it is a zombie, and Linux tells the status of one;
 * elsewhere this says only that it is over.
 */
export function howEnded({ pid, exitCode, signalCode }: ChildProcess): string {
  if (signalCode !== null) return `was killed by ${signalCode}`;
  if (exitCode !== null) return `ended with exit code ${exitCode}`;
  const status = zombieStatus(pid!);
  if (status === null) return 'ended';
  const signal = signals.find(([, value]) => value === (status & 0x7f))?.[0];
  return signal === undefined ? `ended with exit code ${status >> 8}` : `was killed by ${signal}`;
}

/** wait()'s status from /proc; closing its files and becoming a zombie are moments apart. */
function zombieStatus(pid: number): number | null {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.trim().split(' ');
      if (fields[0] === 'Z') return Number(fields[49]);
    } catch {
      return null;
    }
    pause(5);
  }
  return null;
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps, the whole thread. */
export function pause(milliseconds: number): void {
  Atomics.wait(never, 0, 0, milliseconds);
}

/**
 * Ends a process, and what it has started: it leads a group of its own. Once we know that it is over its number may
 * soon name another, so this is then done at once, on its 'exit', and never later.
 */
export function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) endNow(pid);
}

/** What a process that has just ended leaves behind ends with it. */
export function endWhatIsLeft(child: ChildProcess): void {
  child.on('exit', () => {
    if (child.pid !== undefined) endNow(child.pid);
  });
}

function endNow(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
