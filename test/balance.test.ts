import fc from 'fast-check';
import { expect, it } from 'vitest';
import { balance, inverse } from '../src/balance.ts';

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

it('makes two factors equally long and leaves their product', () => {
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      const rho = balance(b, a);
      expect((rho * a) / (b / rho)).toBeCloseTo(1, 10);
      expect(rho * inverse(rho)).toBeCloseTo(1, 12);
    }),
  );
});

it('gives the smallest cross terms: |a| rho1 |b| / rho0 and the like', () => {
  const cross = (rho0: number, rho1: number, [a, b, c, d]: readonly number[]): number =>
    ((rho0 * a! * d!) / rho1) ** 2 + ((rho1 * c! * b!) / rho0) ** 2;
  fc.assert(
    fc.property(fc.tuple(positive, positive, positive, positive), positive, (lengths, other) => {
      const [a, b, c, d] = lengths;
      const best = cross(balance(b, a), balance(d, c), lengths);
      expect(best).toBeLessThanOrEqual(cross(other, 1, lengths) * (1 + 1e-12));
    }),
  );
});

it('drops a product that is zero, instead of 0 / 0', () => {
  expect([balance(0, 0), balance(0, 3), balance(3, 0), inverse(0)]).toEqual([0, 0, 0, 0]);
  expect(balance(4, 1)).toBe(2); // control
});
