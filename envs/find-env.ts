import { partOfAlias } from './alias.ts';
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { nearest } from './nearest.ts';
import type { EnvPart } from './part.ts';

/** By its file's name, or by an id that the file declares as well, such as Gymnasium's `CartPole-v1`. */
export async function findEnv(
  id: string,
  known: readonly string[],
  load: (file: string) => Promise<EnvPart>,
): Promise<EnvPart> {
  if (typeof id !== 'string') throw new EnvError(`Cannot find an environment by ${describe(id)}: its id is a text`);
  if (known.includes(id)) return load(id);
  const parts = await Promise.all(known.map(load));
  return partOfAlias(id, parts) ?? notFound(id, known, parts);
}

function notFound(id: string, known: readonly string[], parts: readonly EnvPart[]): never {
  const aliases = parts.flatMap(({ aliases = [] }) => aliases.map((alias) => alias.id));
  const guess = nearest(id, [...known, ...aliases]);
  const hint = guess === null ? 'known' : `did you mean "${guess}"? Known`;
  throw new EnvError(`Cannot find environment "${id}": ${hint}: ${known.join(', ')}, and other libraries' ids of them`);
}
