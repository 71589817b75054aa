/** Which of a frame's latest steps are drawn: the very latest, or those around the latest reward, like a scope's trigger. */
import type { Window } from 'agent-state/playground/protocol';

export interface ShownSteps {
  readonly first: number; // index in the window
  readonly length: number;
  readonly from: number; // what its first step is called
  readonly xTitle: string;
}

const LATEST = 128;

export function latestSteps({ from, length }: Window): ShownSteps {
  const first = Math.max(0, length - LATEST);
  return { first, length: length - first, from: from + first, xTitle: 'step' };
}

/** null: there is no reward with so many steps on either side of it. Best one whose returns are known. */
export function aroundReward(
  window: Window,
  trial: { readonly before: number; readonly after: number },
): ShownSteps | null {
  const { length, value, return: returns } = window;
  const isKnown = (i: number): boolean => Number.isFinite(value[i]) || Number.isFinite(returns[i]);
  let known = length;
  while (known > 0 && !isKnown(known - 1)) known--;
  return latestReward(window, trial, known) ?? latestReward(window, trial, length);
}

function latestReward(
  { cumulant }: Window,
  { before, after }: { readonly before: number; readonly after: number },
  end: number,
): ShownSteps | null {
  const most = cumulant.reduce((a, b) => Math.max(a, b), 0);
  if (most <= 0) return null;
  for (let i = end - after; i >= Math.max(1, before); i--) {
    const begins = cumulant[i]! > most / 2 && cumulant[i - 1]! <= most / 2;
    if (begins)
      return { first: i - before, length: before + after, from: -before, xTitle: 'steps from the latest reward' };
  }
  return null;
}
