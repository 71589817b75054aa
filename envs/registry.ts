/**
 * Environments by id. The id is the name of a file under tasks/: adding a file adds an environment, there is no list to
 * edit. Node only; a browser has browser/registry.ts in this file's place. Works from .ts sources and from compiled .js
 * alike: the files are taken to have this file's ending.
 */
import { readdirSync } from 'node:fs';
import { createEnv } from './create-env.ts';
import { findEnv } from './find-env.ts';
import type { AnyEnv, EnvPart } from './part.ts';
import { pythonPart } from './python/part.ts';
import { isPythonId } from './python/python-id.ts';

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
  return findEnv(id, listEnvs(), loadTask);
}

async function loadTask(file: string): Promise<EnvPart> {
  const module = (await import(new URL(file + ending, folder).href)) as { default: EnvPart };
  return module.default;
}

/** The environment of an id with these options; what is left out takes its default (createEnv). */
export async function makeEnv(id: string, options: Readonly<Record<string, unknown>> = {}): Promise<AnyEnv> {
  return createEnv(id, await loadEnv(id), options);
}
