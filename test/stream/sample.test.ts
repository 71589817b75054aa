/** sample(every) and steps(): single steps out of reports, whatever the size of the chunks. */
import { createRng } from '@rl-tools/envs';
import fc from 'fast-check';
import { from, lastValueFrom, map, take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect, it } from 'vitest';
import { learn } from '../../src/stream/learn.ts';
import { sample, type Sample, steps } from '../../src/stream/sample.ts';
import type { Step } from '../../src/types.ts';
import { chunked } from '../support/chunks.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

function life(length: number): Step[] {
  const rng = createRng('life');
  return Array.from({ length }, (_, t) =>
    stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t % 10 === 0 }),
  );
}

async function sampled(every: number, length: number, size: number): Promise<Sample[]> {
  const reports$ = from(chunked(life(length), size)).pipe(learn(await smallLearner()));
  return lastValueFrom(reports$.pipe(sample(every), toArray()));
}

it('takes one step in so many, whatever the chunks', async () => {
  const sizes = fc.record({
    every: fc.integer({ min: 1, max: 20 }),
    length: fc.integer({ min: 1, max: 40 }),
    size: fc.integer({ min: 1, max: 25 }),
  });
  const property = fc.asyncProperty(sizes, async ({ every, length, size }) => {
    const seen = await sampled(every, length, size);
    expect(seen.map(({ time }) => time)).toEqual(
      Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every),
    );
    expect(seen).toEqual(await sampled(every, length, 40));
  });
  await fc.assert(property, { numRuns: 30 });
});

it('tells of every step what it was and what was predicted', async () => {
  const learner = await smallLearner();
  const told = life(25).map((s, time) => {
    const { prediction, delta } = learner.step(s);
    const { observation, cumulant, discount, start } = s;
    return {
      time,
      prediction: prediction[0],
      delta: delta[0],
      cumulant: cumulant[0],
      discount: discount[0],
      start,
      observation,
    };
  });
  const every$ = from(chunked(life(25), 10)).pipe(learn(await smallLearner()), steps(), toArray());
  expect(await lastValueFrom(every$)).toEqual(told);
  expect(await sampled(7, 25, 10)).toEqual([0, 7, 14, 21].map((t) => told[t]));
});

it('stops within a chunk when nobody listens any more', async () => {
  const reports$ = from(chunked(life(25), 25)).pipe(learn(await smallLearner()));
  const seen = await lastValueFrom(reports$.pipe(steps(), take(3), toArray()));
  expect(seen.map(({ time }) => time)).toEqual([0, 1, 2]);
});

it('emits in step with the reports, and ends or fails with them', async () => {
  const learner = await smallLearner();
  const [a, b] = chunked(life(8), 4) as [never, never];
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, expectObservable }) => {
    const times$ = cold('-a-----b-#', { a, b }).pipe(
      learn(learner),
      sample(3),
      map(({ time }) => time),
    );
    expectObservable(times$).toBe('-(xy)--z-#', { x: 0, y: 3, z: 6 });
  });
});
