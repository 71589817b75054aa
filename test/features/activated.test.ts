import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import activated from '../../src/features/activated.ts';

it.each([
  { activation: 'tanh', phi: [Math.tanh(0.5), Math.tanh(-2)] },
  { activation: 'relu', phi: [0.5, 0] },
])('is $activation of the state, observation and 1, in this order', ({ activation, phi }) => {
  const make = (options: object) =>
    activated.create(activated.options.parse({ activation, ...options }), createRng(0), {
      outputSize: 2,
      observationSize: 1,
    });
  const of = make({ observation: true });
  const out = new Float64Array(of.size);
  of.step(Float64Array.of(0.5, -2), Float64Array.of(9), out, true);
  expect([...out]).toEqual([...phi, 9, 1]);
  expect(make({ bias: false }).size).toBe(2);
});
