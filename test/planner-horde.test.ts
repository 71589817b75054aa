/** Planned = done, for learners of many questions: see planner-counts.test.ts. */
import { createRng } from '@rl-tools/envs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileCounting, type Counted } from './support/counted.ts';
import { smallAgent } from './support/learners.ts';

const INPUTS = 3;
const STEPS = 5;
const nexting = { signals: 'all', horizons: [2, 10] };
const K = 6;

let counted: Counted;
let source: typeof import('../src/assemble.ts');
beforeAll(async () => {
  counted = compileCounting();
  source = await counted.load('src/assemble');
});
afterAll(() => counted.remove());

async function compare(estimator: string, rule: string, head: object) {
  const cell = estimator === 'columnar' ? { id: 'lstm-columns', columns: 4 } : { id: 'gru', units: 4 };
  const agent = smallAgent({
    cell,
    estimator: { id: estimator },
    features: { id: 'normalised', bias: true },
    rule: { id: rule },
    head: { id: 'horde', ...head },
    inputs: { rate: 0.99, floor: 0.01 },
  });
  const { learner, cost, parts } = await source.assembleReference(agent, { inputSize: INPUTS, seed: 0 });
  const discounts = parts.head.horde?.questions.map(({ discount }) => discount!) ?? [0.9];
  const rng = createRng('life');
  learner.write('head.weights', new Float64Array(learner.arrays['head.weights']!).fill(0.5));
  const take = (steps: number, start: boolean): void => {
    for (let t = 0; t < steps; t++) {
      learner.step({
        observation: Float64Array.from({ length: INPUTS }, () => 0.1 + rng.uniform()),
        cumulant: Float64Array.from({ length: learner.questions }, () => rng.normal()),
        discount: Float64Array.from(discounts),
        start: start && t === 0,
      });
    }
  };
  take(2 * STEPS, true);
  return { planned: cost.macsPerStep, done: counted.count(() => take(STEPS, false)) / STEPS, cost };
}

const cases = ['exact', 'cheap', 'none'].flatMap((recurrent) =>
  ['td-lambda', 'rmsprop'].flatMap((rule) =>
    ['columnar', 'snap', 'rtrl', 'e-prop', 'immediate', 'none'].map((estimator) => ({ recurrent, rule, estimator })),
  ),
);
it.each(cases)('$recurrent credit by $rule with $estimator', async ({ estimator, rule, recurrent }) => {
  const { planned, done } = await compare(estimator, rule, { recurrent, nexting });
  expect(done).toBeCloseTo(planned, 6);
});

it.each(['tanh', 'relu'])('a head of one hidden layer, by %s', async (activation) => {
  const { planned, done } = await compare('columnar', 'td-lambda', { id: 'mlp', hidden: 5, activation });
  expect(done).toBeCloseTo(planned, 6);
});

it('would tell one question less', async () => {
  const { done } = await compare('columnar', 'td-lambda', { recurrent: 'exact', nexting });
  const less = { signals: [0, 1, 2], horizons: [2] };
  const questions = [0, 1].map((cumulant) => ({ cumulant, discount: 0.5 }));
  const { planned } = await compare('columnar', 'td-lambda', { recurrent: 'exact', questions, nexting: { ...less } });
  expect(planned).toBeLessThan(done);
});

it('tells what exact credit costs: a pull and an eligibility per question', async () => {
  const exact = (await compare('columnar', 'td-lambda', { recurrent: 'exact', nexting })).cost;
  const cheap = (await compare('columnar', 'td-lambda', { recurrent: 'cheap', nexting })).cost;
  const pull = exact.entries; // every trace once
  expect(exact.estimator - cheap.estimator).toBe((K - 1) * pull);
  expect(exact.rule).toBeGreaterThan(cheap.rule);
});
