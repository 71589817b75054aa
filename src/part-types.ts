/** What a part is, and what it is given when it is made. */
import type { Rng } from '@rl-tools/envs';
import type { z } from 'zod';
import type { ActionsKnown } from './control.ts';
import type { Question } from './questions.ts';
import type { Cell, Estimator, Features, Head, Lane, Rows, StepSizeRule, WeightGroup } from './types.ts';

/** What one file under src/<kind>/ default-exports. The file's name is its id. */
export interface Part<Options, Needs, Made> {
  readonly cite: string; // key in docs/references.bib
  readonly summary: string; // one line for `list`
  readonly options: z.ZodType<Options>; // parse({}) gives the documented defaults
  readonly acts?: boolean; // a head that chooses actions
  readonly restructures?: boolean; // growth that changes which weights there are
  classes?(options: Options): boolean; // a head that answers with probabilities of classes, learned from targets
  asks?(options: Options, observed: number): readonly Question[]; // a head that answers questions, one per output
  /** Makes the part. All that is drawn at random comes from `rng`. */
  create(options: Options, rng: Rng, needs: Needs): Made;
}

/** What a cell is made for. */
export interface CellNeeds {
  readonly inputSize: number; // m, entries of x_t
}

/** What an estimator is made for. */
export interface EstimatorNeeds {
  readonly cell: Cell; // whose influence it tracks
}

/** What features are made for: how much they read of the cell and of the world. */
export interface FeaturesNeeds {
  readonly outputSize: number; // state entries that heads read
  readonly observationSize: number; // entries of x_t
}

/** What a head is made for. */
export interface HeadNeeds {
  readonly size: number; // entries of phi_t
  readonly outputs: number; // predictions per step
  readonly observed?: number; // entries of the environment's observation
  readonly actions?: ActionsKnown; // of the environment
  readonly steps?: number; // of the run, where known: what fades with time fades over them
}

/** What a step-size rule is made for: the weights that it moves. */
export interface RuleNeeds {
  readonly groups: readonly WeightGroup[]; // in the order of its memory
}

/** One learner, as it stands before its first step. */
export interface GrowthNeeds {
  readonly cell: Cell;
  readonly lane: Lane;
  readonly features: Features;
  readonly phi: Float64Array; // phi_t
  readonly head: Head;
  readonly groups: readonly WeightGroup[];
  readonly rule: StepSizeRule;
  readonly estimator: Estimator;
  forget(unit: number): void; // restart of the estimator, and of those that are watched
  restructure(rows: Rows): void; // of the cell; influence is carried over
}
