import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { actionValues } from '../src/action-values.ts';

const needs = { size: 1, outputs: 1, actions: { count: 4, space: 'Discrete(4)' } };

/** Share of actions that are not the best one, among many choices after so many steps. */
function exploring(options: { fraction?: number; explore?: number | null }, time: number, steps?: number): number {
  const { weights, predict, choose } = actionValues('test', steps === undefined ? needs : { ...needs, steps }, {
    from: 0.8,
    to: 0.2,
    fraction: 0.5,
    explore: null,
    ...options,
  });
  weights.set([0, 0, 1, 0]);
  predict(Float64Array.of(1), new Float64Array(1));
  const rng = createRng('choices');
  let others = 0;
  for (let i = 0; i < 20_000; i++) if (choose(rng, Float64Array.of(time)) !== 2) others++;
  return others / 20_000;
}

/** A random action is another than the best in three cases of four. */
const shareAt = (epsilon: number): number => (3 / 4) * epsilon;

it('explores from the first epsilon to the last, linearly over a fraction of the run, then evenly', () => {
  const at = (time: number): number => exploring({}, time, 1000); // over 500 steps
  expect(at(0)).toBeCloseTo(shareAt(0.8), 1);
  expect(Math.abs(at(0) - shareAt(0.8))).toBeLessThan(0.015);
  expect(Math.abs(at(250) - shareAt(0.5))).toBeLessThan(0.015);
  expect(Math.abs(at(500) - shareAt(0.2))).toBeLessThan(0.015);
  expect(Math.abs(at(900) - shareAt(0.2))).toBeLessThan(0.015);
});

it('or over so many steps, or not at all; where no run says how long it is, as in one of 100,000', () => {
  expect(Math.abs(exploring({ explore: 100 }, 50, 1000) - shareAt(0.5))).toBeLessThan(0.015);
  expect(Math.abs(exploring({ explore: 0 }, 0, 1000) - shareAt(0.2))).toBeLessThan(0.015);
  expect(Math.abs(exploring({}, 25_000) - shareAt(0.5))).toBeLessThan(0.015);
});

it('draws among equally good actions, and only among these', () => {
  const { weights, predict, choose } = actionValues('test', needs, { from: 0, to: 0, fraction: 0, explore: null });
  weights.set([1, 0, 1, 0]);
  const v = new Float64Array(1);
  predict(Float64Array.of(2), v);
  expect(v[0]).toBe(2);
  const rng = createRng('ties');
  expect(new Set(Array.from({ length: 50 }, () => choose(rng, Float64Array.of(0))))).toEqual(new Set([0, 2]));
});
