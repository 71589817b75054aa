/**
 * The door of a process that does runs: who knocks names a run, hears how it stands, and steers it. It opens when a run
 * has lasted a moment, keeps nobody waiting at the end, and costs a run nothing while nobody comes.
 */
import { realpathSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { thisProcess } from '../results/holder.ts';
import { type Command, COMMANDS, MOST_STEPS, type RunControl } from './control.ts';
import { dropDead, liveAddress } from './live-address.ts';
import { frameText } from './frame.ts';
import { onLines, sendLine, sendText } from './live-lines.ts';
import { type FromRun, LINE, type ToRun } from './live-messages.ts';
import type { RunWatch } from './run-watch.ts';

const DELAY = 250; // milliseconds of a run before the door opens
const MOST = 16; // visitors
const FULL = 1 << 20; // bytes on their way to a visitor

export interface LiveDoor {
  /** A run of this process begins; the answer says that it is over. */
  begin(folder: string, control: RunControl, watch: RunWatch): () => void;
}

interface Present {
  readonly folder: string;
  readonly control: RunControl;
  readonly watch: RunWatch;
  readonly visitors: Set<Socket>;
}

/** One per process. */
export function liveDoor(): LiveDoor {
  let present: Present | null = null;
  let server: Server | null = null;
  let path: string | null = null;
  process.on('exit', () => {
    if (path !== null) rmSync(path, { force: true });
  });
  const open = (): void => {
    const me = thisProcess();
    path = liveAddress(me, true);
    if (path === null) return;
    dropDead(path, me);
    server = createServer((socket) => receive(socket.unref(), () => present));
    server.maxConnections = MOST;
    server.on('error', () => undefined).unref(); // without a door the run is what it was
    server.listen(path).unref();
  };
  return {
    begin(folder, control, watch) {
      present = { folder: real(folder), control, watch, visitors: new Set() };
      const unhear = control.onChange(({ isPaused }) => isPaused && watch.rest());
      const timer =
        server === null ? setTimeout(() => ((server ??= attempt(open)), undefined), DELAY).unref() : undefined;
      return () => {
        clearTimeout(timer);
        unhear();
        for (const visitor of present?.visitors ?? []) leave(visitor);
        present = null;
      };
    },
  };
  function attempt(act: () => void): Server | null {
    try {
      act();
    } catch {
      path = null; // a full or foreign temporary folder
    }
    return server;
  }
}

function receive(socket: Socket, presentOf: () => Present | null): void {
  let run: Present | null = null;
  socket.on('error', () => undefined);
  onLines<ToRun>(socket, LINE, (message) => {
    if ('folder' in message) run = enter(socket, message.folder, presentOf());
    else if (run === null || run !== presentOf()) leave(socket);
    else if ('watch' in message) look(socket, run.watch, message.watch);
    else obey(socket, run.control, message);
  });
}

function enter(socket: Socket, folder: unknown, present: Present | null): Present | null {
  if (present === null || typeof folder !== 'string' || real(folder) !== present.folder) {
    leave(socket);
    return null;
  }
  const { control, visitors } = present;
  visitors.add(socket);
  const unhear = control.onChange((state) => say(socket, { state }));
  socket.on('close', () => {
    unhear();
    visitors.delete(socket);
  });
  say(socket, { state: control.state });
  return present;
}

const looking = new WeakMap<Socket, () => void>();

function look(socket: Socket, watch: RunWatch, isWanted: unknown): void {
  looking.get(socket)?.();
  looking.delete(socket);
  if (isWanted !== true) return;
  const away = watch.look((frame) => {
    if (socket.writableLength < FULL) sendText(socket, `{"frame":${frameText(frame)}}`); // else there will be a later one
  });
  looking.set(socket, away);
  socket.on('close', away);
}

function obey(socket: Socket, control: RunControl, { id, command, steps = 1 }: { id: number } & Command): void {
  const isSound = Number.isSafeInteger(id) && Number.isSafeInteger(steps) && steps >= 1 && steps <= MOST_STEPS;
  if (!isSound || !COMMANDS.includes(command)) return void socket.destroy();
  void control.command({ command, steps }).then((state) => say(socket, { done: id, state }));
}

const say = (socket: Socket, message: FromRun): void => sendLine(socket, message);

function leave(socket: Socket): void {
  say(socket, { gone: true });
  socket.end();
}

/** As the other side sees it, whichever way it came there. */
function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}
