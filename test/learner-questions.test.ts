/** Several questions: one report each under supervision, and a clear word where TD would have to share one trace. */
import { expect, it } from 'vitest';
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
