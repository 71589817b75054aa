/** A worker of a page: does the tasks that it is sent. */
import { run } from './entry.ts';
import { maths } from './maths.ts';
import { TASKS } from './tasks.ts';

const scope = globalThis as unknown as { postMessage(message: unknown): void };
Promise.all(TASKS.map(run)).then(
  (outcomes) => scope.postMessage({ outcomes, maths: maths() }),
  (error: unknown) => scope.postMessage(String(error)),
);
