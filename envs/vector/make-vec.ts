import type { EnvSpec, WrapperSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { make, type MakeOptions } from '../make.ts';
import { suggest } from '../nearest.ts';
import { findSpec } from '../registration.ts';
import { checkInteger } from '../wrapping/checks.ts';
import { AsyncVectorEnv } from './async-vector-env.ts';
import type { AutoresetMode } from './sub-env.ts';
import { SyncVectorEnv } from './sync-vector-env.ts';
import type { VectorEnv } from './vector-env.ts';

export interface MakeVecOptions extends MakeOptions {
  readonly numEnvs?: number;
  /** sync: in this thread; async: in worker threads. */
  readonly vectorizationMode?: 'sync' | 'async';
  readonly autoresetMode?: AutoresetMode;
  /** Around each environment, outside of what the spec asks for. */
  readonly wrappers?: readonly WrapperSpec[];
}

/** Gymnasium's make_vec: n environments of an id or a spec; other options go to `make`. */
export async function makeVec(id: string | EnvSpec, options: MakeVecOptions = {}): Promise<VectorEnv> {
  const {
    numEnvs = 1,
    vectorizationMode: mode = 'sync',
    autoresetMode = 'next-step',
    wrappers = [],
    ...rest
  } = options;
  checkInteger('make a vector', 'numEnvs', numEnvs, 1);
  if (mode !== 'sync' && mode !== 'async') {
    throw new EnvError(
      `Cannot make a vector: vectorization mode "${String(mode)}", ${suggest(String(mode), ['sync', 'async'])}`,
    );
  }
  const bare = typeof id === 'string' ? await findSpec(id) : id;
  const spec = bare.with({ additionalWrappers: [...bare.additionalWrappers, ...wrappers] });
  if (mode === 'async') return AsyncVectorEnv.create(spec, numEnvs, { autoresetMode, make: rest });
  const envs = await Promise.all(Array.from({ length: numEnvs }, () => make(spec, rest)));
  return new SyncVectorEnv(
    envs.map((env) => () => env),
    { autoresetMode },
  );
}
