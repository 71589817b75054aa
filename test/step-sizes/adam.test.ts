/** Adam against its published listing, on the errors and traces of TD(lambda). */
import { expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { oneWeight } from './by-hand.ts';

const moments = Array.from({ length: 40 }, (_, t) => ({ delta: Math.sin(3 * t + 1), gradient: Math.cos(t) }));

function byListing(alpha: number, correct: boolean): Float64Array {
  let [w, z, m, v] = [1, 0, 0, 0];
  return Float64Array.from(moments, ({ delta, gradient }, t) => {
    const g = delta * z;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    const [mHat, vHat] = correct ? [m / (1 - 0.9 ** (t + 1)), v / (1 - 0.999 ** (t + 1))] : [m, v];
    w += (alpha * mHat) / (Math.sqrt(Math.max(vHat, 1e-30)) + 1e-8);
    z = 0.5 * 0.7 * z + gradient;
    return w;
  });
}

it('is the published listing', async () => {
  const made = await oneWeight('adam', { alpha: 0.01, headAlpha: 0.02, lambda: 0.7 }, moments);
  const [cell, head] = [0, 1].map((g) => Float64Array.from(made, (weights) => weights[g]!));
  expectEqual(cell!, byListing(0.01, true), 1e-12);
  expectEqual(head!, byListing(0.02, true), 1e-12);
  expectDifferent(cell!, byListing(0.01, false), 1e-3); // control: without the correction of early moments
  expect(cell!.at(-1)).not.toBe(1);
});
