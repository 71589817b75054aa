import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { systemReason } from './system-reason.ts';

export const runStatus = z.enum(['running', 'done', 'diverged', 'interrupted', 'failed']);
export type RunStatus = z.infer<typeof runStatus>;

/** Divergence is an answer too: the same run would diverge again. */
export const isFinished = (status: RunStatus): boolean => status === 'done' || status === 'diverged';

const score = z.number().nullable();

/** Estimators that run beside a run's own, and what they are held against. */
const beside = z.object({
  estimators: z.array(
    z.object({ label: z.string(), choice: z.looseObject({ id: z.string() }), isActive: z.boolean() }), // active: its own
  ),
  reference: z.object({
    kind: z.enum(['shadow', 'probe']), // exact RTRL beside the agent, or exact numbers along random directions
    exactMacs: z.number(), // multiply-adds per step of RTRL
    budget: z.number(), // of one estimator
    stretch: z.number(), // steps between two directions of the probe
  }),
  leftOut: z.array(z.object({ label: z.string(), reason: z.string() })),
});
export type BesideRecord = z.infer<typeof beside>;

/** run.json: what was run, on what, and how it ended. Times are ISO 8601 in UTC and come from the caller. */
export const runRecord = z.object({
  format: z.literal(1),
  experiment: z.string(),
  setting: z.string(), // the hash that names the folder
  seed: z.union([z.string(), z.number()]),
  config: z.record(z.string(), z.unknown()), // resolved: every default filled in
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(), // null outside a repository
  versions: z.record(z.string(), z.string()), // { node, 'agent-state', ... }
  host: z.record(z.string(), z.string()),
  argv: z.array(z.string()),
  pid: z.number().int().nullable().default(null), // of the process that wrote it last
  path: z
    .object({
      path: z.string(),
      precision: z.string(),
      simd: z.string().nullable(), // relaxed: bits differ between processors
      threads: z.number(),
      memoryBytes: z.number().nullable(),
      bytesPerParameter: z.number().nullable(),
      reason: z.string(),
    })
    .nullable()
    .default(null), // what the learner ran on, once it has ended
  code: z.string().nullable().default(null), // hash of the code that can move its numbers
  beside: beside.nullable().default(null),
  status: runStatus,
  reason: z.string().nullable().default(null), // one line: why it failed
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(), // null while it runs
  scores: z.record(z.string(), z.union([score, z.record(z.string(), score)])).nullable(), // null: none yet; a score of null: not finite
  end: z
    .object({
      steps: z.number(),
      diverged: z.string().nullable(), // the array that held a NaN or infinity
      seconds: z.number(), // wall-clock, since it began or was resumed
      nsPerStep: score, // CPU time of the process, environment and scoring included
      parameters: z.number(),
      macsPerStep: z.number(),
    })
    .nullable()
    .default(null), // null until it has ended
  files: z.record(z.string(), z.number()).nullable().default(null), // bytes of its files when it ended
});
export type RunRecord = z.infer<typeof runRecord>;

/** Keeps the fields of a newer version when it rewrites the file. */
export const LONG = 2; // seconds of a life that are worth waiting for the disk

const readable = runRecord.loose();

export function readRunRecord(path: string): RunRecord {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${systemReason(error)}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`Cannot read ${path}: it is not JSON; ${remedy(path)}`, { cause: error });
  }
  const parsed = readable.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length > 0 ? issue.path.join('.') : 'the file';
  throw new UserError(`Cannot read ${path}: ${where}: ${issue.message}; ${remedy(path)}`, { cause: parsed.error });
}

/**
 * Writes the whole record. Scores that are not finite become null, since JSON has no word for them. What a power cut
 * takes of a run that is not over, or was short, can be had again: only the end of a long one waits for the disk.
 */
export function writeRunRecord(path: string, record: RunRecord): void {
  const scores =
    record.scores &&
    Object.fromEntries(Object.entries(record.scores).map(([k, v]) => [k, typeof v === 'number' ? finite(v) : v]));
  const durable = (record.end?.seconds ?? 0) >= LONG;
  atomicWrite(path, `${JSON.stringify({ ...record, scores }, null, 2)}\n`, { durable });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Changes some fields of a record on disk and returns the new whole. */
export function updateRunRecord(path: string, change: Partial<RunRecord>): RunRecord {
  const record = { ...readRunRecord(path), ...change };
  writeRunRecord(path, record);
  return record;
}

function remedy(path: string): string {
  return `remove the folder ${dirname(path)} to run this seed again`;
}
