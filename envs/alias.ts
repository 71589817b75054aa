/** Parts under other ids, such as Gymnasium's `CartPole-v1`: the file's part with other defaults. */
import { z } from 'zod';
import { EnvError } from './errors.ts';
import type { EnvAlias, EnvPart } from './part.ts';

/** The part that declares this id among its aliases, with the alias's defaults; null where none does. */
export function partOfAlias(id: string, parts: readonly EnvPart[]): EnvPart | null {
  for (const part of parts) {
    const alias = part.aliases?.find((one) => one.id === id);
    if (alias !== undefined) return withDefaults(part, alias);
  }
  return null;
}

/** The time limit is the task's own option here: without `make` there is no wrapper that would count. */
function withDefaults(part: EnvPart, { id, options = {}, maxEpisodeSteps }: EnvAlias): EnvPart {
  const defaults = { ...options, ...(maxEpisodeSteps !== undefined && { maxEpisodeSteps }) };
  const schema = part.options;
  if (!(schema instanceof z.ZodObject))
    throw new EnvError(`Cannot find environment "${id}": its options are no object`);
  const shape = schema.shape as Record<string, z.ZodType>;
  const changed = Object.entries(defaults).map(([name, value]) => {
    const field = shape[name];
    if (field === undefined)
      throw new EnvError(`Cannot find environment "${id}": it fixes ${name}, which is no option`);
    return [name, field.default(value).describe(field.description ?? name)] as const;
  });
  return { ...part, aliases: [], options: schema.safeExtend(Object.fromEntries(changed)) };
}
