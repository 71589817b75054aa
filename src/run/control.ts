/**
 * A run held, stepped and let go between two chunks, by keys or from a dashboard. It decides when steps are lived, never
 * what happens in them: a run that was paused ends with the bytes of one that was not. What is saved lies at the end of a
 * whole chunk: a run that stands within one, after single steps, lives to its end first.
 */
import type { Gate } from '../stream/interact.ts';

export type CommandName = 'pause' | 'resume' | 'step' | 'chunk' | 'checkpoint';

export interface Command {
  readonly command: CommandName;
  readonly steps?: number; // of `step`; 1 unless said
}

export interface ControlState {
  readonly isPaused: boolean;
  readonly step: number; // lived
  readonly isOver: boolean;
}

/** What a control knows of the run that it holds. */
export interface Held {
  time(): number;
  readonly stride: number; // steps of a whole chunk
  save(): void; // a checkpoint
  readonly stop: AbortSignal | undefined;
}

export interface RunControl {
  readonly state: ControlState;
  /** Resolves when it is done: steps are lived, the checkpoint is on disk. */
  command(command: Command): Promise<ControlState>;
  /** After every change of `isPaused` or `isOver`, and where a paused run has moved. */
  onChange(listener: (state: ControlState) => void): () => void;
  /** By the run, when its first step is due and when its last one is lived. */
  hold(run: Held): Gate;
  release(): void;
}

export const COMMANDS: readonly CommandName[] = ['pause', 'resume', 'step', 'chunk', 'checkpoint'];
export const MOST_STEPS = 1_000_000; // of one command

export function createControl(): RunControl {
  const listeners = new Set<(state: ControlState) => void>();
  const done: (() => void)[] = []; // of commands that are not done yet
  let run: Held | null = null;
  let isPaused = false;
  let isOver = false;
  let saves = false; // a checkpoint is asked for
  let target = 0; // up to which a paused run may live
  let go: (() => void) | null = null; // of a run that waits
  let told = '';

  const now = (): number => run?.time() ?? 0;
  const state = (): ControlState => ({ isPaused, step: now(), isOver });
  const isWhole = (): boolean => now() % (run?.stride ?? 1) === 0;
  const endOfChunk = (from: number): number => (Math.floor(from / run!.stride) + 1) * run!.stride;
  const tell = (): void => {
    const key = `${isPaused} ${isOver} ${isPaused ? now() : ''}`;
    if (key === told) return;
    told = key;
    for (const listener of listeners) listener(state());
  };
  const wake = (): void => {
    const waiting = go;
    go = null;
    waiting?.();
  };
  const settle = (): void => {
    for (const resolve of done.splice(0)) resolve();
    tell();
  };
  const gate: Gate = {
    next() {
      if (done.length === 0 && !isPaused) return Infinity; // as nearly always
      if (run!.stop?.aborted) return Infinity; // the run ends itself at the end of this chunk
      if (saves && !isWhole()) return endOfChunk(now()) - now();
      if (saves) run!.save();
      saves = false;
      if (isPaused && now() < target) return target - now();
      settle();
      return isPaused ? 0 : Infinity;
    },
    wait(resume) {
      go = resume;
    },
  };
  const act = ({ command, steps: count = 1 }: Command): void => {
    if (command === 'checkpoint') saves = true;
    else isPaused = command !== 'resume';
    const from = Math.max(target, now());
    if (command === 'pause') target = now();
    if (command === 'step') target = from + count;
    if (command === 'chunk') target = run === null ? from + 1 : endOfChunk(from);
  };
  return {
    get state() {
      return state();
    },
    command(command) {
      if (isOver) return Promise.resolve(state());
      act(command);
      return new Promise((resolve) => {
        done.push(() => resolve(state()));
        wake();
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hold(held) {
      run = held;
      target += held.time(); // of what was asked for before it stood where it does
      held.stop?.addEventListener('abort', wake, { once: true });
      return gate;
    },
    release() {
      run?.stop?.removeEventListener('abort', wake);
      [isOver, isPaused] = [true, false];
      settle();
    },
  };
}
