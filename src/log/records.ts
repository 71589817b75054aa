import { z } from 'zod';

/** What identifies a run on each of its lines; serialised once, as the bindings of a child logger. */
export const runBindings = z.object({
  run: z.string(),
  experiment: z.string(),
  agent: z.string(),
  env: z.string(),
  seed: z.union([z.string(), z.number()]),
});
export type RunBindings = z.infer<typeof runBindings>;

const step = z.int().nonnegative();
const named = z.record(z.string(), z.number().nullable()); // null on disk: not finite
const error = z.object({ type: z.string().optional(), message: z.string(), stack: z.string().optional() });

/** The events of a run, by name. Numbers that are not finite go to disk as null. */
export const logEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('run.start'),
    folder: z.string(),
    steps: step, // to be run in all
    pid: z.int(),
    host: z.string(),
    node: z.string(),
    commit: z.string().nullable(), // null outside a git repository
    resumedFrom: step.nullable(), // step of the checkpoint, null for a fresh start
  }),
  z.object({ event: z.literal('run.done'), step, seconds: z.number(), scores: named }),
  z.object({ event: z.literal('run.diverged'), step, buffer: z.string() }),
  z.object({ event: z.literal('run.interrupted'), step, signal: z.string() }),
  z.object({ event: z.literal('run.failed'), step, err: error }),
  z.object({
    event: z.literal('episode.end'),
    step,
    episode: z.int().nonnegative(),
    length: z.int().nonnegative(), // steps
    return: z.number().nullable(), // undiscounted sum of cumulants
  }),
  z.object({
    event: z.literal('stage.frozen'),
    step,
    stage: z.int().nonnegative(),
    units: z.int().nonnegative(), // units of the cell after this stage
  }),
  z.object({ event: z.literal('checkpoint.saved'), step, path: z.string(), bytes: z.int().nonnegative() }),
  z.object({ event: z.literal('checkpoint.restored'), step, path: z.string() }),
  z.object({ event: z.literal('metrics'), step, values: named }),
  z.object({
    event: z.literal('path.chosen'),
    path: z.enum(['reference', 'compiled']),
    precision: z.enum(['f32', 'f64']),
    simd: z.enum(['deterministic', 'relaxed']).nullable(), // null: no SIMD
    threads: z.int(),
    memoryBytes: z.int().nullable(), // of the learner, where known beforehand
    bytesPerParameter: z.number().nullable(),
    reason: z.string(),
  }),
  z.object({ event: z.literal('env.warning'), step, warning: z.string() }),
  z.object({
    event: z.literal('audit.window'),
    step,
    reference: z.enum(['shadow', 'probe']),
    cosines: named, // by estimator, over all parameters
  }),
  z.object({ event: z.literal('audit.left-out'), step, estimator: z.string(), reason: z.string() }),
]);
export type LogEvent = z.infer<typeof logEvent>;

/** One line of log.ndjson as a reader finds it: pino's fields, the run, the event. Other fields are kept. */
export const logRecord = z
  .looseObject({ level: z.int(), time: z.int(), msg: z.string() }) // pino level (30 = info), ms since 1970
  .and(runBindings.partial().loose())
  .and(logEvent);
export type LogRecord = z.infer<typeof logRecord>;
