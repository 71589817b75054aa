/**
 * Where a process that does runs can be spoken to: a socket in a folder of the system's temporary one that belongs to
 * this user alone (mode 700), so that nobody else can reach it or put another in its place. Its name follows from who
 * holds a run's lease: nothing about it is written into the results.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Holder } from '../results/holder.ts';

const LONGEST = 100; // bytes of a path that every system takes for a socket

/** null: there is no safe place for it on this system. `makes`: the folder, where it is not there. */
export function liveAddress({ space, pid, began }: Holder, makes = false): string | null {
  const folder = liveFolder(makes);
  const path = folder === null ? null : join(folder, `${pid}-${placeOf(space)}${digest(`${pid} ${began}`)}.sock`);
  return path !== null && Buffer.byteLength(path) <= LONGEST ? path : null;
}

function liveFolder(makes: boolean): string | null {
  const uid = process.getuid?.();
  if (uid === undefined) return null; // Windows
  const folder = join(tmpdir().length > 50 ? '/tmp' : tmpdir(), `agent-state-${uid}`);
  try {
    if (makes) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    const isOurs = found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
    return isOurs && staysInPlace(dirname(folder)) ? folder : null;
  } catch {
    return null;
  }
}

/** Where others may write, but not move what is not theirs, as in /tmp: or another folder could be put in place of ours. */
function staysInPlace(parent: string): boolean {
  const { mode, uid } = statSync(parent);
  const isOpen = (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
  return !isOpen && (uid === 0 || uid === process.getuid?.()); // its owner may move everything
}

/** Sockets of processes that were killed; in another container ids mean other processes: only those of our own are known. */
export function dropDead(mine: string, { space }: Holder): void {
  for (const name of readdirSync(dirname(mine))) {
    const [, pid, where] = /^(\d+)-([0-9a-f]{6})[0-9a-f]{6}\.sock$/.exec(name) ?? [];
    if (where === placeOf(space) && isGone(Number(pid))) rmSync(join(dirname(mine), name), { force: true });
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const placeOf = (space: string): string => digest(space);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);
