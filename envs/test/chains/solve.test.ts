import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from '../../chains/solve.ts';

describe('solve', () => {
  test('solves what it is given, whatever the order of the rows', () => {
    const entry = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry, entry), { minLength: 3, maxLength: 3 }), (rows) => {
        const a = rows.map((row, i) => row.map((x, j) => (i === (j + 1) % 3 ? x + 40 : x)));
        const b = a.map(([x, y, z]) => x! * 1 + y! * -2 + z! * 3);
        [1, -2, 3].forEach((x, i) => expect(solve(a, b)[i]).toBeCloseTo(x, 9));
      }),
    );
  });

  test('refuses singular equations', () => {
    expect(() =>
      solve(
        [
          [1, 1],
          [2, 2],
        ],
        [1, 2],
      ),
    ).toThrow('the equations are singular');
  });
});
