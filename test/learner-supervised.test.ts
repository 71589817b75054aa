/** With a target y_t the update is one gradient step on 1/2 |y_t - v_t|^2, by finite differences of what is predicted. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { Learner } from '../src/learner.ts';
import type { Step } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { get } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';

const ALPHA = 1e-3;
const WEIGHTS = ['cell.params', 'head.weights'] as const;

/** `questions` linear read-outs with random weights over a learner that moves by alpha. */
async function readout(alpha: number, questions: number, estimator = 'columnar', cell = 'lstm-columns') {
  const size = cell === 'lstm-columns' ? { columns: 2 } : { units: 3 };
  const learner = await smallLearner(
    {
      cell: { id: cell, ...size },
      estimator: { id: estimator },
      rule: { id: 'td-lambda', alpha, lambda: 0.7 },
    },
    { questions },
  );
  const rng = createRng('head');
  const weights = Float64Array.from({ length: learner.arrays['head.weights']! }, () => rng.normal());
  learner.write('head.weights', weights);
  return learner;
}

/** Five steps whose targets are what is predicted anyway, so that nothing moves, then one with the target y. */
function stream(y: readonly number[], predicted: readonly (readonly number[])[]): Step[] {
  const rng = createRng('inputs');
  return [...predicted, y].map((target, t) =>
    stepOf([rng.normal(), rng.normal()], 0, 0.9, { start: t === 0, target: [...target] }),
  );
}

async function predictions(learner: Learner, questions: number): Promise<number[][]> {
  const rng = createRng('inputs');
  return Array.from({ length: 5 }, (_, t) => {
    const s = stepOf([rng.normal(), rng.normal()], 0, 0.9, { start: t === 0, target: Array(questions).fill(0) });
    return [...learner.step(s).prediction];
  });
}

/** -d/dweights of 1/2 |y - v|^2 at the last step, weights held fixed from the start. */
async function descent(y: readonly number[], name: (typeof WEIGHTS)[number]): Promise<Float64Array> {
  const K = y.length;
  const idle = await readout(0, K);
  const values = Float64Array.from(get(idle, name));
  const loss = (): number => {
    let last = 0;
    for (const s of stream(y, Array(5).fill(Array(K).fill(0)))) {
      last = idle.step(s).delta.reduce((sum, e) => sum + 0.5 * e * e, 0);
    }
    return last;
  };
  const h = 1e-6;
  return values.map((value, i) => {
    const at = (shift: number): number => {
      idle.write(
        name,
        values.map((v, j) => (j === i ? value + shift : v)),
      );
      return loss();
    };
    const slope = -(at(h) - at(-h)) / (2 * h);
    idle.write(name, values);
    return slope;
  });
}

async function change(y: readonly number[], name: (typeof WEIGHTS)[number], estimator?: string): Promise<Float64Array> {
  const K = y.length;
  const learner = await readout(ALPHA, K, estimator);
  const before = get(learner, name);
  const predicted = await predictions(await readout(0, K, estimator), K);
  for (const s of stream(y, predicted)) learner.step(s);
  return Float64Array.from(get(learner, name), (value, i) => (value - before[i]!) / ALPHA);
}

describe.each([{ y: [1.5] }, { y: [1.5, -0.7, 0.2] }])('the change of weights towards $y', ({ y }) => {
  it.each(WEIGHTS)('descends the gradient of the squared error in %s', async (name) => {
    expectEqual(await change(y, name), await descent(y, name), 1e-7);
  });

  it('is another one through an estimator that cuts the past off', async () => {
    expectDifferent(await change(y, 'cell.params', 'immediate'), await descent(y, 'cell.params'), 1e-2);
  });
});

it('a target leaves no eligibility behind for the next one', async () => {
  const one = await readout(ALPHA, 1);
  const other = await readout(ALPHA, 1);
  const first = stepOf([1, 0], 0, 0.9, { start: true, target: [3] });
  one.step(first);
  other.step(first);
  other.write('rule.z.cell', new Float64Array(other.arrays['rule.z.cell']!).fill(5));
  const second = stepOf([0, 1], 0, 0.9, { target: [-1] });
  one.step(second);
  other.step(second);
  expect(get(one, 'cell.params')).toEqual(get(other, 'cell.params'));
});

it('the error is the target minus the prediction', async () => {
  const learner = await readout(ALPHA, 2);
  const { prediction, delta } = learner.step(stepOf([1, 1], 0, 0.9, { start: true, target: [2, -1] }));
  expect([...delta]).toEqual([2 - prediction[0]!, -1 - prediction[1]!]);
});

it('predicts by synthetic gradients on TD errors too, as long as nothing is learned', async () => {
  const dni = { cell: { id: 'tanh', units: 2 }, estimator: { id: 'dni' } };
  const frozen = await smallLearner(dni, { learning: false });
  expect(frozen.step(stepOf([1, 2], 0.5)).prediction).toHaveLength(1);
  const learning = await smallLearner(dni);
  expect(() => learning.step(stepOf([1, 2], 0.5))).toThrow('they need targets');
});
