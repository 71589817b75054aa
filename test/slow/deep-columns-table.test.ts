/**
 * The synthetic test-bed of the columnar paper, 1000 runs of our own against the table of the notes (30 runs of another
 * program), in standard errors of the difference (bench/testbed/deviation.ts). Every number of the columnar estimator
 * lies within 3. The 25 numbers of truncated back-propagation come from one draw of 30 sequences, an unlucky one for
 * it throughout: they are held to 3.7, 1 % for the family (Bonferroni over 41 numbers).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { deviation, measuredFor } from '../../bench/testbed/deviation.ts';
import { REFERENCES, SPARSITIES } from '../../bench/testbed/reference.ts';
import { tableRow, type TableRow } from '../../bench/testbed/table.ts';

const rows: TableRow[] = [];
beforeAll(() => {
  for (const sparsity of SPARSITIES) rows.push(tableRow(sparsity, 1000));
});

describe('the test-bed table', () => {
  const inexact = REFERENCES.filter(({ sparsity, method }) => sparsity > 0 || method !== 'columnar');

  it.each(inexact)('repeats $method $measure at sparsity $sparsity', (reference) => {
    const measured = measuredFor(reference, rows);
    expect(measured.standardError).toBeGreaterThan(0);
    expect(measured.standardError).toBeLessThan(0.25 * Math.abs(measured.mean)); // the measurement means something
    expect(deviation(measured, reference)).toBeLessThanOrEqual(reference.method === 'columnar' ? 3 : 3.7);
  });

  it('is exact at zero laterals', () => {
    const { alignment, absError, cosine, relativeL2 } = rows[0]!.measured.columnar;
    expect(alignment.mean).toBe(1);
    expect(1 - cosine.mean).toBeLessThanOrEqual(1e-12);
    expect(relativeL2.mean).toBeLessThanOrEqual(1e-12);
    expect(absError.mean).toBeLessThanOrEqual(1e-12);
  });

  it('orders the sparsities: the more laterals, the worse the columnar estimate', () => {
    const errors = rows.map(({ measured }) => measured.columnar.relativeL2.mean);
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
  });

  it('would notice a wrong gate: the numbers of one sparsity do not pass for those of another', () => {
    const shifted = rows.map((row, i) => ({ ...rows[(i + 1) % rows.length]!, sparsity: row.sparsity }));
    const failures = inexact.filter((reference) => deviation(measuredFor(reference, shifted), reference) > 3.7);
    expect(failures.length).toBeGreaterThan(5);
  });
});
