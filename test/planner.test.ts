/** The plan of a step's cost, held against what the parts of a small agent do by count. */
import { expect, it } from 'vitest';
import { assemble } from '../src/assemble.ts';
import { smallAgent } from './support/learners.ts';

const planned = async (over: Parameters<typeof smallAgent>[0] = {}, inputSize = 2) =>
  (await assemble(smallAgent(over), { inputSize, seed: 0 })).cost;

it('adds up, part by part', async () => {
  // Two columns read [x, x, 1, h]: 8 parameters. Features [h, h, 1]: 3 weights.
  const { parameters, forward, estimator, features, head, rule, macsPerStep, bytes } = await planned();
  expect({ parameters, forward, head, rule }).toEqual({ parameters: 11, forward: 8, head: 2 * 3 + 1, rule: 2 * 11 });
  expect(estimator).toBe(8 * 3 + 2); // per trace B T, gain pre and q T; per column its own block gain u
  expect(macsPerStep).toBe(forward + estimator + features + head + rule);
  expect(bytes).toBe(8 * (11 + 8)); // float64: parameters and traces
});

it('asks nothing for parameters that nobody moves', async () => {
  const { estimator, rule } = await planned({ estimator: { id: 'none' } });
  expect({ estimator, rule }).toEqual({ estimator: 0, rule: 2 * 3 });
});

it('is linear in the columns for the columnar estimator, and not for RTRL on a dense net', async () => {
  const columns = async (n: number) => (await planned({ cell: { id: 'lstm-columns', columns: n } })).estimator;
  const dense = async (n: number) =>
    (await planned({ cell: { id: 'tanh', units: n }, estimator: { id: 'rtrl' } })).estimator;
  expect(await columns(16)).toBe(4 * (await columns(4)));
  expect(await dense(16)).toBeGreaterThan(16 * (await dense(4)));
});
