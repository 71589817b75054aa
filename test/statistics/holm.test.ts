import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from '../../src/statistics/holm.ts';

test('three values by hand: times 3, 2 and 1, never falling', () => {
  const adjusted = holm([0.04, 0.01, 0.03]);
  expect(adjusted[1]).toBeCloseTo(0.03, 14);
  expect(adjusted[2]).toBeCloseTo(0.06, 14);
  expect(adjusted[0]).toBeCloseTo(0.06, 14); // .04 alone would fall below its predecessor
});

test('keeps the order of the values, lies between them and Bonferroni, and never passes one', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, (p) => {
      const adjusted = holm(p);
      for (let i = 0; i < p.length; i++) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p[i]!);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * p[i]!));
        for (let j = 0; j < p.length; j++) if (p[i]! <= p[j]!) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
      }
    }),
  );
  expect(holm([0.01, 0.02])).not.toEqual([0.02, 0.04]); // Bonferroni, which loses more
});

test('a test that could not be made stays NaN and costs the others nothing', () => {
  expect(holm([0.01, NaN, 0.5])).toEqual([0.02, NaN, 0.5]);
  expect(holm([0.01, 1, 0.5])[0]).not.toBe(0.02);
  expect(holm([])).toEqual([]);
});

test('what is no probability is refused', () => {
  expect(() => holm([0.5, 1.2])).toThrow('Cannot correct p-values: each must lie in [0, 1], got 1.2');
});
