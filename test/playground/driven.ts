/** A playground whose clock and turns the test has in its hands. */
import vm from 'node:vm';
import { createPlayground } from '../../src/playground/create-playground.ts';
import type { StartOwn } from '../../src/playground/own-task.ts';
import type { About, Frame, FromPlayground, ToPlayground } from '../../src/playground/protocol.ts';

const LOOK = 0.2; // milliseconds that every look at the clock takes, or a slice would never end

export function driven({ startOwn = inContext }: { startOwn?: StartOwn } = {}) {
  const told: FromPlayground[] = [];
  let time = 0;
  let waiting: { readonly call: () => void; readonly at: number }[] = [];
  const playground = createPlayground({
    send: (message) => told.push(message),
    now: () => (time += LOOK),
    later: (call, milliseconds) => waiting.push({ call, at: time + milliseconds }),
    startOwn,
  });
  const frames = (): Frame[] => told.flatMap((message) => (message.type === 'frame' ? [message.frame] : []));
  return {
    told,
    frames,
    errors: () => told.flatMap((message) => (message.type === 'error' ? [message.message] : [])),
    about: () => (told.find((message) => message.type === 'ready') as { about: About } | undefined)?.about,
    last: () => frames().at(-1)!,
    hear: (message: ToPlayground) => playground.hear(message),
    /** The machine stands still for so many milliseconds. */
    sleep: (milliseconds: number): void => void (time += milliseconds),
    /** Lets so many milliseconds go by. */
    async pass(milliseconds: number, drawn = false): Promise<void> {
      for (const end = time + milliseconds; time < end;) {
        time += 1;
        const due = waiting.filter(({ at }) => at <= time);
        waiting = waiting.filter(({ at }) => at > time);
        for (const { call } of due) call();
        if (drawn) await playground.hear({ type: 'drawn' });
      }
    },
  };
}

/** The own lines' worker, in a context of this process that has what a worker has; it cannot be ended while it is busy. */
export const inContext: StartOwn = (source, hear, fail) => {
  let listener: ((event: { data: unknown }) => void) | null = null;
  const scope = {
    postMessage: (message: unknown) => queueMicrotask(() => hear(message)),
    addEventListener: (_: string, listen: typeof listener) => (listener = listen),
    fetch: () => 'the network',
    importScripts: () => 'a script',
    indexedDB: {},
    performance: { now: () => 0 },
  };
  const context = vm.createContext(Object.assign(scope, { Float64Array, Uint8Array }));
  vm.runInContext('globalThis.self = globalThis', context);
  try {
    vm.runInContext(source, context, { timeout: 500 });
  } catch (error) {
    const { name, message, stack } = error as Error;
    const line = /:(\d+)(?::\d+\))?\n/.exec(String(stack))?.[1];
    queueMicrotask(() => fail(`${name}: ${message}`, line === undefined ? null : Number(line)));
  }
  let isOver = false;
  return {
    post: (data) => queueMicrotask(() => !isOver && listener?.({ data })),
    end: () => (isOver = true),
  };
};
