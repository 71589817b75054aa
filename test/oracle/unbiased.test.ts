import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { expectUnbiased } from './unbiased.ts';

const reference = Float64Array.of(3, 0, -4); // |reference| = 5
const around = (centre: Float64Array, spread: number): (() => Float64Array) => {
  const rng = createRng('around');
  return () => centre.map((value) => value + spread * rng.normal());
};

it('passes draws whose mean is the reference', () => {
  expectUnbiased(around(reference, 10), reference, 1000);
});

it('fails draws whose mean is elsewhere: too long, too short, to the side', () => {
  for (const centre of [reference.map((x) => 1.3 * x), reference.map((x) => 0.7 * x), Float64Array.of(3, 1.5, -4)]) {
    expect(() => expectUnbiased(around(centre, 10), reference, 1000)).toThrow('the mean along');
  }
});

it('fails where too much noise would let anything pass, and where there is no reference', () => {
  expect(() => expectUnbiased(around(reference, 10), reference, 50)).toThrow('power');
  expect(() => expectUnbiased(around(reference, 10), new Float64Array(3), 1000)).toThrow('liveness');
});
