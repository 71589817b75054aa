/** Lanes as lanes.ts drives them, wherever their cells and estimators are computed. */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { Stateful } from '../types.ts';
import type { Core } from './core.ts';

/** What one lane is asked for. */
export interface LaneCore extends Pick<
  Core,
  | 'parts'
  | 'w'
  | 'learning'
  | 'report'
  | 'time'
  | 'skipped'
  | 'limit'
  | 'watched'
  | 'begin'
  | 'predict'
  | 'admit'
  | 'influence'
  | 'differentiate'
> {
  readonly lane: Stateful;
  finish?(): void; // of a step: J_t, where nothing was learned from it
  blame?(): void; // tells growth what a target's error is due to
}

/** Cells and estimators that are not computed by their own parts; the gradient of theta is gathered where they are. */
export interface LanesEngine {
  core(lane: number, parts: LearnerParts, settings: LearnerSettings): LaneCore;
  /** The cell's parameters are other ones now. */
  spread(): void;
  readonly sums: CellSums;
}

/** The sum of gradients G of the cell [p]. */
export interface CellSums {
  read(into: Float64Array): void;
  write(from: Float64Array): void;
  clear(): void;
}
