/** A visit to the process that is at a run: hears how the run stands, and steers it. */
import { connect } from 'node:net';
import { leaseHolder } from '../results/lease.ts';
import type { Command, ControlState } from './control.ts';
import { liveAddress } from './live-address.ts';
import { onLines, sendLine } from './live-lines.ts';
import type { Frame } from './frame.ts';
import type { FromRun } from './live-messages.ts';

export interface Visit {
  /** null: the run has ended, or its process is gone. */
  command(command: Command): Promise<ControlState | null>;
  end(): void;
}

export interface VisitHooks {
  readonly onState?: (state: ControlState) => void;
  readonly onFrame?: (frame: Frame) => void; // asks for them
  readonly onEnd?: () => void;
}

const LONGEST = 1 << 24; // characters of a line that a run sends
const PATIENCE = 1000; // milliseconds until it must have said how it stands

/** null: nobody is at this run, or not on this machine, or not by this user; or it has only just begun. */
export async function visitRun(folder: string, { onState, onFrame, onEnd }: VisitHooks = {}): Promise<Visit | null> {
  const holder = leaseHolder(folder);
  const path = holder === null ? null : liveAddress(holder);
  if (path === null) return null;
  const socket = connect(path);
  const waiting = new Map<number, (state: ControlState | null) => void>();
  let count = 0;
  const isIn = await new Promise<boolean>((resolve) => {
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve(false));
    onLines<FromRun>(socket, LONGEST, (message) => {
      if ('gone' in message) return void socket.destroy();
      if ('frame' in message) return onFrame?.(message.frame);
      if (typeof message.state?.step !== 'number') return void socket.destroy(); // it speaks another language
      socket.setTimeout(0);
      resolve(true);
      if ('done' in message) waiting.get(message.done)?.(message.state);
      onState?.(message.state);
    });
    const first = [{ folder }, ...(onFrame ? [{ watch: true }] : [])];
    socket.write(first.map((one) => `${JSON.stringify(one)}\n`).join('')); // when it is connected
  });
  if (!isIn) return null;
  socket.on('close', () => {
    for (const resolve of waiting.values()) resolve(null);
    onEnd?.();
  });
  return {
    command(command) {
      if (socket.destroyed) return Promise.resolve(null);
      const id = count++;
      const answer = new Promise<ControlState | null>((resolve) => waiting.set(id, resolve));
      sendLine(socket, { id, ...command });
      return answer.finally(() => waiting.delete(id));
    },
    end: () => socket.destroy(),
  };
}
