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
  readonly csLength: number; // steps that a cue stays on
  readonly discount: number;
  /** What a cue can announce: how often it does, and the probability of the US then. */
  readonly classes: readonly { readonly probability: number; readonly us: number }[];
  readonly target: ErrorFloors['target'];
}

/** Probability mass of a set of situations with the sums of G and G^2 over it. */
type Moments = readonly [mass: number, first: number, second: number];

/** null where the US may reach into the next trial, or a cue so far that the onset of the next one is missed. */
export function trialFloors(trials: Trials): ErrorFloors | null {
  const { classes, isi, iti, csLength, usLength } = trials;
  if (iti[0] < usLength || isi[0] + iti[0] <= csLength) return null;
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
  readonly delay: Tails; // of I
  readonly gap: Tails; // of J
  readonly whole: Tails; // of I + J
  readonly next: readonly [number, number]; // E R, E R^2
}

/** Of a number of steps N: [n][d] = E[gamma^(n (N-d)); N >= d], n = 0, 1, 2. Beyond the longest N there is nothing. */
type Tails = readonly Float64Array[];

function prepare(trials: Trials): World {
  const { discount, isi, iti } = trials;
  const us = trials.classes.reduce((sum, c) => sum + c.probability * c.us, 0);
  const reward = geometric(discount, trials.usLength);
  const delay = tails(isi[1], (i) => within(isi, i), discount);
  const gap = tails(iti[1], (j) => within(iti, j), discount);
  const whole = tails(isi[1] + iti[1], (sum) => sharesOfSum(isi, iti, sum), discount);
  const [, d1, d2] = delay.map((tail) => tail[0]!) as [number, number, number];
  const [, g1, g2] = gap.map((tail) => tail[0]!) as [number, number, number];
  const first = (us * reward * d1) / (1 - d1 * g1);
  const second = (us * d2 * (reward ** 2 + 2 * reward * g1 * first)) / (1 - d2 * g2);
  return { ...trials, us, reward, delay, gap, whole, next: trials.target === 'value' ? [0, 0] : [first, second] };
}

/** The US is still to come: I > k. */
function usToCome({ reward, delay, gap, next }: World, k: number): Moments {
  const [mass, d1, d2] = at(delay, k + 1);
  const [g1, g2] = [gap[1]![0]! * next[0], gap[2]![0]! * next[1]];
  return [mass, d1 * (reward + g1), d2 * (reward ** 2 + 2 * reward * g1 + g2)];
}

/** A trial without US that has lasted k steps: I + J > k. */
function noUs({ whole, next }: World, k: number): Moments {
  const [mass, w1, w2] = at(whole, k + 1);
  return [mass, w1 * next[0], w2 * next[1]];
}

/** The US began `since` steps ago: sum over J > since. */
function usBegan({ usLength, discount, gap, next }: World, since: number): Moments {
  const rest = geometric(discount, Math.max(0, usLength - since - 1));
  const [mass, g1, g2] = at(gap, since + 1);
  return [mass, rest * mass + g1 * next[0], rest ** 2 * mass + 2 * rest * g1 * next[0] + g2 * next[1]];
}

function at(tails: Tails, d: number): Moments {
  return [tails[0]![d] ?? 0, tails[1]![d] ?? 0, tails[2]![d] ?? 0];
}

function tails(highest: number, probability: (steps: number) => number, discount: number): Tails {
  return [0, 1, 2].map((n) => {
    const tail = new Float64Array(highest + 1);
    // Backwards, so nothing overflows.
    for (let d = highest; d >= 0; d--) tail[d] = probability(d) + discount ** n * (tail[d + 1] ?? 0);
    return tail;
  });
}

/** Probability of a value of a uniform draw. */
function within([lowest, highest]: Range, value: number): number {
  return lowest <= value && value <= highest ? 1 / (highest - lowest + 1) : 0;
}

/** Probability of the sum of two: as many pairs as there are first values that leave the second one in its range. */
function sharesOfSum(a: Range, b: Range, sum: number): number {
  const pairs = Math.min(a[1], sum - b[0]) - Math.max(a[0], sum - b[1]) + 1;
  return Math.max(0, pairs) / (a[1] - a[0] + 1) / (b[1] - b[0] + 1);
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
