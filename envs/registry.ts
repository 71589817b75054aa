/**
 * Environments by id. The id is the name of a file under tasks/: adding a file adds an environment, there is no list to
 * edit. Node only. Works from .ts sources and from compiled .js alike: the files are taken to have this file's ending.
 */
import { readdirSync } from 'node:fs';
import { partOfAlias } from './alias.ts';
import { EnvError } from './errors.ts';
import { asJson, describe } from './guard.ts';
import { nearest, suggest } from './nearest.ts';
import type { AnyEnv, EnvPart } from './part.ts';
import { isPythonId, pythonPart } from './python/part.ts';
import { isRngKind, rngKinds } from './rng.ts';
import type { RngKind } from './rng.ts';

const folder = new URL('./tasks/', import.meta.url);
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Ids of all built-in environments, sorted. */
export function listEnvs(): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts'));
  return files.map((file) => file.slice(0, -ending.length)).sort();
}

/** By its file's name, or by an id that the file declares as well, such as Gymnasium's `CartPole-v1`. */
export async function loadEnv(id: string): Promise<EnvPart> {
  if (isPythonId(id)) return pythonPart(id);
  if (typeof id !== 'string') throw new EnvError(`Cannot find an environment by ${describe(id)}: its id is a text`);
  const known = listEnvs();
  if (known.includes(id)) return loadTask(id);
  const parts = await Promise.all(known.map(loadTask));
  return partOfAlias(id, parts) ?? notFound(id, known, parts);
}

async function loadTask(file: string): Promise<EnvPart> {
  const module = (await import(new URL(file + ending, folder).href)) as { default: EnvPart };
  return module.default;
}

function notFound(id: string, known: readonly string[], parts: readonly EnvPart[]): never {
  const aliases = parts.flatMap(({ aliases = [] }) => aliases.map((alias) => alias.id));
  const guess = nearest(id, [...known, ...aliases]);
  const hint = guess === null ? 'known' : `did you mean "${guess}"? Known`;
  throw new EnvError(`Cannot find environment "${id}": ${hint}: ${known.join(', ')}, and other libraries' ids of them`);
}

/**
 * The environment with these options; what is left out takes its default. The option `rng` is every task's: the kind
 * of generator that it draws from (rng.ts).
 */
export async function makeEnv(id: string, options: Readonly<Record<string, unknown>> = {}): Promise<AnyEnv> {
  return createEnv(id, await loadEnv(id), options);
}

/** The same of a part that is at hand. */
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
