/** The second thread of a team: waits for a chunk, runs its columns, waits again. Ends with the process. */
import { workerData } from 'node:worker_threads';
import { setGlobals } from './memory.ts';
import { instantiate } from './module.ts';
import { DEAD, PASSING, type WorkerNeeds } from './team.ts';

const { memory, precision, simd, globals, mailbox } = workerData as WorkerNeeds;
const { control, passing } = mailbox;
const kernels = instantiate(precision, simd, memory);
setGlobals(kernels, globals);
Atomics.store(control, 3, 1);
Atomics.notify(control, 3);
for (let done = 0; ; done++) {
  Atomics.wait(control, 0, done);
  PASSING.forEach((name, i) => (kernels.globals[name]!.value = passing[i]));
  try {
    kernels.run(control[2]!);
  } catch (error) {
    // The other thread spins in vain and hears no event: it is let through, and told.
    Atomics.store(control, 3, DEAD);
    Atomics.store(new Int32Array(memory.buffer, globals['meeting']! + 256 + 64, 1), 0, 2 ** 31 - 1);
    throw error;
  }
  Atomics.store(control, 1, done + 1);
}
