import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import normalised from '../../src/features/normalised.ts';
import { get } from '../support/arrays.ts';

it('subtracts the mean and divides by the deviation of the state, and leaves the observation alone', () => {
  const options = normalised.options.parse({ rate: 0.5, floor: 0.04, observation: true });
  const of = normalised.create(options, createRng(0), { outputSize: 1, observationSize: 1 });
  const phi = new Float64Array(3);
  of.step(Float64Array.of(2), Float64Array.of(9), phi, true); // mu = 1, var = .5 + .5 (2 - 1)^2 = 1
  expect([...phi]).toEqual([1, 9, 1]);
  of.step(Float64Array.of(1), Float64Array.of(9), phi, true); // mu = 1, var = .5
  expect([...phi]).toEqual([0, 9, 1]);
  of.step(Float64Array.of(3), Float64Array.of(9), phi, false); // (3 - 1) / sqrt(.5)
  expect(phi[0]).toBeCloseTo(2 / Math.sqrt(0.5), 12);
  const dOutput = new Float64Array(1);
  of.pull(Float64Array.of(3, 100, 100), dOutput);
  expect(dOutput[0]).toBeCloseTo(3 / Math.sqrt(0.5), 12);
  expect(get(of, 'mean')).toEqual([1]);
});
