import type { Task } from './learn.ts';

export const LONG = 120_000; // steps after which cycle world is learned

/** On both paths and in both precisions; the slow one is not lived to its end. */
export const TASKS = (
  [
    ['compiled', 'f32', LONG],
    ['compiled', 'f64', LONG],
    ['reference', 'f64', 10_000],
  ] as const
).map(([path, precision, steps]): Omit<Task, 'agent'> & { name: string } => {
  return { name: `${path} ${precision}`, path, precision, steps, seed: 0 };
});
