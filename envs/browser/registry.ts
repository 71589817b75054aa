/** Environments by id in a browser: the build has listed the folder, and each task is loaded when it is asked for. */
import { createEnv } from '../create-env.ts';
import { EnvError } from '../errors.ts';
import { findEnv } from '../find-env.ts';
import type { AnyEnv, EnvPart } from '../part.ts';
import { left, tasks } from './task-index.js';

/** Ids of all environments that run in a browser, sorted. */
export const listEnvs = (): string[] => Object.keys(tasks);

/** By its file's name, or by an id that the file declares as well, such as Gymnasium's `CartPole-v1`. */
export async function loadEnv(id: string): Promise<EnvPart> {
  const needs = Object.hasOwn(left, id) ? left[id] : String(id).startsWith('python/') ? 'Python' : undefined;
  if (needs !== undefined) throw new EnvError(`Cannot load environment "${id}" in a browser: it needs ${needs}`);
  return findEnv(id, listEnvs(), async (file) => (await tasks[file]!()).default);
}

/** The environment of an id with these options; what is left out takes its default (createEnv). */
export async function makeEnv(id: string, options: Readonly<Record<string, unknown>> = {}): Promise<AnyEnv> {
  return createEnv(id, await loadEnv(id), options);
}
