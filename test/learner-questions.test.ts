/** Several questions, targets between TD steps, and chunks that do not fit. */
import { expect, it } from 'vitest';
import { createStepChunk } from '../src/chunk.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { get } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';

it('TD with two questions is refused in one line that says what would do', async () => {
  const learner = await smallLearner({}, { questions: 2 });
  expect(() => learner.step(stepOf([1, 0], 0, 0.9, { start: true }))).toThrow(
    /^Cannot learn 2 questions from TD errors: .*one learner per question, or give targets$/,
  );
});

it('two questions with targets are answered apart', async () => {
  const learner = await smallLearner({}, { questions: 2 });
  let delta = Float64Array.of(0, 0);
  for (let t = 0; t < 2000; t++) {
    delta = Float64Array.from(learner.step(stepOf([1, 0], 0, 0.9, { start: t === 0, target: [1, -2] })).delta);
  }
  const [first, second] = learner.step(stepOf([1, 0], 0, 0.9, { target: [1, -2] })).prediction;
  expect(first).toBeCloseTo(1, 3);
  expect(second).toBeCloseTo(-2, 3);
  expect(Math.max(...delta.map(Math.abs))).toBeLessThan(1e-3);
});

it('a target leaves no trace behind for the TD errors that follow', async () => {
  const learner = await smallLearner();
  learner.step(stepOf([1, 0], 0, 0.9, { start: true }));
  expect(get(learner, 'rule.z.head').some((z) => z !== 0)).toBe(true);
  learner.step(stepOf([1, 0], 0, 0.9, { target: [5] }));
  expect(get(learner, 'rule.z.head').every((z) => z === 0)).toBe(true);
});

it('a chunk of another width is refused in one line, one that fits is not', async () => {
  const learner = await smallLearner();
  const run = (inputSize: number, questions: number): void => {
    const chunk = createStepChunk(1, inputSize, questions);
    chunk.length = 1;
    chunk.start[0] = 1;
    learner.run(chunk, createReportChunk(chunk));
  };
  expect(() => run(3, 1)).toThrow(
    /^Cannot learn from chunks of 3 observations and 1 questions: the learner takes 2 and 1$/,
  );
  expect(() => run(2, 2)).toThrow(/the learner takes 2 and 1$/);
  expect(() => run(2, 1)).not.toThrow();
});
