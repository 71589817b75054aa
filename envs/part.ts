import type { z } from 'zod';
import type { Action, Env } from './env.ts';
import type { Element } from './spaces.ts';

/** Any environment, whatever its observations and actions. */
export type AnyEnv = Env<Element, Action>;

/** Another id for an environment with some of its options fixed, such as Gymnasium's `CartPole-v1`. */
export interface EnvAlias {
  /** `[namespace/]Name[-vN]`. */
  readonly id: string;
  /** Steps after which `make(id)` truncates an episode; left out: never. */
  readonly maxEpisodeSteps?: number;
  /** Mean return from which the task counts as solved. */
  readonly rewardThreshold?: number;
  /** Options of the part that differ from its defaults. */
  readonly options?: object;
}

/** What a file under tasks/ default-exports. The file's name is the environment's id. */
export interface EnvPart<Options extends z.ZodType = z.ZodType> {
  /** Key in docs/references.bib, or null for your own. */
  readonly cite: string | null;
  /** One line for lists. */
  readonly summary: string;
  /** A strict object whose every field has a default and a description. */
  readonly options: Options;
  /** Ids under which `make` knows it besides its file's name. */
  readonly aliases?: readonly EnvAlias[];
  /** An environment of its own for each call; options are checked already. */
  create(options: z.output<Options>): AnyEnv;
}

/** Lets TypeScript tie `create` to the type that `options` parses to. */
export function defineEnv<Options extends z.ZodType>(part: EnvPart<Options>): EnvPart<Options> {
  return part;
}
