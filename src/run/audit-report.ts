/** What an audit leaves behind at its end: audit.json, audit.md and pictures, on disk before anything is shown. */
import { basename, join } from 'node:path';
import { markdownTable, textTable } from '../plots/table.ts';
import { isPath } from '../registry.ts';
import { atomicWrite } from '../results/atomic-write.ts';
import { provenance } from '../results/provenance.ts';
import type { Audit, AuditEnd, AuditOptions } from './audit-one.ts';
import { drawAudit } from './audit-pictures.ts';
import { AUDIT_COLUMNS, auditCells, type AuditRow, auditRows, groupTable, type Window } from './audit-summary.ts';

export interface AuditResult extends Omit<AuditEnd, 'microseconds'> {
  readonly folder: string;
  readonly rows: readonly AuditRow[];
  readonly table: string; // for a terminal
  readonly pictures: readonly string[]; // paths
}

export async function reportAudit(
  audit: Audit,
  options: AuditOptions,
  folder: string,
  windows: readonly Window[],
  { microseconds, ...end }: AuditEnd,
): Promise<AuditResult> {
  const { setting, seed, reference } = options;
  const rows = auditRows(audit.taken, windows, { ...end, microseconds });
  const record = {
    format: 1,
    agent: setting.agent.id,
    env: setting.env.id,
    seed,
    ...end,
    reference: { ...audit.reference, budget: reference.budget, stretch: reference.stretch },
    parameters: audit.parameters,
    estimators: rows,
    config: setting,
    ...provenance(),
  };
  atomicWrite(join(folder, 'audit.json'), `${JSON.stringify(record, null, 2)}\n`);
  const name = `${short(setting.agent.id)} in ${short(setting.env.id)}`;
  const title = `Gradient estimators beside ${name}, ${end.steps.toLocaleString('en')} steps, seed ${seed}`;
  atomicWrite(join(folder, 'audit.md'), page(title, referenceText(audit, reference.stretch), rows, end));
  const pictures = await drawAudit({ folder, name, rows, windows, every: setting.every });
  return { ...end, folder, rows, table: textTable(AUDIT_COLUMNS, rows.map(auditCells)), pictures };
}

function page(
  title: string,
  reference: string,
  rows: readonly AuditRow[],
  { leftOut }: Pick<AuditEnd, 'leftOut'>,
): string {
  const groups = groupTable(rows);
  const parts = [
    `# ${title}`,
    `${reference} Means over all steps at which it is not zero; * the agent's own estimator.`,
    markdownTable(AUDIT_COLUMNS, rows.map(auditCells)),
    ...(groups ? ['Cosine by group of parameters:', markdownTable(groups.columns, groups.cells)] : []),
    ...leftOut.map(({ label, reason }) => `Left out, ${label}: ${reason}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What estimators were held against. */
export function referenceText({ reference: { kind, exactMacs } }: Pick<Audit, 'reference'>, stretch: number): string {
  const cost = `${exactMacs.toLocaleString('en')} multiply-adds per step`;
  if (kind === 'shadow') return `Reference: exact RTRL beside the agent (${cost}).`;
  const directions = `a new one every ${stretch.toLocaleString('en')} steps`;
  return `Reference: the exact gradient along random directions, ${directions} (RTRL itself takes ${cost}).`;
}

const short = (id: string): string => (isPath(id) ? basename(id) : id);
