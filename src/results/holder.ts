/** Which process holds something, told so that another one can find out whether it still lives. */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

export const holder = z.object({
  token: z.string(), // of this holding: no two are alike
  host: z.string(),
  space: z.string(), // in which process ids mean the same: boot and pid namespace
  pid: z.number().int(),
  began: z.string(), // when the process began, by its own system's count: ids are used again
});
export type Holder = z.infer<typeof holder>;

export function thisProcess(): Holder {
  const { pid } = process;
  return { token: randomUUID().slice(0, 8), host: hostname(), space: space(), pid, began: beganAt(pid) ?? '' };
}

/** null: its processes cannot be seen from here. */
export function isAlive({ host, space: its, pid, began }: Holder): boolean | null {
  if (host !== hostname() || its !== space()) return null;
  try {
    process.kill(pid, 0); // sends nothing
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beganAt(pid);
  return now === null || now === began;
}

/** Machines may share a name, and containers a machine: what tells them apart, where the system says it. */
function space(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return process.platform;
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the name, which may hold anything. A zombie lives no more. */
function beganAt(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? 'over' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
