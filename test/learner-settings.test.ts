/** Clipping, frozen agents, divergence, chunks, and learners that keep to themselves. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createStepChunk } from '../src/chunk.ts';
import { DivergenceError } from '../src/divergence-error.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import type { Step } from '../src/types.ts';
import { get, learned, snapshot } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';

function life(length: number, seed = 'life'): Step[] {
  const rng = createRng(seed);
  return Array.from({ length }, (_, t) =>
    stepOf([rng.normal(), rng.normal()], rng.normal(), t % 7 === 6 ? 0 : 0.9, { start: t % 20 === 0 }),
  );
}

describe('clip', () => {
  const gradientOf = async (clip: number | null): Promise<number[]> => {
    const learner = await smallLearner({ clip });
    learner.write('head.weights', Float64Array.of(3, -4, 5));
    learner.step(stepOf([1, -2], 0, 0.9, { start: true }));
    return [...get(learner, 'rule.z.cell'), ...get(learner, 'rule.z.head')]; // z of a first step is its gradient
  };
  const length = (v: readonly number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

  it('shortens the gradient of all weights together and keeps its direction', async () => {
    const [free, clipped] = [await gradientOf(null), await gradientOf(0.5)];
    expect(length(free)).toBeGreaterThan(1);
    expect(length(clipped)).toBeCloseTo(0.5, 12);
    clipped.forEach((value, i) => expect(value).toBeCloseTo((0.5 / length(free)) * free[i]!, 12));
  });

  it('leaves a shorter gradient as it is', async () => {
    expect(await gradientOf(1e3)).toEqual(await gradientOf(null));
    expect(await gradientOf(0.5)).not.toEqual(await gradientOf(null));
  });
});

describe('a frozen learner', () => {
  const normalised = { features: { id: 'normalised' }, inputs: {} };

  it('changes nothing that was learned', async () => {
    const frozen = await smallLearner(normalised, { learning: false });
    const before = learned(frozen);
    life(50).forEach((s) => frozen.step(s));
    expect(learned(frozen)).toEqual(before);
    const control = await smallLearner(normalised);
    expect(learned(control)).toEqual(before);
    life(50).forEach((s) => control.step(s));
    for (const name of Object.keys(before)) {
      if (!name.endsWith('frozen')) expect(learned(control)[name], name).not.toEqual(before[name]);
    }
  });

  it('still predicts, with errors, from a state that moves', async () => {
    const frozen = await smallLearner({}, { learning: false });
    frozen.write('head.weights', Float64Array.of(1, 1, 0));
    const predictions = life(20).map((s) => frozen.step(s).prediction[0]!);
    expect(new Set(predictions).size).toBe(20);
    expect(frozen.step(stepOf([1, 1], 0.25, 0)).delta[0]).toBe(0.25 - predictions.at(-1)!);
  });

  it('ignores a target as well', async () => {
    const frozen = await smallLearner({}, { learning: false });
    const before = learned(frozen);
    frozen.step(stepOf([1, 1], 0, 0, { start: true, target: [3] }));
    expect(learned(frozen)).toEqual(before);
  });
});

describe('a divergence', () => {
  it('names the step and the first array that is not finite', async () => {
    const learner = await smallLearner({ rule: { id: 'td-lambda', alpha: 1e6, lambda: 1 } });
    let steps = 0;
    const run = (): void => life(1000).forEach((s) => (learner.step(s), steps++));
    expect(run).toThrow(DivergenceError);
    expect(run).toThrow(/^Learning diverged at step \d+: (cell\.params|head\.weights) is no longer finite/);
    const error = await caught(run);
    expect(error).toMatchObject({ step: steps, array: expect.stringMatching(/^(cell|head)\./) as string });
  });

  it('is told of a question other than the first too', async () => {
    const learner = await smallLearner({}, { questions: 2 });
    learner.write('head.weights', Float64Array.of(0, 0, 0, 0, 0, NaN));
    expect(() => learner.step(stepOf([1, 1], 0, 0, { start: true, target: [0, 0] }))).toThrow(
      /at step 0: (cell|head)\./,
    );
  });

  it('does not come with a small step size', async () => {
    const learner = await smallLearner();
    expect(() => life(1000).forEach((s) => learner.step(s))).not.toThrow();
  });

  const caught = async (act: () => void): Promise<unknown> => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return null;
  };
});

describe('a chunk', () => {
  it('is its steps, one by one', async () => {
    const steps = life(30);
    const chunk = createStepChunk(32, 2);
    chunk.length = 30;
    steps.forEach((s, i) => {
      chunk.observation.set(s.observation, 2 * i);
      chunk.cumulant[i] = s.cumulant[0]!;
      chunk.discount[i] = s.discount[0]!;
      chunk.start[i] = s.start ? 1 : 0;
    });
    const [a, b] = [await smallLearner(), await smallLearner()];
    const report = createReportChunk(chunk);
    a.run(chunk, report);
    const one = steps.map((s) => b.step(s)).map(({ prediction, delta }) => [prediction[0], delta[0]]);
    expect(report.length).toBe(30);
    expect(snapshot(a)).toEqual(snapshot(b));
    expect([report.prediction[29], report.delta[29]]).toEqual(one[29]);
    a.run({ ...chunk, length: 1 }, report);
    expect(snapshot(a)).not.toEqual(snapshot(b));
  });
});

it('two learners of one seed share nothing but their beginnings', async () => {
  const [alone, one, two] = [await smallLearner(), await smallLearner(), await smallLearner()];
  expect(snapshot(one)).toEqual(snapshot(two));
  const [mine, theirs] = [life(40), life(40, 'another')];
  mine.forEach((s) => alone.step(s));
  mine.forEach((s, t) => {
    one.step(s);
    two.step(theirs[t]!);
  });
  expect(snapshot(one)).toEqual(snapshot(alone));
  expect(snapshot(two)).not.toEqual(snapshot(alone));
});

it('an unknown array is answered with the known ones', async () => {
  const learner = await smallLearner();
  expect(() => get({ ...learner, arrays: { 'cell.theta': 8 } }, 'cell.theta')).toThrow(/cell\.theta.*cell\.params/);
});
