/** An audit over all its windows, estimator by estimator. */
import type { GroupAlignment } from '../audit/auditor.ts';
import type { Alignment } from '../audit/alignment.ts';
import type { Column } from '../plots/table.ts';
import type { AuditEnd } from './audit-one.ts';
import type { Taken } from './audit-entries.ts';

export interface Window {
  readonly step: number; // its last
  readonly alignments: Readonly<Record<string, GroupAlignment>>; // by estimator
}

type Means = Pick<Alignment, 'cosine' | 'relativeError' | 'normRatio'>;

/** One line of the table; what could not be measured is null. */
export interface AuditRow {
  readonly estimator: string;
  readonly isActive: boolean; // the agent's own
  readonly isExact: boolean; // by structure
  readonly cosine: number | null;
  readonly relativeError: number | null;
  readonly normRatio: number | null;
  readonly macsPerStep: number;
  readonly bytes: number; // of what it stores between steps
  readonly microseconds: number | null; // per step
  readonly groups: Readonly<Record<string, { [name in keyof Means]: number | null }>>;
}

/** The best aligned first. */
export function auditRows(taken: readonly Taken[], windows: readonly Window[], end: AuditEnd): AuditRow[] {
  const gaveUp = new Set(end.leftOut.map(({ label }) => label));
  const rows = taken
    .filter(({ label }) => !gaveUp.has(label))
    .map(({ label, isActive, isExact, estimator }): AuditRow => {
      const seen = windows.flatMap(({ alignments }) => alignments[label] ?? []);
      const names = Object.keys(seen[0]?.groups ?? {});
      return {
        estimator: label,
        isActive,
        isExact,
        ...means(seen),
        macsPerStep: estimator.cost.macsPerStep,
        bytes: 8 * estimator.cost.entries,
        microseconds: finite(end.microseconds[label]!),
        groups: Object.fromEntries(names.map((name) => [name, means(seen.map(({ groups }) => groups[name]!))])),
      };
    });
  return rows.sort((a, b) => (b.cosine ?? -2) - (a.cosine ?? -2) || a.macsPerStep - b.macsPerStep);
}

/** Weighted by the steps that each window has counted. */
function means(windows: readonly Alignment[]): { [name in keyof Means]: number | null } {
  const counted = windows.filter(({ steps }) => steps > 0);
  const steps = counted.reduce((sum, window) => sum + window.steps, 0);
  const mean = (of: keyof Means): number | null =>
    finite(counted.reduce((sum, window) => sum + window.steps * window[of], 0) / steps);
  return { cosine: mean('cosine'), relativeError: mean('relativeError'), normRatio: mean('normRatio') };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const right = (title: string): Column => ({ title, align: 'right' });
export const AUDIT_COLUMNS: readonly Column[] = [
  { title: 'estimator' },
  right('cosine'),
  right('relative error'),
  right('norm ratio'),
  right('MACs/step'),
  right('bytes'),
  right('us/step'),
];

export function auditCells(row: AuditRow): string[] {
  const { estimator, isActive, cosine, relativeError, normRatio, macsPerStep, bytes, microseconds } = row;
  return [
    isActive ? `${estimator} *` : estimator,
    fixed(cosine),
    relativeError === null ? '-' : relativeError.toPrecision(2),
    fixed(normRatio),
    whole(macsPerStep),
    whole(bytes),
    microseconds === null ? '-' : microseconds.toPrecision(3),
  ];
}

const fixed = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** Cosines group by group; null where there is one group alone. */
export function groupTable(rows: readonly AuditRow[]): { columns: Column[]; cells: string[][] } | null {
  const names = Object.keys(rows[0]?.groups ?? {});
  if (names.length < 2) return null;
  return {
    columns: [{ title: 'estimator' }, ...names.map(right)],
    cells: rows.map(({ estimator, groups }) => [estimator, ...names.map((name) => fixed(groups[name]!.cosine))]),
  };
}
