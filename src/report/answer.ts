/** The answer in lines: the experiment's own score, then one line per method. */
import { figure, interval } from './show.ts';
import type { MethodRow } from './method-row.ts';

const MOST = 20; // lines

/** `rows` in the order of the lines. */
export function answerLines(score: Readonly<Record<string, number | null>>, rows: readonly MethodRow[]): string[] {
  const several = new Set(rows.map(({ method }) => method.task)).size > 1 ? ', all tasks together' : '';
  const scores = Object.entries(score).map(
    ([name, value]) => `score of ${name}${several}: ${value === null ? '-' : figure(value)}`,
  );
  const more = rows.length - MOST;
  return [...scores, ...rows.slice(0, MOST).map(line), ...(more > 0 ? [`and ${more} more methods in the table`] : [])];
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
