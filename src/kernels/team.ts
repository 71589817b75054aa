/**
 * One net on two threads, split by columns: this one and a worker run the same steps on the same memory, each for its
 * own columns, and meet once a step (assembly/meeting.ts). A third instance does what the host asks for between chunks;
 * whatever changes from step to step goes with the word to start.
 */
import { UserError } from '../user-error.ts';
import type { Layout } from './layout.ts';
import { setGlobals } from './memory.ts';
import { instantiate, type Kernels, type Precision, type Simd } from './module.ts';
import { startThread } from './start-thread.ts';

/** Globals that a step changes. */
export const PASSING = [
  'pre',
  'next',
  'pending',
  'owedDelta',
  'owedDecay',
  'owedApply',
  'begun',
  'supervised',
] as const;

/** What the worker is told and what it answers. */
export interface Mailbox {
  readonly control: Int32Array; // [chunks asked for, chunks done, steps of this chunk, 1 = the worker is there, 2 = it failed]
  readonly passing: Float64Array; // [PASSING]
}

export interface WorkerNeeds {
  readonly memory: WebAssembly.Memory;
  readonly precision: Precision;
  readonly simd: Simd;
  readonly globals: Readonly<Record<string, number>>;
  readonly mailbox: Mailbox;
}

export const DEAD = 2;

/** `whole` is the instance that does everything. */
export function team(
  whole: Kernels,
  layout: Layout,
  memory: WebAssembly.Memory,
  precision: Precision,
  simd: Simd,
): Kernels {
  const [mine, theirs] = layout.shares as [Record<string, number>, Record<string, number>];
  const first = instantiate(precision, simd, memory);
  setGlobals(first, { ...layout.globals, ...mine });
  const mailbox: Mailbox = {
    control: new Int32Array(new SharedArrayBuffer(16)),
    passing: new Float64Array(new SharedArrayBuffer(8 * PASSING.length)),
  };
  startThread({ memory, precision, simd, globals: { ...layout.globals, ...theirs }, mailbox });
  const { control, passing } = mailbox;
  const bytes = new Uint8Array(memory.buffer);
  const copies = Object.keys(theirs).filter((name) => /^(v_tm1|input(Mean|Variance|Rate))$/.test(name));
  const lengths = copies.map((name) => (name === 'v_tm1' ? 8 : 8 * layout.globals['inputs']!));
  const pass = (from: Kernels, to: Kernels): void => {
    for (const name of PASSING) to.globals[name]!.value = from.globals[name]!.value;
  };
  return {
    ...whole,
    run(count) {
      pass(whole, first);
      PASSING.forEach((name, i) => (passing[i] = whole.globals[name]!.value as number));
      copies.forEach((name, i) =>
        bytes.copyWithin(theirs[name]!, layout.globals[name]!, layout.globals[name]! + lengths[i]!),
      );
      control[2] = count;
      const asked = Atomics.add(control, 0, 1) + 1;
      Atomics.notify(control, 0);
      const done = first.run(count);
      // It met us at the last step, so it is about to end.
      while (Atomics.load(control, 1) !== asked) {
        if (Atomics.load(control, 3) === DEAD)
          throw new UserError('Cannot go on: the second thread failed; use --threads 1');
      }
      pass(first, whole);
      return done;
    },
  };
}
