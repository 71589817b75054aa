/**
 * Error floors of a stream of trials, exactly, by summing over everything that can happen in one trial.
 *
 * A trial opens with the cue at k = 0; the US (if it comes) is on at k = I .. I+L-1; the next cue is at k = I+J.
 * I and J are uniform on their ranges, the US has a probability that the cue's class decides, trials are independent.
 * Seen from step k the return is
 *     G_k = u + gamma^(I+J-k-1) R,
 * u = the discounted part of this trial's US after k, R = the return counted from the next cue on, independent of
 * this trial. R repeats itself, R = us gamma^I + gamma^(I+J) R', which gives its first two moments. For the target
 * 'value' (this trial's US alone) R = 0.
 *
 * What a predictor may know is a partition of all (trial, k): `timing` = k, and when the US began; `ideal` = the class
 * of the cue as well. Its floor is the mean conditional variance of G. The start of a trial counts as seen.
 */
import type { ErrorFloors } from '../env.ts';
import type { Range } from './options.ts';

export interface Trials {
  readonly isi: Range; // I: cue to US
  readonly iti: Range; // J: US to next cue
  readonly usLength: number; // L
  readonly discount: number;
  /** What a cue can announce: how often it does, and the probability of the US then. */
  readonly classes: readonly { readonly probability: number; readonly us: number }[];
  readonly target: ErrorFloors['target'];
}

/** Probability mass of a set of situations with the sums of G and G^2 over it. */
type Moments = readonly [mass: number, first: number, second: number];

/** null where the US may reach into the next trial. */
export function trialFloors(trials: Trials): ErrorFloors | null {
  if (trials.iti[0] < trials.usLength) return null;
  const { classes, isi, iti } = trials;
  const world = prepare(trials);
  let total: Moments = [0, 0, 0];
  let timing = 0;
  let ideal = 0;
  for (let k = 0; k < isi[1] + iti[1]; k++) {
    const waiting = usToCome(world, k);
    const without = noUs(world, k);
    const quiet = classes.map(({ probability: p, us }) => add(scale(waiting, p * us), scale(without, p * (1 - us))));
    const together = quiet.reduce(add);
    ideal += quiet.map(residual).reduce((sum, x) => sum + x);
    timing += residual(together);
    total = add(total, together);
  }
  for (let since = 0; since < iti[1]; since++) {
    const after = scale(usBegan(world, since), world.us);
    ideal += residual(after);
    timing += residual(after);
    total = add(total, after);
  }
  const [steps, first, second] = total; // steps = mean trial length
  const zero = second / steps;
  const constant = zero - (first / steps) ** 2;
  return { zero, constant, timing: timing / steps, ideal: ideal / steps, target: trials.target };
}

interface World extends Trials {
  readonly us: number; // probability of a US
  readonly reward: number; // discounted US from the step before its onset: 1 + gamma + ... (L terms)
  readonly gap: readonly Float64Array[]; // gap[n][d] = E[gamma^(n (J-d)); J >= d], n = 0, 1, 2
  readonly next: readonly [number, number]; // E R, E R^2
}

function prepare(trials: Trials): World {
  const { discount, isi, iti } = trials;
  const us = trials.classes.reduce((sum, c) => sum + c.probability * c.us, 0);
  const reward = geometric(discount, trials.usLength);
  const gap = [0, 1, 2].map((n) => discountedTail(iti, discount ** n));
  const [delay, delay2] = [1, 2].map((n) => discountedTail(isi, discount ** n)[0]!) as [number, number];
  const g1 = gap[1]![0]!;
  const first = (us * reward * delay) / (1 - delay * g1);
  const second = (us * delay2 * (reward ** 2 + 2 * reward * g1 * first)) / (1 - delay2 * gap[2]![0]!);
  return { ...trials, us, reward, gap, next: trials.target === 'value' ? [0, 0] : [first, second] };
}

/** The US is still to come: sum over I > k. */
function usToCome({ isi, discount, reward, gap, next }: World, k: number): Moments {
  const [g1, g2] = [gap[1]![0]! * next[0], gap[2]![0]! * next[1]];
  let sum: Moments = [0, 0, 0];
  for (let i = Math.max(isi[0], k + 1); i <= isi[1]; i++) {
    const x = discount ** (i - k - 1);
    sum = add(sum, [1, x * (reward + g1), x ** 2 * (reward ** 2 + 2 * reward * g1 + g2)]);
  }
  return scale(sum, 1 / (isi[1] - isi[0] + 1));
}

/** A trial without US that has lasted k steps: sum over I, and over J > k - I. */
function noUs({ isi, discount, gap, next }: World, k: number): Moments {
  let sum: Moments = [0, 0, 0];
  for (let i = isi[0]; i <= isi[1]; i++) {
    const x = discount ** Math.max(0, i - k - 1);
    const d = Math.max(0, k - i + 1);
    sum = add(sum, [gap[0]![d] ?? 0, x * (gap[1]![d] ?? 0) * next[0], x ** 2 * (gap[2]![d] ?? 0) * next[1]]);
  }
  return scale(sum, 1 / (isi[1] - isi[0] + 1));
}

/** The US began `since` steps ago: sum over J > since. */
function usBegan({ usLength, discount, gap, next }: World, since: number): Moments {
  const rest = geometric(discount, Math.max(0, usLength - since - 1));
  const [mass, g1, g2] = gap.map((tail) => tail[since + 1]!) as [number, number, number];
  return [mass, rest * mass + g1 * next[0], rest ** 2 * mass + 2 * rest * g1 * next[0] + g2 * next[1]];
}

/** tail[d] = E[x^(J-d); J >= d] for J uniform on the range, d = 0 .. highest; a backward sum, so nothing overflows. */
function discountedTail([lowest, highest]: Range, x: number): Float64Array {
  const tail = new Float64Array(highest + 1);
  for (let d = highest; d >= 0; d--) {
    tail[d] = (d >= lowest ? 1 / (highest - lowest + 1) : 0) + x * (tail[d + 1] ?? 0);
  }
  return tail;
}

function geometric(x: number, terms: number): number {
  let sum = 0;
  for (let n = 0; n < terms; n++) sum = 1 + x * sum;
  return sum;
}

function add(a: Moments, b: Moments): Moments {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function scale(a: Moments, by: number): Moments {
  return [a[0] * by, a[1] * by, a[2] * by];
}

/** Mass times variance: what the best guess for this set of situations leaves. */
function residual([mass, first, second]: Moments): number {
  return mass > 0 ? second - first ** 2 / mass : 0;
}
