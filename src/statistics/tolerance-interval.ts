import { ascending } from './ascending.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { type Interval, NO_INTERVAL, requireShare } from './interval.ts';

export interface ToleranceOptions {
  readonly coverage?: number; // .9
  readonly level?: number; // .95
}

export interface ToleranceInterval extends Interval {
  /** The confidence that it holds the coverage: at least level. With too few runs: that of their whole range, below it. */
  readonly confidence: number;
  /** How many runs it takes. */
  readonly needs: number;
}

/**
 * Distribution-free tolerance interval (Wilks 1941; asked for by Patterson et al. 2024 to show how much single agents
 * differ): with confidence `level`, at least the share `coverage` of all runs lies in it. For a continuous distribution
 * the share between order statistics x_(r) and x_(s) of n is Beta(s - r, n + 1 - s + r), whatever the distribution, so
 *
 *     confidence = P(share >= coverage) = 1 - I_coverage(s - r, n + 1 - s + r) = P(Binomial(n, coverage) < s - r)
 *
 * The narrowest s - r that reaches level is taken, as much cut off above as below (one more above where the number is odd).
 * With few runs not even the whole range is enough: 46 are needed for .9 at .95. Then both bounds are NaN. They are NaN,
 * too, where a value is. Ties only raise the confidence; diverged runs may enter as infinities.
 */
export function toleranceInterval(values: ArrayLike<number>, options: ToleranceOptions = {}): ToleranceInterval {
  const { coverage = 0.9, level = 0.95 } = options;
  requireShare('take a tolerance interval', 'coverage', coverage);
  requireShare('take a tolerance interval', 'level', level);
  const sorted = ascending(values);
  const n = sorted.length;
  const needs = runsNeeded(coverage, level);
  if (Number.isNaN(sorted[n - 1])) return { ...NO_INTERVAL, confidence: NaN, needs };
  if (n < needs) return { ...NO_INTERVAL, confidence: confidenceOf(n - 1, n, coverage), needs };
  const span = firstFrom(1, (d) => confidenceOf(d, n, coverage) >= level); // s - r
  const below = Math.floor((n - span) / 2); // r - 1
  const [low, high] = [sorted[below]!, sorted[below + span]!];
  return { low, high, confidence: confidenceOf(span, n, coverage), needs };
}

function confidenceOf(span: number, n: number, coverage: number): number {
  if (span < 1 || span > n) return span < 1 ? 0 : 1;
  return incompleteBeta(n + 1 - span, span, 1 - coverage, coverage);
}

function runsNeeded(coverage: number, level: number): number {
  return firstFrom(2, (n) => confidenceOf(n - 1, n, coverage) >= level);
}

/** The first integer from `first` on of a property that, once true, stays true: doubled steps, then halved ones. */
function firstFrom(first: number, holds: (n: number) => boolean): number {
  let step = 1;
  while (!holds(first + step - 1)) step *= 2;
  let [no, yes] = [first - 1 + Math.floor(step / 2), first + step - 1];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
