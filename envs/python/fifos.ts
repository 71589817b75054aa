import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StderrFile } from './stderr-file.ts';

/** A child's two FIFOs, open at both ends, and its stderr; nothing of it has a name any more. */
export interface Fifos {
  readonly request: number; // ours
  readonly reply: number;
  readonly impatient: number; // the reply's too, but a read returns at once
  readonly theirs: readonly [source: number, sink: number];
  readonly stderr: StderrFile;
}

/** `forward`: what comes on stderr. */
export function openFifos(forward: boolean): Fifos {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `rl-tools-envs-${process.pid}-`));
  try {
    const ends = openEnds(join(folder, 'request'), join(folder, 'reply'));
    return { ...ends, stderr: new StderrFile(join(folder, 'stderr'), forward) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opening one end of a FIFO waits for the other, unless told not to: hence the order. */
function openEnds(asked: string, answered: string): Omit<Fifos, 'stderr'> {
  execFileSync('mkfifo', ['-m', '600', asked, answered], { stdio: ['ignore', 'ignore', 'pipe'] });
  const { O_RDONLY, O_NONBLOCK } = constants;
  const first = openSync(asked, O_RDONLY | O_NONBLOCK);
  const request = openSync(asked, 'w');
  const source = openSync(asked, 'r');
  closeSync(first);
  const impatient = openSync(answered, O_RDONLY | O_NONBLOCK);
  const sink = openSync(answered, 'w');
  const reply = openSync(answered, 'r');
  return { request, reply, impatient, theirs: [source, sink] };
}

/** Removes what processes left that were killed in the few milliseconds for which such a folder is there. */
function sweep(): void {
  const all = tmpdir();
  for (const name of readdirSync(all)) {
    const pid = /^rl-tools-envs-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid !== undefined && isGone(Number(pid))) removeOurs(join(all, name));
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Only what this file makes, never more; what is another user's stays. */
function removeOurs(folder: string): void {
  try {
    if (!lstatSync(folder).isDirectory()) return;
    for (const file of readdirSync(folder)) {
      if (file === 'request' || file === 'reply' || file === 'stderr') unlinkSync(join(folder, file));
    }
    rmdirSync(folder);
  } catch {
    // Somebody was faster, or may.
  }
}
