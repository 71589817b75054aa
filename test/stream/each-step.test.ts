import { from, lastValueFrom, type OperatorFunction, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { ReportChunk, StepChunk } from '../../src/chunk.ts';
import { eachStep } from '../../src/stream/each-step.ts';
import { learn } from '../../src/stream/learn.ts';
import { get, snapshot } from '../support/arrays.ts';
import { chunked } from '../support/chunks.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const life = Array.from({ length: 25 }, (_, t) =>
  stepOf([Math.sin(t), Math.cos(3 * t)], Math.sin(2 * t), 0.9, { start: t % 10 === 0 }),
);

/** Everything that the operator emits over a life. */
async function answers(operator: OperatorFunction<StepChunk, ReportChunk>): Promise<number[]> {
  const seen: number[] = [];
  const keep = ({ prediction, delta, length }: ReportChunk): void =>
    void seen.push(...prediction.subarray(0, length), ...delta.subarray(0, length));
  await lastValueFrom(from(chunked(life, 10)).pipe(operator, tap(keep)));
  return seen;
}

describe('eachStep', () => {
  it('learns and answers as learn does, bit by bit', async () => {
    const [one, other] = [await smallLearner(), await smallLearner()];
    const seen = await answers(eachStep(one, () => undefined));
    expect(seen).toEqual(await answers(learn(other)));
    expect(seen).toHaveLength(2 * life.length);
    expect(snapshot(one)).toEqual(snapshot(other));
    expect(snapshot(one)).not.toEqual(snapshot(await smallLearner())); // it has learned
  });

  it('visits right after every step, before the next', async () => {
    const learner = await smallLearner();
    const times: number[] = [];
    const visit = (): void => void times.push(get(learner, 'learner.time')[0]!);
    await lastValueFrom(from(chunked(life, 10)).pipe(eachStep(learner, visit)));
    expect(times).toEqual(life.map((_, t) => t + 1));
  });
});
