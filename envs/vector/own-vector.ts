/** The vectorization mode 'vector_entry_point': a vector of the user's own, such as one that steps all at once. */
import { call, loadExport } from '../entry-point.ts';
import type { EnvSpec, Kwargs, VectorKwargs } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import { type AutoresetMode, autoresetModes } from './sub-env.ts';
import type { VectorEnv } from './vector-env.ts';

/** The entry point is given numEnvs, the options of the spec and of the call, and the limit of steps if there is one. */
export async function makeOwnVector(
  spec: EnvSpec,
  numEnvs: number,
  autoresetMode: AutoresetMode | null,
  options: Kwargs,
): Promise<VectorEnv> {
  const { id, vectorEntryPoint: entryPoint, additionalWrappers } = spec;
  const act = `Cannot make a vector of ${id}`;
  if (entryPoint === null) throw new EnvError(`${act}: it has no vectorEntryPoint, use the mode sync or async`);
  if (additionalWrappers.length > 0) {
    const names = additionalWrappers.map(({ name }) => name).join(', ');
    throw new EnvError(`${act}: wrappers go around single environments, its vectorEntryPoint has none, got ${names}`);
  }
  const kwargs = kwargsOf(spec, autoresetMode, options);
  const found = typeof entryPoint === 'string' ? await loadExport(entryPoint) : entryPoint;
  const vector: unknown = await call(id, found, { ...kwargs, numEnvs } satisfies VectorKwargs);
  if (!isVector(vector)) throw new EnvError(`${act}: its vectorEntryPoint gave ${describe(vector)}, not a VectorEnv`);
  const wrong = difference(vector, numEnvs, autoresetMode);
  if (wrong !== null) {
    vector.close();
    throw new EnvError(`${act}: its vectorEntryPoint gave ${wrong}`);
  }
  vector.spec = spec.with({ kwargs });
  return vector;
}

function kwargsOf({ kwargs, maxEpisodeSteps }: EnvSpec, autoresetMode: AutoresetMode | null, options: Kwargs): Kwargs {
  const standard = { ...(maxEpisodeSteps !== null && { maxEpisodeSteps }), ...(autoresetMode && { autoresetMode }) };
  return { ...standard, ...kwargs, ...options };
}

/** By its members: a user's file may have loaded a copy of its own of this package. */
function isVector(vector: unknown): vector is VectorEnv {
  const members = ['reset', 'step', 'close', 'numEnvs', 'autoresetMode'];
  return typeof vector === 'object' && vector !== null && members.every((name) => name in vector);
}

function difference(vector: VectorEnv, numEnvs: number, wanted: AutoresetMode | null): string | null {
  const mode: unknown = vector.autoresetMode;
  if (vector.numEnvs !== numEnvs) return `${describe(vector.numEnvs)} environments, not ${numEnvs}`;
  if (wanted !== null && mode !== wanted) return `autoreset mode ${describe(mode)}, not "${wanted}"`;
  return autoresetModes.includes(mode as AutoresetMode) ? null : `autoreset mode ${describe(mode)}, which is none`;
}
