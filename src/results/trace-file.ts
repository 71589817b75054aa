/**
 * trace.json: the last steps of a run that is done, as its agent saw them; of several questions the first. Entry i is
 * step `from` + i: the prediction made there, and the cumulant and discount that led into it, so that the return that
 * prediction[i] is about is cumulant[i + 1] + discount[i + 1] (cumulant[i + 2] + ...).
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { systemReason } from './system-reason.ts';

const numbers = z.array(z.number().nullable()); // null: not finite

export const traceSchema = z.object({
  format: z.literal(1),
  from: z.number().int(), // first step
  prediction: numbers,
  cumulant: numbers,
  discount: numbers,
  start: z.array(z.union([z.literal(0), z.literal(1)])), // 1 where an episode opens
  value: numbers.nullable(), // the environment's own evaluation target; null: it has none
});
export type Trace = z.infer<typeof traceSchema>;

export function writeTrace(path: string, trace: Trace, durable = true): void {
  atomicWrite(path, `${JSON.stringify(trace)}\n`, { durable });
}

/** null: the run has none (yet). */
export function readTrace(path: string): Trace | null {
  if (!existsSync(path)) return null;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : systemReason(error);
    throw new UserError(`Cannot read ${path}: ${why}`, { cause: error });
  }
  const parsed = traceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(`Cannot read ${path}: it is no trace of a run; run the seed again`, { cause: parsed.error });
}
