/**
 * The mean over an estimator's own noise without statistics: its noise is a number of random signs, so that it is run
 * once per sign pattern. With g_i the gradient under pattern i,
 *   mean = sum_i g_i / 2^bits      deviation = sqrt(sum_i |g_i - mean|^2 / 2^bits)
 */
import { norm } from '../../src/statistics/norm.ts';
import type { Estimator, Rng } from '../../src/types.ts';
import { add } from './dense.ts';
import { createEstimator, track } from './estimate.ts';
import { errorAt, type Problem } from './problem.ts';

/** An Rng that answers signs that are given, and nothing else: uniform() is 1/4 for -1 and 3/4 for 1. */
export interface SignRng extends Rng {
  readonly drawn: number; // signs since `play`
  play(signs: (i: number) => number): void;
}

export function signRng(): SignRng {
  let next: (i: number) => number = () => 1;
  let drawn = 0;
  const never = (): never => {
    throw new Error('only signs are played');
  };
  return {
    get drawn() {
      return drawn;
    },
    play(signs) {
      next = signs;
      drawn = 0;
    },
    uniform: () => 0.5 + next(drawn++) / 4,
    fill: never,
    integer: never,
    normal: never,
    shuffle: never,
    choose: never,
    save: never,
    restore: never,
  };
}

/** The signs of a pattern: bit i set means sign i is -1. */
export const bitsOf =
  (pattern: number) =>
  (i: number): number =>
    (pattern >> i) & 1 ? -1 : 1;

export interface Draws {
  readonly rng: SignRng;
  readonly estimator: Estimator;
  draw(): Float64Array; // sum_t q_t' J_t from the start, with what the rng says
}

/** One estimator, run over the same problem again and again. */
export async function drawsOf(problem: Problem, id: string, options: object = {}): Promise<Draws> {
  const rng = signRng();
  const estimator = await createEstimator(problem.cell, id, options, rng);
  return { rng, estimator, draw: runs(problem, estimator) };
}

export function runs(problem: Problem, estimator: Estimator): () => Float64Array {
  const { cell, inputs } = problem;
  const { lane, advance } = track(cell, estimator);
  return () => {
    const gradient = new Float64Array(cell.params.length);
    cell.begin(lane);
    estimator.reset();
    inputs.forEach((x, t) => {
      advance(x);
      estimator.pull(errorAt(problem, t, lane.state), gradient);
    });
    return gradient;
  };
}

export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: number;
  readonly bits: number;
}

export async function overAllSigns(problem: Problem, id: string, options: object = {}): Promise<Moments> {
  const { rng, draw } = await drawsOf(problem, id, options);
  rng.play(bitsOf(0));
  const first = draw(); // all else is taken relative to it, which saves digits where little is random
  const bits = enumerable(rng.drawn);
  const shift = new Float64Array(first.length);
  let squares = 0;
  for (let pattern = 1; pattern < 2 ** bits; pattern++) {
    rng.play(bitsOf(pattern));
    const difference = draw().map((value, j) => value - first[j]!);
    if (rng.drawn !== bits) throw new Error(`Cannot enumerate: ${bits} signs drawn, then ${rng.drawn}`);
    add(shift, difference);
    squares += norm(difference) ** 2 / 2 ** bits;
  }
  const mean = first.map((value, j) => value + shift[j]! / 2 ** bits);
  const deviation = Math.sqrt(Math.max(0, squares - norm(shift.map((value) => value / 2 ** bits)) ** 2));
  return { mean, deviation, bits };
}

function enumerable(bits: number): number {
  if (bits > 18) throw new Error(`Cannot enumerate 2^${bits} sign patterns`);
  return bits;
}
