/** From the name of an environment or a wrapper in a spec to the thing itself. */
import { readdirSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvSpec, Kwargs, WrapperClass, WrapperSpec } from './env-spec.ts';
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { suggest } from './nearest.ts';
import type { AnyEnv, EnvPart } from './part.ts';
import { createEnv } from './create-env.ts';
import { makeEnv } from './registry.ts';

const folder = new URL('./wrappers/', import.meta.url);
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The bare environment of a spec. */
export async function create(spec: EnvSpec, kwargs: Kwargs): Promise<AnyEnv> {
  const { entryPoint } = spec;
  if (entryPoint === null) {
    throw new EnvError(`Cannot make ${spec.id}: its only entry point is one for vectors, makeVec's vector_entry_point`);
  }
  if (typeof entryPoint === 'string' && !entryPoint.includes('#')) return makeEnv(entryPoint, kwargs);
  const found = typeof entryPoint === 'string' ? await loadExport(entryPoint) : entryPoint;
  const env: unknown = isPart(found) ? createEnv(spec.id, found, kwargs) : await call(spec.id, found, kwargs);
  if (isEnv(env)) return env;
  throw new EnvError(`Cannot make ${spec.id}: its entry point gave ${describe(env)}, not an Env`);
}

/** What a function makes, or a class. */
export function call(id: string, found: unknown, kwargs: Kwargs): unknown {
  if (typeof found !== 'function') {
    throw new EnvError(`Cannot make ${id}: its entry point is ${describe(found)}, not a function, class or part`);
  }
  // A class cannot be called; a function that makes an environment can.
  const isClass = /^class\b/.test(Function.prototype.toString.call(found));
  if (isClass) return new (found as new (kwargs: Kwargs) => unknown)(kwargs);
  return (found as (kwargs: Kwargs) => unknown)(kwargs);
}

/** The wrapper of a spec around the environment. */
export async function wrap(env: AnyEnv, { name, entryPoint, kwargs }: WrapperSpec): Promise<AnyEnv> {
  if (kwargs === null) {
    throw new EnvError(`Cannot make the wrapper ${name} again: it did not hand its options to the base class`);
  }
  const Found = typeof entryPoint === 'string' ? await loadWrapper(entryPoint) : entryPoint;
  return new Found(env, kwargs as never);
}

/** Names of the built-in wrappers, sorted. */
export function listWrappers(): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts'));
  return files.map((file) => pascalCase(file.slice(0, -ending.length))).sort();
}

async function loadWrapper(entryPoint: string): Promise<WrapperClass> {
  if (entryPoint.includes('#')) return checkClass(entryPoint, await loadExport(entryPoint));
  const known = listWrappers();
  if (!known.includes(entryPoint)) {
    throw new EnvError(`Cannot find wrapper "${entryPoint}": ${suggest(entryPoint, known)}`);
  }
  const module = (await import(new URL(kebabCase(entryPoint) + ending, folder).href)) as Record<string, WrapperClass>;
  return module[entryPoint]!;
}

function checkClass(entryPoint: string, found: unknown): WrapperClass {
  if (typeof found === 'function') return found as WrapperClass;
  throw new EnvError(`Cannot load ${entryPoint}: it is ${describe(found)}, not the class of a wrapper`);
}

/** `module#export`; a path is taken from the working directory. */
export async function loadExport(entryPoint: string): Promise<unknown> {
  const [path, name] = [entryPoint.slice(0, entryPoint.lastIndexOf('#')), entryPoint.split('#').at(-1)!];
  const module = await importModule(path);
  if (name in module) return module[name];
  throw new EnvError(`Cannot load ${entryPoint}: ${suggest(name, Object.keys(module))}`);
}

/** A package, a URL, or a path from the working directory. */
export async function importModule(specifier: string): Promise<Record<string, unknown>> {
  const isPath = specifier.startsWith('.') || isAbsolute(specifier);
  try {
    return (await import(isPath ? pathToFileURL(resolve(specifier)).href : specifier)) as Record<string, unknown>;
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new EnvError(`Cannot load ${specifier}: ${line}`, { cause: error });
  }
}

/** By its methods: a user's file may have loaded a copy of its own of this package. */
function isEnv(env: unknown): env is AnyEnv {
  const methods = ['reset', 'step', 'resetInto', 'stepInto', 'close'];
  return typeof env === 'object' && env !== null && methods.every((name) => name in env);
}

function isPart(found: unknown): found is EnvPart {
  return typeof found === 'object' && found !== null && 'create' in found && 'options' in found;
}

/** time-limit -> TimeLimit */
function pascalCase(text: string): string {
  return text.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

/** TimeLimit -> time-limit */
export function kebabCase(text: string): string {
  return text.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
