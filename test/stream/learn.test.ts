/** learn(learner) in marbles: one report per chunk, errors where they belong. */
import { createRng } from '@rl-tools/envs';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect, it } from 'vitest';
import { DivergenceError } from '../../src/divergence-error.ts';
import { learn } from '../../src/stream/learn.ts';
import type { Step } from '../../src/types.ts';
import { snapshot } from '../support/arrays.ts';
import { chunked } from '../support/chunks.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

function life(length: number): Step[] {
  const rng = createRng('life');
  return Array.from({ length }, (_, t) => stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t === 0 }));
}

it('answers every chunk with a report, in step with it', async () => {
  const [learner, plain] = [await smallLearner(), await smallLearner()];
  const [a, b, c] = chunked(life(9), 4) as [never, never, never];
  const told = life(9).map((s) => plain.step(s).prediction[0]!);
  scheduler().run(({ cold, expectObservable }) => {
    const reports$ = cold('-a--b-c|', { a, b, c }).pipe(
      learn(learner),
      map(({ prediction, length }) => [...prediction.subarray(0, length)]),
    );
    const reports = { A: told.slice(0, 4), B: told.slice(4, 8), C: told.slice(8) };
    expectObservable(reports$).toBe('-A--B-C|', reports);
  });
  expect(snapshot(learner)).toEqual(snapshot(plain));
});

it('lets a divergence out as an error, and the source is left', async () => {
  const learner = await smallLearner({ rule: { id: 'td-lambda', alpha: 1e6, lambda: 1 } });
  const chunks = Object.fromEntries(chunked(life(300), 100).map((chunk, i) => [i, chunk]));
  const error = new DivergenceError(await stepOfDivergence(), 'cell.params');
  scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('0-1-2-|', chunks);
    expectObservable(
      source.pipe(
        learn(learner),
        map(() => 'report'),
      ),
    ).toBe('#', {}, error);
    expectSubscriptions(source.subscriptions).toBe('(^!)');
  });

  async function stepOfDivergence(): Promise<number> {
    const twin = await smallLearner({ rule: { id: 'td-lambda', alpha: 1e6, lambda: 1 } });
    let t = 0;
    expect(() => life(300).forEach((s) => (twin.step(s), t++))).toThrow(DivergenceError);
    return t;
  }
});

it('reuses its report while the chunk is the same, and takes a new one for another', async () => {
  const learner = await smallLearner();
  const [a, b] = chunked(life(8), 4) as [never, never];
  const reports: unknown[] = [];
  scheduler().run(({ cold }) => {
    cold('aab|', { a, b })
      .pipe(learn(learner))
      .subscribe((report) => reports.push(report));
  });
  expect(reports[1]).toBe(reports[0]);
  expect(reports[2]).not.toBe(reports[0]);
});
