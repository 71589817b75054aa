/**
 * What a part of a sweep has to say at its end. No table and no summary.md: they would be of this part alone, and of
 * whichever part ends last. Cut short comes before failed: whoever started it is to start it again.
 */
import type { Outcome } from '../run/pool.ts';
import { plain } from './outcome.ts';
import { printJson } from './print-json.ts';

export function printPart(outcomes: readonly Outcome[], stopped: boolean, json: boolean): void {
  const results = outcomes.map(({ result }) => result);
  const failed = results.filter(({ status }) => status === 'failed');
  if (json) printJson(results.map(plain));
  else console.log(countsOf(results.map(({ status }) => status)));
  for (const line of new Set(failed.map(({ error }) => error))) console.error(`agent-state: ${line}`);
  if (stopped) process.exitCode = 130;
  else if (failed.length > 0) process.exitCode = 2;
}

/** 5 done, 1 failed */
function countsOf(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}
