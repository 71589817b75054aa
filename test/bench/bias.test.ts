/** What SnAp-n leaves out shrinks with n on nets that were trained, and is nothing from saturation on. */
import { expect, it } from 'vitest';
import { biasOf } from '../../bench/alignment/bias-of.ts';
import { mean } from '../../src/statistics/mean.ts';

const STEPS = 3000;
const SEEDS = [0, 1, 2, 3, 4];

it.each([
  { id: 'tanh', units: 14, density: 0.12 },
  { id: 'gru', units: 14, density: 0.08 },
  { id: 'gru', units: 12, density: 0.12, mask: 'shared' },
  { id: 'lstm', units: 12, density: 0.06 },
  { id: 'lstm', units: 12, density: 0.12, mask: 'shared' },
])('on trained sparse nets, %o', async (cell) => {
  const nets: number[][] = [];
  for (const seed of SEEDS) {
    const biases = await biasOf({ cell, env: 'cycle-world', seed, steps: STEPS });
    const errors = biases.map(({ relativeError }) => relativeError);
    expect(biases.length).toBeGreaterThan(2);
    expect(errors[0]).toBeGreaterThan(0.02);
    expect(errors.at(-1)).toBeLessThan(1e-12);
    expect(errors.at(-2)).toBeGreaterThan(1e-12); // control: one less is not exact
    expect(biases.map(({ isExact }) => isExact)).toEqual(biases.map((_, i) => i === biases.length - 1));
    nets.push(errors);
  }
  const last = Math.max(...nets.map(({ length }) => length));
  const means = Array.from({ length: last }, (_, i) => mean(nets.map((errors) => errors[i] ?? 0)));
  means.slice(1).forEach((error, i) => expect(error).toBeLessThan(means[i]!));
  expect(means[0]).toBeGreaterThan(0.05);
});

it.each(['tanh', 'gru', 'lstm'])('on a trained dense %s n = 2 is real-time recurrent learning', async (id) => {
  const [one, two, ...more] = await biasOf({ cell: { id, units: 8 }, env: 'cycle-world', seed: 0, steps: STEPS });
  expect(one!.relativeError).toBeGreaterThan(0.05); // control
  expect(two!.relativeError).toBeLessThan(1e-12);
  expect(more).toEqual([]);
});
