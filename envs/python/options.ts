import { z } from 'zod';
import { EnvError } from '../errors.ts';

const wrapper = z.union([
  z.string().transform((name) => ({ name, kwargs: {} })),
  z.strictObject({ name: z.string(), kwargs: z.record(z.string(), z.unknown()).default({}) }),
]);
const seconds = z.number().positive().max(1_000_000);

/** Options of every environment python/<id>. */
export const pythonOptions = z.strictObject({
  kwargs: z.record(z.string(), z.unknown()).default({}).describe('keyword arguments of gymnasium.make'),
  modules: z.array(z.string()).default([]).describe('Python modules imported first, such as ale_py'),
  wrappers: z
    .array(wrapper)
    .default([])
    .describe('outermost last: "package.module:Class", or { name, kwargs } with keyword arguments'),
  python: z.string().nullable().default(null).describe('Python program; null = $ENVS_PYTHON, else python3'),
  timeout: seconds.default(60).describe('seconds that a call may take'),
  startTimeout: seconds.default(120).describe('seconds that starting Python and making the environment may take'),
  info: z.boolean().default(false).describe('carry the info of every step'),
  stderr: z
    .enum(['forward', 'keep'])
    .default('forward')
    .describe('what Python prints: forward it to stderr, or keep it for error messages only'),
});
/** Options of an environment in a Python process; all have defaults. */
export type PythonOptions = z.input<typeof pythonOptions>;
export type PythonSettings = z.output<typeof pythonOptions>;

export const vectorOptions = pythonOptions.extend({
  numEnvs: z.number().int().min(1).default(8).describe('copies of the environment'),
  vectorization: z.enum(['sync', 'async']).default('sync').describe('async: one Python process per copy'),
  autoreset: z
    .enum(['NextStep', 'SameStep', 'Disabled'])
    .default('NextStep')
    .describe('what follows the end of an episode, as in Gymnasium'),
});
/** The same for several copies of it. */
export type PythonVectorOptions = z.input<typeof vectorOptions>;

/** For the classes; makeEnv has parsed already. */
export function parsed<Schema extends z.ZodType>(id: string, schema: Schema, options: unknown): z.output<Schema> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new EnvError(`Cannot make environment python/${id}: ${issue!.path.join('.')} ${issue!.message}`.trim());
}
