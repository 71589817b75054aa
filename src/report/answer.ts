/** The answer in lines: the experiment's own score, then one line per method. */
import { figure, interval } from './show.ts';
import type { MethodRow } from './method-row.ts';
import { byMean } from './method-row.ts';

export function answerLines(score: Readonly<Record<string, number | null>>, rows: readonly MethodRow[]): string[] {
  const scores = Object.entries(score).map(
    ([name, value]) => `score of ${name}: ${value === null ? '-' : figure(value)}`,
  );
  return [...scores, ...[...rows].sort(byMean).map(line)];
}

function line({ method, chosen, values, mean, bootstrap, diverged, metric, choice }: MethodRow): string {
  const name = chosen === '' ? method.name : `${method.name} with ${chosen}`;
  if (values.length === 0) return `${name}: no run has ended with a number yet`;
  if (diverged === values.length) return `${name}: all ${diverged} runs diverged`;
  const between = interval(bootstrap);
  const range = between === '-' ? '' : ` (95 % interval ${between})`;
  const seeds = `${values.length} ${values.length === 1 ? 'seed' : 'seeds'}`;
  const rest = diverged === 0 ? seeds : `${seeds}, ${diverged} of them diverged and are not in the mean`;
  const bias = choice?.how === 'same' ? '; chosen and reported on the same seeds, so too good' : '';
  return `${name}: ${metric.title} ${figure(mean)}${range}, ${rest}${bias}`;
}
