/** The words of the language: { $log10: [-4, -1] } and its like, each with what it takes. */
import type { Rng } from '@rl-tools/envs';
import type { Space } from './space.ts';
import { byRatio, evenly, powers, tidy } from './spaced.ts';
import { sweepError } from './sweep-error.ts';

interface Form {
  readonly takes: string; // for the one who got it wrong
  fits(numbers: readonly number[]): boolean;
  values?(numbers: readonly number[]): number[];
  draw?(rng: Rng, low: number, high: number): number; // by a random search alone
}

export const MOST = 100_000; // settings of one sweep

const isCount = (n: number | undefined): boolean => Number.isInteger(n) && n! >= 2 && n! <= MOST;
const whole = (low: number, high: number): boolean =>
  Number.isInteger(low) && Number.isInteger(high) && Math.abs(high - low) < MOST;

const exponents = (base: number): Form => ({
  takes: `[from, to], two whole exponents of ${base} such as [-4, -1], or [from, to, points] with at least 2 points`,
  fits: ([low, high, n, ...more]) => more.length === 0 && (n === undefined ? whole(low!, high!) : isCount(n)),
  values: ([low, high, n]) => powers(base, low!, high!, n),
});

const interval = 'two numbers, the first one below the second one';

export const FORMS: Readonly<Record<string, Form>> = {
  $log: {
    takes: '[low, high, points], such as [0.001, 0.1, 5]: two numbers above 0 and at least 2 points',
    fits: ([low, high, n, ...more]) => more.length === 0 && low! > 0 && high! > 0 && isCount(n),
    values: ([low, high, n]) => byRatio(low!, high!, n!),
  },
  $log2: exponents(2),
  $log10: exponents(10),
  $linear: {
    takes: '[low, high, points], such as [0, 1, 5]: two numbers and at least 2 points',
    fits: ([, , n, ...more]) => more.length === 0 && isCount(n),
    values: ([low, high, n]) => evenly(low!, high!, n!),
  },
  $uniform: {
    takes: `[low, high]: ${interval}`,
    fits: ([low, high, ...more]) => more.length === 0 && low! < high!,
    draw: (rng, low, high) => tidy(low + (high - low) * rng.uniform()),
  },
  $logUniform: {
    takes: `[low, high]: ${interval}, both above 0`,
    fits: ([low, high, ...more]) => more.length === 0 && low! > 0 && low! < high!,
    draw: (rng, low, high) => tidy(low * (high / low) ** rng.uniform()),
  },
  $integer: {
    takes: '[low, high]: two whole numbers, the first one not above the second one',
    fits: ([low, high, ...more]) =>
      more.length === 0 && Number.isSafeInteger(low) && Number.isSafeInteger(high) && low! <= high!,
    draw: (rng, low, high) => rng.integer(low, high),
  },
};

/** What `{ [word]: given }` at a place stands for. */
export function formSpace(word: string, given: unknown, path: string): Space {
  const form = FORMS[word]!;
  const numbers = Array.isArray(given) && given.every(Number.isFinite) ? (given as number[]) : [];
  if (numbers.length < 2 || !form.fits(numbers)) {
    throw sweepError(path, `${word} takes ${form.takes}; got ${JSON.stringify(given)}`);
  }
  if (form.values) return { kind: 'choice', of: form.values(numbers).map((value) => ({ kind: 'value', value })) };
  const [low, high] = numbers as [number, number];
  const isListed = word === '$integer' && high - low < MOST;
  const values = isListed ? Array.from({ length: high - low + 1 }, (_, i) => low + i) : null;
  return { kind: 'drawn', path, word, values, draw: (rng) => form.draw!(rng, low, high) };
}
