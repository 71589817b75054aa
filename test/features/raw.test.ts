import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import raw from '../../src/features/raw.ts';

it('is state, observation and 1, in this order', () => {
  const make = (options: object) =>
    raw.create(raw.options.parse(options), createRng(0), { outputSize: 2, observationSize: 1 });
  const phi = (options: object): number[] => {
    const of = make(options);
    const out = new Float64Array(of.size);
    of.step(Float64Array.of(0.5, -2), Float64Array.of(9), out, true);
    return [...out];
  };
  expect(phi({})).toEqual([0.5, -2, 1]);
  expect(phi({ observation: true })).toEqual([0.5, -2, 9, 1]);
  expect(phi({ bias: false })).toEqual([0.5, -2]);
});
