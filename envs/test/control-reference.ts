import { expect } from 'vitest';
import type { Action, StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { doubles, readGolden, singles, singleSteps } from './golden.ts';

interface Columns {
  readonly actions: string;
  readonly states: string;
  readonly observations: string;
  readonly rewards: string;
  readonly terminated: string;
  readonly truncated: string;
}
interface Golden {
  readonly id: string;
  readonly limit: number;
  readonly run: Columns & { readonly seed: number; readonly resets: readonly number[] };
  readonly jumps: Columns & { readonly before: string };
}

/** Largest error of a state, relative where the state is large; 0 means equal. */
export function stateError(actual: readonly number[], expected: Float64Array): number {
  return Math.max(...Array.from(expected, (x, i) => Math.abs(actual[i]! - x) / Math.max(1, Math.abs(x))));
}

/** Gymnasium's steps of one task (golden/make_classic.py). */
export class ControlReference {
  readonly golden: Golden;
  readonly size: number; // numbers of a state
  readonly width: number; // entries of an observation
  constructor(id: string) {
    this.golden = readGolden<Golden>(`classic-${id}`);
    const { states, observations, rewards } = this.golden.run;
    this.size = doubles(states).length / doubles(rewards).length;
    this.width = singles(observations).length / doubles(rewards).length;
  }
  state(column: string, i: number): Float64Array {
    return doubles(column).subarray(i * this.size, (i + 1) * this.size);
  }
  action(env: AnyEnv, columns: Columns, i: number): Action {
    const action = singles(columns.actions)[i]!;
    return env.actionSpace.kind === 'discrete' ? action : Float64Array.of(action);
  }
  /** Compares with moment i of the columns; returns how many entries of the observation are one step off. */
  expectMoment(out: StepResult, columns: Columns, i: number, tolerance: number): number {
    const reward = doubles(columns.rewards)[i]!;
    expect(Math.abs(out.reward - reward)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(reward)));
    expect([out.terminated, out.truncated]).toEqual([columns.terminated[i] === '1', columns.truncated[i] === '1']);
    const expected = singles(columns.observations).subarray(i * this.width, (i + 1) * this.width);
    const steps = Array.from(expected, (x, entry) => singleSteps(x, out.observation[entry]!));
    if (tolerance < 1e-12) expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    return steps.filter((n) => n > 0).length;
  }
}

/** The saved numbers that put the environment into a state; a continuous car also knows whether it has moved. */
export function numbersFor(id: string, step: number, state: Float64Array, isFirst: boolean): number[] {
  return [step, ...state, ...(id === 'mountain-car-continuous' ? [Number(isFirst)] : [])];
}
