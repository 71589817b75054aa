/**
 * Parts by name: a part's id is its file's name, the folder is the list. Node only; the learner never imports this, and
 * a browser has src/browser/registry.ts in this file's place.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isPath } from './is-path.ts';
import { checkPart, KINDS, type Kind, type Kinds, unknownId } from './kinds.ts';
import { UserError } from './user-error.ts';

export { isPath } from './is-path.ts';

/** Ids of the files in a folder beside this one (`cells`) or above it (`../agents`), compiled or not. */
export function listFolder(folder: string): string[] {
  const found = listed.get(folder) ?? look(folder);
  listed.set(folder, found);
  return [...found];
}
const listed = new Map<string, string[]>(); // a process that runs many agents need not look again

function look(folder: string): string[] {
  const url = new URL(`${folder}/`, import.meta.url);
  return readdirSync(fileURLToPath(url))
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** Ids of all parts of a kind, sorted: the files of its folder. */
export const listParts = (kind: Kind): string[] => listFolder(kind);

/** The default export of src/<kind>/<id>, or of the user's own file where the id is a path. */
export async function loadPart<K extends Kind>(kind: K, id: string): Promise<Kinds[K]> {
  return checkPart(kind, id, isPath(id) ? await loadFile(id) : await loadNamed(kind, id));
}

/** The default export of <folder>/<id>; an unknown id is answered with the known ones. */
export async function loadNamed(folder: string, id: string): Promise<unknown> {
  const known = listFolder(folder);
  if (!known.includes(id)) throw unknownId(folder, id, known);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const loaded = (await import(new URL(`${folder}/${id}.${extension}`, import.meta.url).href)) as { default: unknown };
  return loaded.default;
}

/** A run may be resumed from any folder. */
export const wholePath = (path: string): string => resolve(path);

/** What a path means in a file. */
export const pathFrom = (file: string, path: string): string => resolve(dirname(file), path);

/** The default export of a user's own file; TypeScript is loaded as it is. */
export async function loadFile(path: string): Promise<unknown> {
  const file = resolve(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new UserError(`Cannot load ${path}: there is no such file (looked for ${file})`);
  if (!found.isFile()) throw new UserError(`Cannot load ${path}: it is no file`);
  try {
    const { createJiti } = await import('jiti');
    return await createJiti(import.meta.url, { alias: aliases() }).import(pathToFileURL(file).href, { default: true });
  } catch (error) {
    const [line = '', place = ''] = String(error instanceof Error ? error.message : error).split('\n');
    const at = /:\d+:\d+\)?$/.test(place.trim()) ? ` (${place.trim()})` : ''; // of a syntax error
    throw new UserError(`Cannot load ${path}: ${line.trim()}${at}`, { cause: error });
  }
}

/** A user's folder need not have these packages installed: they are the ones that this file uses itself. */
function aliases(): Record<string, string> {
  const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const installed = (name: string): string => fileURLToPath(import.meta.resolve(name));
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return {
    ...Object.fromEntries([...KINDS, 'stream'].map((folder) => [`agent-state/${folder}`, beside(`./${folder}`)])),
    ...Object.fromEntries(['agents', 'experiments'].map((name) => [`agent-state/${name}`, beside(`../${name}`)])),
    'agent-state': beside(`./index.${extension}`),
    '@rl-tools/envs/tasks': join(dirname(installed('@rl-tools/envs')), 'tasks'),
    '@rl-tools/envs': installed('@rl-tools/envs'),
    'zod/v4': installed('zod/v4'),
    zod: installed('zod'),
  };
}
