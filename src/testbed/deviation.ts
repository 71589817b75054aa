/**
 * How far a measured mean lies from the reference, in standard errors of the difference:
 *   z = (|a - b| - rounding) / sqrt(se_a^2 + se_b^2),   se_b = se_a where the reference gives none
 * `rounding` is half a unit of the reference's last printed decimal. Both exactly equal: 0.
 */
import type { Reference } from './reference.ts';
import type { Estimate, TableRow } from './table.ts';

export function measuredFor({ sparsity, method, measure }: Reference, rows: readonly TableRow[]): Estimate {
  const row = rows.find((candidate) => candidate.sparsity === sparsity);
  if (!row) throw new RangeError(`Cannot find sparsity ${sparsity} among ${rows.map((r) => r.sparsity).join(', ')}`);
  return row.measured[method][measure];
}

export function deviation(measured: Estimate, reference: Reference): number {
  const rounding = reference.digits === 0 ? 0 : 0.5 * 10 ** -reference.digits;
  const distance = Math.max(0, Math.abs(measured.mean - reference.value) - rounding);
  return distance === 0
    ? 0
    : distance / Math.hypot(measured.standardError, reference.standardError ?? measured.standardError);
}
