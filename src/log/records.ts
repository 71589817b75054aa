/** The records of log.ndjson. Meanings are part of the schemas: docs/log-records.md is made from them (npm run log-records). */
import { z } from 'zod';

/** What identifies a run on each of its lines; serialised once, as the bindings of a child logger. */
export const runBindings = z.object({
  run: z.string().describe("setting hash and seed, as in the run's folder: `2bf926a3c4/0`"),
  experiment: z.string().describe('folder below results/'),
  agent: z.string().describe('id of the agent'),
  env: z.string().describe('id of the environment'),
  seed: z.union([z.string(), z.number()]).describe('seed of the run'),
});
export type RunBindings = z.infer<typeof runBindings>;

const count = z.int().nonnegative();
const step = count.describe('steps lived until then');
const named = z.record(z.string(), z.number().nullable()); // null on disk: not finite
const error = z.object({ type: z.string().optional(), message: z.string(), stack: z.string().optional() });

/** The events of a run, by name; an object's description says when. Numbers that are not finite go to disk as null. */
export const logEvent = z.discriminatedUnion('event', [
  z
    .object({
      event: z.literal('run.start'),
      folder: z.string().describe('where the run writes'),
      steps: count.describe('steps to be run in all'),
      pid: z.int().describe('process id'),
      host: z.string().describe('name of the machine'),
      node: z.string().describe('version of Node'),
      commit: z.string().nullable().describe('git commit; null outside a repository'),
      resumedFrom: count.nullable().describe('step of the checkpoint that it goes on from; null for a fresh start'),
    })
    .describe('a run begins, or goes on'),
  z
    .object({
      event: z.literal('run.done'),
      step,
      seconds: z.number().describe('wall-clock seconds since it began or was resumed'),
      scores: named.describe('final scores, and `nsPerStep`: CPU nanoseconds per step'),
    })
    .describe('all steps are lived'),
  z
    .object({
      event: z.literal('run.diverged'),
      step: step.describe('the step at which it was found'),
      buffer: z.string().describe('the array that holds a NaN or an infinity'),
    })
    .describe('a number is no longer finite: the run ends and keeps its data, a sweep goes on'),
  z
    .object({ event: z.literal('run.interrupted'), step, signal: z.string().describe('what stopped it') })
    .describe('a signal or a limit stopped the run, which has saved itself'),
  z
    .object({
      event: z.literal('run.failed'),
      step,
      err: error.describe('`type`, `message` and `stack` of the error'),
    })
    .describe('an error ended the run'),
  z
    .object({
      event: z.literal('episode.end'),
      step,
      episode: count.describe('number of the episode'),
      length: count.describe('its steps'),
      return: z.number().nullable().describe('undiscounted sum of its cumulants'),
    })
    .describe('an episode ended, by termination or truncation'),
  z
    .object({
      event: z.literal('stage.frozen'),
      step,
      stage: count.describe('number of the stage'),
      units: count.describe('units of the cell after this stage'),
    })
    .describe('constructive growth froze a stage'),
  z
    .object({
      event: z.literal('checkpoint.saved'),
      step,
      path: z.string().describe('the file'),
      bytes: count.describe('its size'),
    })
    .describe('a checkpoint is on disk'),
  z
    .object({ event: z.literal('checkpoint.restored'), step, path: z.string().describe('the file') })
    .describe('a run took up its checkpoint'),
  z
    .object({
      event: z.literal('metrics'),
      step,
      values: named.describe(
        '`msre`, `return` or `bits`: of the latest line of metrics.jsonl, null before the first; `absDelta`: mean |delta| since the record before; `stepSize.<group>`: median step size of the weights at the end of the chunk of steps, where the rule moves them',
      ),
    })
    .describe('every n steps with `--log-every n`, else never: the curves are in metrics.jsonl'),
  z
    .object({
      event: z.literal('path.chosen'),
      path: z.enum(['reference', 'compiled']).describe('what the learner runs on'),
      precision: z.enum(['f32', 'f64']).describe('of its numbers'),
      simd: z.enum(['deterministic', 'relaxed']).nullable().describe('kind of SIMD; null: none'),
      threads: z.int().describe('threads of the learner'),
      memoryBytes: z.int().nullable().describe('memory of the learner, where known beforehand'),
      bytesPerParameter: z.number().nullable().describe('the same per parameter'),
      reason: z.string().describe('why this path'),
    })
    .describe('the learner stands, before the first step'),
  z
    .object({ event: z.literal('env.warning'), step, warning: z.string().describe('what is odd') })
    .describe('the environment does something that its contract does not allow'),
  z
    .object({
      event: z.literal('audit.window'),
      step,
      reference: z.enum(['shadow', 'probe']).describe('what estimators are compared with'),
      cosines: named.describe('cosine with it over all parameters, by estimator'),
    })
    .describe('`agent-state audit` finished a window'),
  z
    .object({
      event: z.literal('audit.left-out'),
      step,
      estimator: z.string().describe('its name'),
      reason: z.string().describe('why it cannot take part'),
    })
    .describe('`agent-state audit` or `run --beside` leaves an estimator out'),
]);
export type LogEvent = z.infer<typeof logEvent>;

const line = z.looseObject({
  level: z.int().describe('10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal'),
  time: z.int().describe('milliseconds since 1970'),
  msg: z.string().describe('the event in words'),
});

/** What every line has, whatever its event. */
export const lineFields = line.extend(runBindings.shape);

/** One line of log.ndjson as a reader finds it: pino's fields, the run, the event. Other fields are kept. */
export const logRecord = line.and(runBindings.partial().loose()).and(logEvent);
export type LogRecord = z.infer<typeof logRecord>;
