/** What a person is told of a sweep before it runs. */
import type { PlannedState, PlannedStatus } from '../run/plan-states.ts';

const ORDER: readonly PlannedStatus[] = ['done', 'diverged', 'running', 'interrupted', 'failed', 'damaged', 'missing'];

/** `20 done, 1 diverged, 4 missing` */
export function countsText(states: readonly PlannedState[]): string {
  const counts = countStates(states);
  return ORDER.flatMap((status) => (counts[status] > 0 ? [`${counts[status]} ${status}`] : [])).join(', ');
}

export function countStates(states: readonly PlannedState[]): Record<PlannedStatus, number> {
  const counts = Object.fromEntries(ORDER.map((status) => [status, 0])) as Record<PlannedStatus, number>;
  for (const { status } of states) counts[status]++;
  return counts;
}

/** 1 run, 2 runs */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** 42 s, 7 min, 3.2 h, 2.1 days */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toPrecision(2)} h`;
  return `${(seconds / 86_400).toPrecision(2)} days`;
}
