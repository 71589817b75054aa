/** The kinds of parts, and what is said of an id that is none; how parts are found is src/registry.ts's. */
import { nearest } from '@rl-tools/envs';
import type {
  Cell,
  CellNeeds,
  Estimator,
  EstimatorNeeds,
  Features,
  FeaturesNeeds,
  Growth,
  GrowthNeeds,
  Head,
  HeadNeeds,
  Part,
  RuleNeeds,
  StepSizeRule,
} from './types.ts';
import { UserError } from './user-error.ts';

/** What each kind's folder holds. Options are validated by the part's own schema. */
export interface Kinds {
  cells: Part<unknown, CellNeeds, Cell>;
  estimators: Part<unknown, EstimatorNeeds, Estimator>;
  features: Part<unknown, FeaturesNeeds, Features>;
  heads: Part<unknown, HeadNeeds, Head>;
  'step-sizes': Part<unknown, RuleNeeds, StepSizeRule>;
  growth: Part<unknown, GrowthNeeds, Growth>;
}
export type Kind = keyof Kinds;
export const KINDS: readonly Kind[] = ['cells', 'estimators', 'features', 'heads', 'step-sizes', 'growth'];

/** Throws where it is none. */
export function checkPart<K extends Kind>(kind: K, id: string, part: unknown): Kinds[K] {
  if (isPart(part)) return part as Kinds[K];
  throw new UserError(
    `Cannot use ${id} as one of ${kind}: its default export must be a part { cite, summary, options, create }`,
  );
}

function isPart(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'create' in value && 'options' in value && 'summary' in value;
}

/** Answers an unknown id with the known ones. */
export function unknownId(folder: string, id: string, known: readonly string[]): UserError {
  const noun = folder.replace(/^.*\//, '');
  const guess = nearest(id, known);
  const hint = guess === null ? '' : `did you mean "${guess}"? `;
  return new UserError(`Cannot find "${id}" in ${noun}: ${hint}Known: ${known.join(', ')}`);
}
