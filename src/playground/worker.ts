/** The playground's Web Worker: createPlayground between a page's messages and a browser's clock, turns and workers. */
import { createPlayground } from './create-playground.ts';
import { nextTurn } from '../next-turn.ts';
import type { StartOwn } from './own-task.ts';
import type { FromPlayground, ToPlayground } from './protocol.ts';

/** The part of a worker's global object that is used; TypeScript has these types in its browser library alone. */
interface Scope {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  addEventListener(type: 'message', hear: (event: { data: ToPlayground }) => void): void;
}
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: (event: { data: unknown }) => void;
  onerror: (event: { message?: string; lineno?: number; preventDefault(): void }) => void;
}
declare const Worker: new (url: string, options: { name: string }) => WebWorker;

/** From a Blob: it has no address of its own, and the page's Content-Security-Policy. */
const startOwn: StartOwn = (source, hear, fail) => {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'your own lines' });
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(url);
    hear(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail((event.message ?? 'they could not be run').replace(/^Uncaught /, ''), event.lineno ?? null);
  };
  return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
};

const scope = globalThis as unknown as Scope;
const playground = createPlayground({
  send: (message: FromPlayground, transfer) => scope.postMessage(message, transfer),
  now: () => performance.now(),
  later: (call, milliseconds) => void (milliseconds > 0 ? setTimeout(call, milliseconds) : nextTurn(call)),
  startOwn,
});
scope.addEventListener('message', ({ data }) => void playground.hear(data));
