/**
 * One process at a time at a run, on one machine or many that share a file system, whatever is killed and whatever the
 * clocks say. `.<seed>.lease` beside the run's folder names the holder. One that is found dead is not removed but
 * followed: who first makes `.<seed>.lease.<its token>` is the next holder, so two can never follow the same one; the
 * last file of this chain holds. A holder that cannot be seen from here (another machine) is dead when its file has
 * not grown for two minutes of our own time: it writes a byte every ten seconds. Times of files and clocks of others
 * play no part.
 */
import { appendFileSync, linkSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../user-error.ts';
import { type Holder, holder, isAlive, thisProcess } from './holder.ts';
import { readHead } from './read-head.ts';
import { systemReason } from './system-reason.ts';

export interface Lease {
  /** Shows that we live; false: the lease is another's by now, and nothing may be written any more. */
  beat(): boolean;
  release(): void;
}

export const BEAT = 10_000; // milliseconds
const DEAD = 120_000; // milliseconds without growth

/** What was seen of holders on other machines: file -> size, and since when. One per process that waits. */
export type Sightings = Map<string, { readonly size: number; readonly since: number }>;

const seen: Sightings = new Map();
const now = (): number => performance.now();

interface Take {
  readonly sightings?: Sightings;
  readonly clock?: () => number;
  readonly dead?: string | undefined; // token of a holder that another process has watched, and found dead
}

/** The lease of a run's folder, or who holds it. */
export function takeLease(folder: string, { sightings = seen, clock = now, dead }: Take = {}): Lease | Holder {
  const me = thisProcess();
  const root = rootOf(folder);
  const last = lastOf(root);
  if (last !== null && last.holder.token !== dead && !isDead(last, sightings, clock)) return last.holder;
  const mine = last === null ? root : `${root}.${last.holder.token}`;
  const isOurs = (): boolean => lastOf(root)?.holder.token === me.token;
  // Another was faster; or the one that we found dead was followed, and the whole chain dropped, before we came.
  if (!create(mine, me) || !isOurs()) return lastOf(root)?.holder ?? me;
  return {
    beat() {
      try {
        if (!isOurs()) return false;
        appendFileSync(mine, '.');
      } catch {
        // A full disk lets no byte through, a server that is away tells nothing: who cannot see us may follow us then, and
        // we notice at the next beat.
      }
      return true;
    },
    release() {
      try {
        if (!isOurs()) return;
        const rest = mine === root ? [] : chainFiles(root); // listed first: what comes later is a chain of others
        for (const path of [root, ...rest]) rmSync(path, { force: true }); // without its root the rest is no chain
      } catch {
        // A file system that is read-only by now keeps it: it lasts as long as this process.
      }
    },
  };
}

/** Who holds it; null: nobody, or one that is known to be dead. */
export function leaseHolder(folder: string, sightings = seen, clock = now): Holder | null {
  const last = lastOf(rootOf(folder));
  return last === null || isDead(last, sightings, clock) ? null : last.holder;
}

export const isLease = (taken: Lease | Holder): taken is Lease => 'release' in taken;

interface Link {
  readonly path: string;
  readonly holder: Holder;
}

const rootOf = (folder: string): string => join(dirname(folder), `.${basename(folder)}.lease`);

function chainFiles(root: string): string[] {
  const names = readdirSync(dirname(root)).filter((name) => name.startsWith(`${basename(root)}.`));
  return names.map((name) => join(dirname(root), name));
}

/** The end of the chain. One that bites its own tail, as no process writes it, ends there. */
function lastOf(root: string): Link | null {
  const tokens = new Set<string>();
  let last: Link | null = null;
  for (let path = root, links = 0; ; path = `${root}.${last.holder.token}`, links++) {
    const found = read(path, `unknown${links}`);
    if (found === null || tokens.has(found.token)) return last;
    tokens.add(found.token);
    last = { path, holder: found };
  }
}

/** null: there is no such file. One that cannot be understood (a power cut empties it) has a holder nobody can see. */
function read(path: string, token: string): Holder | null {
  let text: string;
  try {
    text = readHead(path, LONGEST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UserError(`Cannot read ${path}: ${systemReason(error)}`, { cause: error });
  }
  try {
    const found = holder.parse(JSON.parse(text.split('\n')[0]!));
    if (TOKEN.test(found.token)) return found;
  } catch {
    // Below.
  }
  return { token, host: 'unknown', space: '', pid: 0, began: '' };
}

const LONGEST = 4096; // bytes of the line that names the holder
const TOKEN = /^[\w-]{1,64}$/; // it becomes a part of a file's name

function isDead({ path, holder: its }: Link, sightings: Sightings, clock: () => number): boolean {
  const alive = isAlive(its);
  if (alive !== null) return !alive;
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? -1;
  const before = sightings.get(path);
  if (before?.size === size) return clock() - before.since > DEAD;
  sightings.set(path, { size, since: clock() });
  return false;
}

/** With all its content at once, or not at all; false: it was there. */
function create(path: string, me: Holder): boolean {
  const text = `${JSON.stringify(me)}\n`;
  const temporary = `${path}.${me.token}.tmp`; // goes with the chain, should we be killed here
  try {
    writeFileSync(temporary, text);
    link(temporary, path, text);
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' && syscall === 'link') return false; // a holder that left took our temporary file with the chain
    throw new UserError(`Cannot take the lease ${path}: ${systemReason(error)}`, { cause: error });
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A file system without links makes the file first and its content a moment later. */
function link(temporary: string, path: string, text: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    writeFileSync(path, text, { flag: 'wx' });
  }
}
