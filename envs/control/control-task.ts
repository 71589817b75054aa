import { z } from 'zod';
import type { Action, StepResult } from '../env.ts';
import { LimitedTask, limitOption } from '../episodes/limited-task.ts';
import type { Rng } from '../rng.ts';
import { box } from '../spaces.ts';
import type { Box } from '../spaces.ts';

export const maskOption = z
  .enum(['none', 'positions', 'velocities'])
  .default('none')
  .describe('what is left of the observation: all of it, positions (angles) alone, or velocities alone');

export const controlOptions = { mask: maskOption, maxEpisodeSteps: limitOption };
export interface ControlOptions {
  readonly mask: z.output<typeof maskOption>;
  readonly maxEpisodeSteps: number | null;
}

/** Sizes and bounds of a control task. */
export interface Layout {
  /** How many numbers the state has. */
  readonly state: number;
  readonly low: readonly number[]; // [observation]
  readonly high: readonly number[]; // [observation]
  readonly positions: readonly number[]; // entries of the observation
  readonly velocities: readonly number[];
}

/**
 * Base of the classic control tasks: a state of doubles, observed in single precision as in Gymnasium, of which a mask
 * may hide a part. The saved numbers are [steps of this episode, ...state], so a state is set by loading one.
 */
export abstract class ControlTask<Act extends Action = number> extends LimitedTask<Act> {
  readonly observationSpace: Box;
  protected readonly state: Float64Array;
  private readonly full: Float64Array; // the observation before the mask
  private readonly kept: Int32Array; // the entries of it that the mask leaves

  constructor(layout: Layout, { mask, maxEpisodeSteps }: ControlOptions) {
    super(maxEpisodeSteps);
    this.state = new Float64Array(layout.state);
    this.full = new Float64Array(layout.low.length);
    this.kept = Int32Array.from(mask === 'none' ? this.full.keys() : layout[mask]);
    const bounds = (of: readonly number[]): number[] => Array.from(this.kept, (i) => Math.fround(of[i]!));
    this.observationSpace = box(bounds(layout.low), bounds(layout.high));
  }

  /** Draws the first state of an episode. */
  protected abstract draw(state: Float64Array): void;
  /** Moves the state on; returns whether it is terminal. */
  protected abstract integrate(action: Act): boolean;
  /** The reward of the transition that `integrate` has just made. */
  protected abstract reward(action: Act, terminated: boolean): number;
  /** Writes the whole observation, in double precision. */
  protected abstract observe(full: Float64Array): void;

  protected override start(observation: Float64Array): void {
    this.draw(this.state);
    this.write(observation);
  }

  protected override move(action: Act, out: StepResult): void {
    out.terminated = this.integrate(action);
    out.reward = this.reward(action, out.terminated);
    this.write(out.observation);
  }

  private write(observation: Float64Array): void {
    const { full, kept } = this;
    this.observe(full);
    for (let i = 0; i < kept.length; i++) observation[i] = Math.fround(full[kept[i]!]!);
  }

  protected override stateNumbers(): number[] {
    return [...this.state];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    this.state.set(numbers);
  }
}

/** Of a task that takes one real action: Gymnasium clips what lies outside, so only what is no number is refused. */
export function isOneNumber(action: Float64Array): boolean {
  return action instanceof Float64Array && action.length === 1 && Number.isFinite(action[0]);
}

/** NumPy's `uniform(low, high)`, digit by digit. */
export function uniformIn(low: number, high: number, rng: Rng): number {
  return low + (high - low) * rng.uniform();
}

/** x, kept within its bounds. */
export function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
