/** From a part to an environment, and what is said of options that are wrong. */
import { EnvError } from './errors.ts';
import { asJson, describe } from './guard.ts';
import { suggest } from './nearest.ts';
import type { AnyEnv, EnvPart } from './part.ts';
import { isRngKind, rngKinds } from './rng.ts';
import type { RngKind } from './rng.ts';

/**
 * The environment of a part with these options; what is left out takes its default. The option `rng` is every task's: the
 * kind of generator that it draws from (rng.ts).
 */
export function createEnv(id: string, part: EnvPart, options: Readonly<Record<string, unknown>>): AnyEnv {
  if (typeof options !== 'object' || options === null) {
    throw new EnvError(`Cannot make environment ${id}: its options must be an object, got ${describe(options)}`);
  }
  const { rng, ...own } = options;
  if (rng === undefined || optionNames(part).includes('rng')) return createWith(part, parseOptions(id, part, options));
  const act = `Cannot make environment ${id}`;
  if (!isRngKind(rng)) {
    throw new EnvError(`${act}: unknown rng ${asJson(rng)}, ${suggest(String(rng), rngKinds)}`);
  }
  const env = createWith(part, parseOptions(id, part, own));
  if (drawsFromRng(env)) {
    env.useRng(rng);
    return env;
  }
  env.close();
  throw new EnvError(`${act}: it has no Rng of ours to choose, so leave out rng`);
}

/** A task is told what it was made with. */
function createWith(part: EnvPart, options: unknown): AnyEnv {
  const env = part.create(options as never);
  if ('useOptions' in env && typeof env.useOptions === 'function') env.useOptions(options);
  return env;
}

/** By its method: a user's file may have loaded a copy of its own of this package. */
function drawsFromRng(env: AnyEnv): env is AnyEnv & { useRng(kind: RngKind): unknown } {
  return 'useRng' in env && typeof env.useRng === 'function';
}

/** The options with their defaults, or one line that names every one that is wrong. */
export function parseOptions(id: string, part: EnvPart, options: unknown): unknown {
  const parsed = part.options.safeParse(options);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownOption(part, issue.path, key)).join('; ')
      : `${optionPath(issue.path)}${issue.message}, got ${asJson(valueAt(options, issue.path))}`,
  );
  throw new EnvError(`Cannot make environment ${id}: ${problems.join('; ')}`);
}

function unknownOption(part: EnvPart, path: readonly PropertyKey[], key: string): string {
  if (path.length > 0) return `${optionPath(path)}unknown key "${key}"`;
  return `unknown option "${key}", ${suggest(key, optionNames(part))}`;
}

/** Names of a part's options, in the order of its file. */
export function optionNames(part: EnvPart): string[] {
  const { shape } = part.options as { shape?: Record<string, unknown> };
  return Object.keys(shape ?? {});
}

/** ['isi', 0] -> 'isi[0]: ' */
function optionPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], options);
}
