/**
 * How far a measured mean lies from the reference, in standard errors of the difference:
 *   z = (|a - b| - rounding) / sqrt(se_a^2 + se_b^2),   se_b = sd_a / sqrt(30) where the reference gives none
 * `rounding` is half a unit of the reference's last printed decimal. No distance: 0.
 * Gradients of a run are nearly proportional to the sum of its 50 random errors, so that a run where this sum is small
 * has huge relative errors: the measures are heavy-tailed, all sparsities share one draw, and a standard error from 30
 * runs is not to be trusted. Compare with 1000.
 */
import type { Reference } from './reference.ts';
import type { Estimate, TableRow } from './table.ts';

const REFERENCE_RUNS = 30;

export function measuredFor({ sparsity, method, measure }: Reference, rows: readonly TableRow[]): Estimate {
  const row = rows.find((candidate) => candidate.sparsity === sparsity);
  if (!row) throw new RangeError(`Cannot find sparsity ${sparsity} among ${rows.map((r) => r.sparsity).join(', ')}`);
  return row.measured[method][measure];
}

export function deviation({ mean, standardError, runs }: Estimate, reference: Reference): number {
  const rounding = reference.digits === 0 ? 0 : 0.5 * 10 ** -reference.digits;
  const distance = Math.max(0, Math.abs(mean - reference.value) - rounding);
  const otherError = reference.standardError ?? standardError * Math.sqrt(runs / REFERENCE_RUNS);
  return distance === 0 ? 0 : distance / Math.hypot(standardError, otherError);
}
