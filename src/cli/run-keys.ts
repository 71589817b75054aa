/** Runs steered by keys, where a person sits at the terminal: space, s, c, k; Ctrl-C stops them as ever. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Command } from '../run/control.ts';

interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (data: Buffer) => void): unknown;
  off(event: 'data', listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

interface Needs {
  readonly keys: Keyboard;
  readonly say: (line: string) => void;
  /** To all that Ctrl-C and Ctrl-Z reach, since a terminal that hands over every key does not. */
  readonly signal: (name: 'SIGINT' | 'SIGTSTP') => void;
}

export const HELP =
  'keys: space pauses and resumes, s one step, c one chunk of steps, k a checkpoint, Ctrl-C stops and saves';

/** Takes the keyboard; what it returns gives it back. */
export function steerByKeys(steer: (command: Command) => void, { keys, say, signal }: Needs): () => void {
  if (!keys.isTTY || !keys.setRawMode || !isForeground()) return () => undefined;
  let isPaused = false;
  const acts: Readonly<Record<string, () => void>> = {
    ' '() {
      isPaused = !isPaused;
      steer({ command: isPaused ? 'pause' : 'resume' });
      say(isPaused ? 'paused' : 'goes on');
    },
    s: () => move('step'),
    c: () => move('chunk'),
    k() {
      steer({ command: 'checkpoint' });
      say('checkpoint asked for');
    },
    '\u0003': () => signal('SIGINT'),
    '\u001a'() {
      keys.setRawMode!(false);
      signal('SIGTSTP');
    },
  };
  const goOn = (): void => void (isForeground() && keys.setRawMode!(true));
  const move = (command: 'step' | 'chunk'): void => {
    if (!isPaused) say('paused');
    isPaused = true;
    steer({ command });
  };
  const hear = (data: Buffer): void => {
    for (const key of data.toString()) acts[key.toLowerCase()]?.();
  };
  say(HELP);
  keys.setRawMode(true);
  keys.on('data', hear);
  process.on('SIGCONT', goOn);
  keys.resume();
  return () => {
    keys.off('data', hear);
    process.off('SIGCONT', goOn);
    keys.setRawMode!(false);
    keys.pause();
  };
}

/** Who takes the keyboard from the background is stopped by the system (SIGTTOU): `agent-state run ... &`. */
export function isForeground(): boolean {
  const [own, terminal] = groups();
  return own !== undefined && own === terminal;
}

/** The process group of ours, and the one that the terminal listens to. */
function groups(): string[] {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return [fields[2]!, fields[5]!];
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' });
    return (stdout ?? '').trim().split(/\s+/);
  }
}
