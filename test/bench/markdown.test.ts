import { describe, expect, it } from 'vitest';
import { deviation } from '../../bench/testbed/deviation.ts';
import { comparisonTable, measuredTable } from '../../bench/testbed/markdown.ts';
import { REFERENCES, SPARSITIES, type Reference } from '../../bench/testbed/reference.ts';
import { tableRow } from '../../bench/testbed/table.ts';

describe('deviation', () => {
  const reference: Reference = { sparsity: 1, method: 'columnar', measure: 'cosine', value: 0.9, digits: 2 };

  it('counts standard errors of the difference beyond the rounding of what was printed', () => {
    const measured = { mean: 0.965, standardError: 0.01, runs: 30 };
    expect(deviation(measured, reference)).toBeCloseTo(0.06 / (0.01 * Math.SQRT2), 10);
    expect(deviation(measured, { ...reference, standardError: 0 })).toBeCloseTo(6, 10);
    expect(deviation({ ...measured, runs: 300 }, reference)).toBeCloseTo(0.06 / (0.01 * Math.sqrt(11)), 10);
    expect(deviation({ mean: 0.904, standardError: 0, runs: 30 }, reference)).toBe(0);
  });
});

describe('the tables', () => {
  it('hold a line per sparsity and a line per number of the reference', () => {
    const rows = SPARSITIES.map((sparsity) => tableRow(sparsity, 2, { columns: 3, features: 2 }));
    expect(measuredTable(rows).split('\n')).toHaveLength(2 + SPARSITIES.length);
    expect(comparisonTable(rows).split('\n')).toHaveLength(2 + REFERENCES.length);
    expect(comparisonTable(rows.slice(0, 1)).split('\n')).toHaveLength(2 + REFERENCES.length / SPARSITIES.length);
  });
});
