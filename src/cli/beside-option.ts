/** run --beside: which estimators look on, and what they are held against. */
import type { Learner } from '../learner.ts';
import type { BesideRecord } from '../results/run-record.ts';
import { auditEntries } from '../run/audit-entries.ts';
import { referenceText } from '../run/audit-report.ts';
import { BESIDE } from '../run/beside.ts';
import { notOnReference, openAuditor } from '../run/open-auditor.ts';
import type { Setting } from '../run/setting.ts';

const REFERENCE = { kind: 'auto', budget: 1_000_000, stretch: 500 } as const; // as `audit` takes unless told otherwise

/** Others can watch on the reference path alone. */
export function onReferencePath(over: Record<string, unknown>): Record<string, unknown> {
  if (over['path'] !== 'compiled') return { ...over, path: 'reference' };
  throw notOnReference(BESIDE);
}

/** The learner is thrown away after it. */
export async function planBeside(
  list: string,
  learner: Learner,
  setting: Setting,
  seed: number,
): Promise<BesideRecord> {
  const entries = await auditEntries(list, setting.agent.estimator, '--beside');
  const { opened } = await openAuditor(learner, { setting, seed, entries, reference: REFERENCE, act: BESIDE });
  const { taken, leftOut, reference } = opened;
  return {
    estimators: taken.map(({ label, choice, isActive }) => ({ label, choice, isActive })),
    reference: { ...REFERENCE, ...reference },
    leftOut: [...leftOut],
  };
}

export function besideLines({ beside }: { readonly beside?: BesideRecord }): string[] {
  if (beside === undefined) return [];
  const { estimators, reference, leftOut } = beside;
  const names = estimators.map(({ label, isActive }) => (isActive ? `${label} (its own)` : label)).join(', ');
  return [
    `On the reference path, which others can watch. Beside the agent: ${names}. ${referenceText(beside, reference.stretch)}`,
    ...leftOut.map(({ label, reason }) => `left out, ${label}: ${reason}`),
  ];
}
