/** A report on audits alone. */
import { AUDIT_COLUMNS, auditCells } from '../run/audit-summary.ts';
import { auditName, auditsIn, blocksOf } from './audit-blocks.ts';
import { openReport } from './write-report.ts';
import type { Report } from './report.ts';

/** null: there are none in `folder`. */
export function auditReport(folder: string): Report | null {
  const found = auditsIn(folder);
  if (found.length === 0) return null;
  openReport(folder);
  const document = { title: 'How close is each gradient estimator to the exact one?', blocks: found.flatMap(blocksOf) };
  const audits = found.map(({ audit }) => audit);
  const tables = found.map(({ audit }) => ({
    title: auditName(audit),
    columns: AUDIT_COLUMNS,
    rows: audit.estimators.map(auditCells),
  }));
  return { document, json: { audits }, tables };
}
