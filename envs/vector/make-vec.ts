import type { EnvSpec, WrapperSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { checkSpec, make, type MakeOptions } from '../make.ts';
import { suggest } from '../nearest.ts';
import type { AnyEnv } from '../part.ts';
import { findSpec } from '../registration.ts';
import { checkInteger } from '../wrapping/checks.ts';
import { AsyncVectorEnv } from './async-vector-env.ts';
import { makeOwnVector } from './own-vector.ts';
import type { AutoresetMode } from './sub-env.ts';
import { SyncVectorEnv } from './sync-vector-env.ts';
import type { VectorEnv } from './vector-env.ts';

/** How many environments, where they run, and what is around each. */
export interface MakeVecOptions extends MakeOptions {
  /** How many environments; default 1. */
  readonly numEnvs?: number;
  /**
   * sync: in this thread; async: in worker threads; vector_entry_point: as the spec's `vectorEntryPoint` has it, which is
   * the default where there is one, else sync.
   */
  readonly vectorizationMode?: VectorizationMode | null;
  /** When an environment whose episode has ended is reset; default `next-step`. */
  readonly autoresetMode?: AutoresetMode;
  /** Around each environment, outside of what the spec asks for. */
  readonly wrappers?: readonly WrapperSpec[];
}

/** Where the environments of a vector run. */
export type VectorizationMode = (typeof modes)[number];
const modes = ['sync', 'async', 'vector_entry_point'] as const;

/** Gymnasium's make_vec: n environments of an id or a spec; other options go to `make`, or to the vector entry point. */
export async function makeVec(id: string | EnvSpec, options: MakeVecOptions = {}): Promise<VectorEnv> {
  const { numEnvs = 1, vectorizationMode = null, autoresetMode, wrappers = [], ...rest } = options ?? {};
  checkInteger('make a vector', 'numEnvs', numEnvs, 1);
  const bare = typeof id === 'string' ? await findSpec(id) : checkSpec(id);
  const mode = vectorizationMode ?? (bare.vectorEntryPoint === null ? 'sync' : 'vector_entry_point');
  if (!modes.includes(mode)) {
    throw new EnvError(`Cannot make a vector: vectorization mode "${String(mode)}", ${suggest(String(mode), modes)}`);
  }
  const spec = bare.with({ additionalWrappers: [...bare.additionalWrappers, ...wrappers] });
  if (mode === 'vector_entry_point') return makeOwnVector(spec, numEnvs, autoresetMode ?? null, rest);
  const how = { ...(autoresetMode && { autoresetMode }) };
  if (mode === 'async') return AsyncVectorEnv.create(spec, numEnvs, { ...how, make: rest });
  const envs = await makeAll(spec, numEnvs, rest);
  return new SyncVectorEnv(
    envs.map((env) => () => env),
    how,
  );
}

/** Of all or none: where one cannot be made, the others are closed. */
async function makeAll(spec: EnvSpec, numEnvs: number, options: MakeOptions): Promise<AnyEnv[]> {
  const made = await Promise.allSettled(Array.from({ length: numEnvs }, () => make(spec, options)));
  const failure = made.find((one) => one.status === 'rejected');
  const envs = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (failure === undefined) return envs;
  for (const env of envs) env.close();
  throw failure.reason;
}
