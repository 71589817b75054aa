/** Audits of the same agents in the same environments: alignment against cost, and the table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AUDIT_COLUMNS, auditCells, type AuditRow } from '../run/audit-summary.ts';
import { type Block, heading, table, text } from './document.ts';
import { showLeaf } from './leaves.ts';
import { pictureOf } from './pictures.ts';
import type { ExperimentRuns } from './read-runs.ts';

interface AuditFile {
  readonly agent: string;
  readonly env: string;
  readonly seed: string | number;
  readonly steps: number;
  readonly estimators: readonly AuditRow[];
}

const MOST = 4;

/** Those of results/audit that are of an agent and an environment of these runs. */
export function auditsBeside(results: string, { settings }: ExperimentRuns): Block[] {
  const pairs = new Set(settings.map(({ setting }) => `${setting.agent.id} ${setting.env.id}`));
  const found = auditsIn(join(results, 'audit')).filter(({ audit }) => pairs.has(`${audit.agent} ${audit.env}`));
  if (found.length === 0) return [];
  const more = found.length - MOST;
  return [
    heading('Gradient estimators'),
    ...found.slice(0, MOST).flatMap(blocksOf),
    ...(more > 0 ? [text(`${more} more audits lie in results/audit; agent-state report audit shows all.`)] : []),
  ];
}

interface FoundAudit {
  readonly folder: string;
  readonly audit: AuditFile;
}

/** Below results/audit: <agent>.<env>/<setting hash>/<seed>/audit.json. */
export function auditsIn(root: string): FoundAudit[] {
  if (!existsSync(root)) return [];
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const folders = files.flatMap((file) => (basename(file) === 'audit.json' ? [dirname(join(root, file))] : []));
  return folders.sort().flatMap((folder) => {
    const audit = readAudit(folder);
    return audit === null ? [] : [{ folder, audit }];
  });
}

/** null: a file that is no audit (any more). */
function readAudit(folder: string): AuditFile | null {
  try {
    const audit = JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditFile;
    return Array.isArray(audit.estimators) && typeof audit.agent === 'string' ? audit : null;
  } catch {
    return null;
  }
}

export function blocksOf({ folder, audit }: FoundAudit, index: number): Block[] {
  const pictures = [
    ['cost', 'Alignment with the exact gradient against cost'],
    ['cosine', 'Alignment with the exact gradient over time'],
  ].filter(([file]) => existsSync(join(folder, `${file}.svg`)));
  return [
    heading(auditName(audit), 3),
    ...pictures.map(([file, title]) =>
      pictureOf(join(folder, `${file}.svg`), `audit-${index + 1}-${file}.svg`, title!),
    ),
    table(AUDIT_COLUMNS, audit.estimators.map(auditCells)),
    text(`Cosine with the exact gradient, mean over all steps at which it is not zero; * the agent's own estimator.`),
  ];
}

export const auditName = ({ agent, env, seed, steps }: AuditFile): string =>
  `Beside ${showLeaf(agent)} in ${showLeaf(env)}, ${steps.toLocaleString('en')} steps, seed ${seed}`;
