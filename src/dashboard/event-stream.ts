/** Server-sent events to one reader, who may be slower than they come: then they are made later, and fewer. */
import type { ServerResponse } from 'node:http';
import type { StreamEvents } from './protocol.ts';

const FULL = 1 << 18; // bytes on their way, above which nothing is made

export interface EventStream {
  /** The reader takes what it is sent; while it does not, whoever makes events waits. */
  readonly isReady: boolean;
  readonly isOver: boolean;
  send<E extends keyof StreamEvents>(event: E, data: StreamEvents[E], id?: string): void;
  /** Called at once where it has ended already. */
  onEnd(act: () => void): void;
}

export function openEventStream(response: ServerResponse): EventStream {
  let isOver = response.destroyed; // it may have left before it was answered
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  response.write('retry: 2000\n\n'); // milliseconds after which a browser comes again
  response.on('close', () => (isOver = true)).on('error', () => undefined);
  return {
    get isReady() {
      return !isOver && response.writableLength < FULL;
    },
    get isOver() {
      return isOver;
    },
    send(event, data, id) {
      if (isOver) return;
      response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    onEnd: (act) => void (isOver ? act() : response.on('close', act)),
  };
}
