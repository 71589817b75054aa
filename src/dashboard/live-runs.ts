/** Runs that go on, as their own processes tell of them: one visit each, however many readers watch. */
import { type Command, COMMANDS, type ControlState, MOST_STEPS } from '../run/control.ts';
import type { Frame } from '../run/frame.ts';
import { type Visit, visitRun } from '../run/live-visit.ts';
import { UserError } from '../user-error.ts';
import type { EventStream } from './event-stream.ts';
import type { Control, Controlled, LiveState } from './protocol.ts';

const AGAIN = 1000; // milliseconds between two attempts to find the process of a run
const PATIENCE = 8000; // milliseconds that a command may take before the answer says how far it is

export interface LiveRuns {
  /** Until the reader leaves. */
  watch(run: string, folder: () => Promise<string | null>, events: EventStream): void;
  close(): void;
}

interface Watched {
  readonly readers: Set<EventStream>;
  visit: Visit | null;
  latest: LiveState;
  timer: NodeJS.Timeout | undefined;
}

const NOBODY: Controlled = { canSteer: false, isPaused: false, step: null, isOver: false };

export function liveRuns(): LiveRuns {
  const all = new Map<string, Watched>();
  const tell = (run: string, one: Watched, state: Controlled): void => {
    one.latest = { run, ...state };
    for (const events of one.readers) if (events.isReady) events.send('live', one.latest);
  };
  const find = async (run: string, one: Watched, folder: () => Promise<string | null>): Promise<void> => {
    const again = (): void => {
      one.visit = null;
      if (one.latest.canSteer) tell(run, one, NOBODY);
      if (one.readers.size > 0) one.timer = setTimeout(() => void find(run, one, folder), AGAIN);
    };
    const onState = (state: ControlState): void => tell(run, one, told(state));
    const onFrame = (frame: Frame): void => {
      for (const events of one.readers) if (events.isReady) events.send('frame', { run, ...frame });
    };
    const visit = async (): Promise<Visit | null> => {
      const path = await folder();
      return path === null ? null : visitRun(path, { onState, onFrame, onEnd: again });
    };
    one.visit = await visit().catch(() => null); // whatever lies where a lease should
    if (one.visit === null) again();
    else if (one.readers.size === 0) one.visit.end(); // they left while the door was opened
  };
  return {
    watch(run, folder, events) {
      const known = all.get(run);
      const one = known ?? { readers: new Set(), visit: null, latest: { run, ...NOBODY }, timer: undefined };
      one.readers.add(events);
      events.send('live', one.latest);
      if (!known) {
        all.set(run, one);
        void find(run, one, folder);
      }
      events.onEnd(() => {
        one.readers.delete(events);
        if (one.readers.size > 0) return;
        all.delete(run);
        clearTimeout(one.timer);
        one.visit?.end();
      });
    },
    close() {
      for (const { timer, visit } of all.values()) {
        clearTimeout(timer);
        visit?.end();
      }
    },
  };
}

const told = ({ isPaused, step, isOver }: ControlState): Controlled => ({ canSteer: !isOver, isPaused, step, isOver });

/** One command, answered when it is done. */
export async function steer(folder: string, given: Readonly<Record<string, unknown>>): Promise<Controlled> {
  const command = commandOf(given);
  let latest: ControlState | null = null;
  const visit = await visitRun(folder, { onState: (state) => (latest = state) });
  if (visit === null) throw new UserError('Cannot steer this run: no process of this user on this machine is at it');
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE).unref());
  const state = (await Promise.race([visit.command(command), late])) ?? latest;
  visit.end();
  return state === null ? NOBODY : told(state);
}

/** Nobody's, where its process cannot be reached. */
export async function standingOf(folder: string): Promise<Controlled> {
  let latest: ControlState | null = null;
  const visit = await visitRun(folder, { onState: (state) => (latest ??= state) });
  visit?.end();
  return latest === null ? NOBODY : told(latest);
}

function commandOf({ command, steps }: Readonly<Record<string, unknown>>): Command & Control {
  const known = COMMANDS.find((name) => name === command);
  if (known === undefined) throw new UserError(`Cannot steer a run so: the commands are ${COMMANDS.join(', ')}`);
  if (steps === undefined) return { command: known };
  if (typeof steps === 'number' && Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS)
    return { command: known, steps };
  throw new UserError(`Cannot live so many steps: steps is a whole number from 1 to ${MOST_STEPS}`);
}
