/** An audit window by window: the alignments of every `every` steps; a last window may be shorter. */
import type { GroupAlignment } from '../audit/auditor.ts';
import type { OpenAuditor } from './open-auditor.ts';

export interface AuditWindows {
  look(): void; // after every step
  readonly steps: number; // lived
  finish(): void;
}

export type OnWindow = (step: number, alignments: Readonly<Record<string, GroupAlignment>>) => void;

/** `from`: steps lived before, where a run goes on. */
export function auditWindows(
  { observe, take }: Pick<OpenAuditor, 'observe' | 'take'>,
  every: number,
  onWindow: OnWindow,
  from = 0,
): AuditWindows {
  let steps = from;
  const close = (): void => onWindow(steps, take());
  return {
    look() {
      observe();
      if (++steps % every === 0) close();
    },
    get steps() {
      return steps;
    },
    finish() {
      if (steps % every !== 0) close();
    },
  };
}
