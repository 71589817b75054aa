import { describe, expect, it } from 'vitest';
import { questionOf, tablesOf } from '../../src/page/views/study-tables.ts';

const row = { rule: 'td', lambda: 0, episodes: 10, measure: 'rms', mean: 0.25, error: 0.01, n: 30, diverged: 0 };
const summary = {
  question: 'Which?',
  tables: [
    {
      title: 'Best',
      rows: [
        { ...row, noted: { value: 0.26, error: 0.5, source: 'elsewhere' } },
        { ...row, lambda: 1, mean: null, error: null, diverged: 3 },
      ],
    },
  ],
};

describe('tables of a study', () => {
  it('show what differs between rows, and that seeds diverged', () => {
    expect(questionOf(summary)).toBe('Which?');
    expect(tablesOf(summary)).toEqual([
      {
        title: 'Best',
        columns: ['lambda', 'rms', 's.e.', 'seeds', 'diverged', 'noted elsewhere'],
        rows: [
          ['0', '0.25', '0.01', '30', '0', '0.26 ± 0.5'],
          ['1', '∞ diverged', '', '30', '3', ''],
        ],
      },
    ]);
  });

  it('are none where the file is of another kind', () => {
    for (const other of [null, 1, 'text', [], {}, { tables: 1 }, { tables: [1, { rows: [2] }], question: 3 }]) {
      expect([tablesOf(other), questionOf(other)]).toEqual([[], null]);
    }
  });
});
