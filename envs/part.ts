import type { z } from 'zod';
import type { Action, Env } from './env.ts';

/** Any environment, whatever its observations and actions. */
export type AnyEnv = Env<number | Float64Array, Action>;

/** What a file under tasks/ default-exports. The file's name is the environment's id. */
export interface EnvPart<Options extends z.ZodType = z.ZodType> {
  /** Key in docs/references.bib, or null for your own. */
  readonly cite: string | null;
  /** One line for lists. */
  readonly summary: string;
  /** A strict object whose every field has a default and a description. */
  readonly options: Options;
  create(options: z.output<Options>): AnyEnv;
}

/** Lets TypeScript tie `create` to the type that `options` parses to. */
export function defineEnv<Options extends z.ZodType>(part: EnvPart<Options>): EnvPart<Options> {
  return part;
}
