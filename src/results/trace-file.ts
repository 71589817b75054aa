/**
 * trace.json: the last steps of a run that is done, as its agent saw them; of several questions the first. Entry i is
 * step `from` + i: the prediction made there, and the cumulant and discount that led into it, so that the return that
 * prediction[i] is about is cumulant[i + 1] + discount[i + 1] (cumulant[i + 2] + ...). Where classes are told, the first
 * question is the probability of the first class, and `classes` says what was made of all of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { systemReason } from './system-reason.ts';

const numbers = z.array(z.number().nullable()); // null: not finite

const classes = z.object({
  came: z.array(z.number().int().nullable()), // null: nothing was asked
  probability: numbers, // put on the class that came; null too where nothing was asked
  likeliest: z.array(z.number().int()), // the class with the largest probability, the first of them
  entropy: numbers, // -sum p log2 p: the bits that it expected to pay
});

export const traceSchema = z.object({
  format: z.literal(1),
  from: z.number().int(), // first step
  prediction: numbers,
  cumulant: numbers,
  discount: numbers,
  start: z.array(z.union([z.literal(0), z.literal(1)])), // 1 where an episode opens
  value: numbers.nullable(), // the environment's own evaluation target; null: it has none
  classes: classes.optional(), // where the agent tells classes
});
export type Trace = z.infer<typeof traceSchema>;
export type ClassTrace = z.infer<typeof classes>;

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
