/**
 * Parts by name in a browser, in the place of src/registry.ts: the build has listed the folders, and each part is loaded
 * when it is asked for. There are no files; a part of one's own is added under an id.
 */
import { checkPart, type Kind, type Kinds, unknownId } from '../kinds.ts';
import { UserError } from '../user-error.ts';
import { folders } from './part-index.js';

export { isPath } from '../is-path.ts';

const added = new Map<string, Map<string, unknown>>(); // by folder, then by id

/** A part of your own: from now on its id is as good as a file's name. */
export function addPart<K extends Kind>(kind: K, id: string, part: Kinds[K]): void {
  if (!added.has(kind)) added.set(kind, new Map());
  added.get(kind)!.set(id, checkPart(kind, id, part));
}

/** Ids of a folder (`cells`, `../agents`) and of what was added, sorted. */
export function listFolder(folder: string): string[] {
  const ids = new Set([...Object.keys(folders[folder] ?? {}), ...(added.get(folder)?.keys() ?? [])]);
  return [...ids].sort();
}

export const listParts = (kind: Kind): string[] => listFolder(kind);

export async function loadPart<K extends Kind>(kind: K, id: string): Promise<Kinds[K]> {
  return checkPart(kind, id, await loadNamed(kind, id));
}

export async function loadNamed(folder: string, id: string): Promise<unknown> {
  const own = added.get(folder);
  if (own?.has(id)) return own.get(id);
  const known = folders[folder] ?? {};
  if (!Object.hasOwn(known, id)) throw unknownId(folder, id, listFolder(folder));
  return (await known[id]!()).default;
}

export const wholePath = (path: string): string => path;
export const pathFrom = (_file: string, path: string): string => path;

export async function loadFile(path: string): Promise<unknown> {
  throw new UserError(`Cannot load ${path}: a browser has no files; add the part under an id with addPart`);
}
