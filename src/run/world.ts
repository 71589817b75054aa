import { type AnyEnv, createEnv, Env, type EnvPart, loadEnv, optionNames } from '@rl-tools/envs';
import type { Choice } from '../agent.ts';
import { parseOptions } from '../options.ts';
import { isPath, loadFile } from '../registry.ts';
import { oneLine, UserError } from '../user-error.ts';

export interface World {
  readonly make: () => AnyEnv; // a fresh one at every call
  readonly options: Record<string, unknown>; // with every default filled in, where a schema tells
}

/**
 * The environment of a choice { id, ...options }: a built-in id, or the path of a file that default-exports an Env
 * subclass, a function (options) => Env, or a whole part { options, create }.
 */
export async function loadWorld({ id, ...given }: Choice): Promise<World> {
  const exported: unknown = isPath(id) ? await loadFile(id) : await loadEnv(id);
  if (isEnvPart(exported)) {
    const options = optionsOf(id, exported, given);
    return { make: () => made(id, () => createEnv(id, exported, options)), options };
  }
  if (typeof exported === 'function') return { make: () => made(id, () => construct(exported, given)), options: given };
  throw wrongExport(id);
}

/** With every default; `rng`, the kind of generator, is any task's (createEnv). */
function optionsOf(id: string, part: EnvPart, given: Record<string, unknown>): Record<string, unknown> {
  const act = `make environment ${id}`;
  const { rng, ...own } = given;
  const isOwn = rng === undefined || optionNames(part).includes('rng');
  const options = parseOptions(part.options, isOwn ? given : own, act) as Record<string, unknown>;
  return isOwn ? options : { ...options, rng };
}

function made(id: string, create: () => unknown): AnyEnv {
  let env: unknown;
  try {
    env = create();
  } catch (error) {
    throw oneLine(`make environment ${id}`, error);
  }
  return checked(id, env);
}

function construct(exported: unknown, given: Record<string, unknown>): unknown {
  const isClass = /^class\b/.test(Function.prototype.toString.call(exported));
  if (isClass) return new (exported as new (options: unknown) => unknown)(given);
  return (exported as (options: unknown) => unknown)(given);
}

/** By shape, not by class: the file may have loaded a copy of the package of its own. */
function checked(id: string, made: unknown): AnyEnv {
  const env = made as Partial<AnyEnv> | null;
  const fits =
    env instanceof Env || (typeof env?.reset === 'function' && typeof env.step === 'function' && env.metadata);
  if (!fits || !env.observationSpace || !env.actionSpace) throw wrongExport(id);
  return env as AnyEnv;
}

function isEnvPart(value: unknown): value is EnvPart {
  return typeof value === 'object' && value !== null && 'create' in value && 'options' in value;
}

function wrongExport(id: string): UserError {
  return new UserError(
    `Cannot use ${id} as an environment: its default export must be a class that extends Env, a function that returns one, or a part { options, create }`,
  );
}
