/**
 * Whoever hands over a results folder may have written anything into it. What is JSON there is data of any shape: these
 * keep it from breaking what reads it.
 */

const DEEPEST = 32; // lists and objects within each other: nothing of ours comes near

/** Deeper than that, it could not even be written again: JSON.stringify calls itself at each level. */
export const isDeep = (value: unknown, most = DEEPEST): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((one) => isDeep(one, most - 1)));

/** String() of an object calls what that object says; this does not. */
export const wordOf = (value: unknown, none = '?'): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? none : JSON.stringify(value);

/** A line for a terminal: what comes from files of others may hold what would steer it. */
export const tame = (line: string): string => line.replaceAll(/\p{C}/gu, '?').slice(0, 1000);

/** null: there is no such time. */
export const isoOf = (milliseconds: unknown): string | null =>
  typeof milliseconds === 'number' && Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null;

/** Above these it is not read: nobody may make the server hold, or look through, the whole disk. */
export const LARGEST = {
  record: 1 << 20, // bytes of run.json
  plan: 1 << 24,
  trace: 1 << 24,
  study: 1 << 26,
  rows: 2 ** 32,
} as const;
