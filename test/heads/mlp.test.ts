/** One hidden layer: gradients against differences, sparse first weights, and what a linear head cannot learn. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import mlp from '../../src/heads/mlp.ts';
import type { Head } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const SIZE = 4;
const make = (options: object, outputs = 3): Head =>
  mlp.create(mlp.options.parse(options), createRng('mlp'), { size: SIZE, outputs });
const random = (size: number, seed: string): Float64Array => {
  const rng = createRng(seed);
  return new Float64Array(size).map(() => rng.normal());
};

function slope(values: Float64Array, loss: () => number): Float64Array {
  const h = 1e-6;
  return values.map((value, i) => {
    values[i] = value + h;
    const up = loss();
    values[i] = value - h;
    const down = loss();
    values[i] = value;
    return (up - down) / (2 * h);
  });
}

const cases = (['tanh', 'relu'] as const).flatMap((activation) =>
  (['squared', 'cross-entropy'] as const).map((loss) => ({ activation, loss, hidden: 5 })),
);

it.each(cases)('by $activation, $loss: minus the sum of errors times gradients is the slope of the loss', (options) => {
  const head = make(options);
  head.weights.set(random(head.weights.length, 'weights'));
  const phi = random(SIZE, 'phi');
  const target = Float64Array.of(0, 1, 0);
  const v = new Float64Array(3);
  const loss = (): number => {
    head.predict(phi, v);
    return head.loss?.(target, v) ?? v.reduce((sum, one, k) => sum + (target[k]! - one) ** 2 / 2, 0);
  };
  loss();
  const errors = target.map((y, k) => y - v[k]!);
  head.error?.(target, v, errors);
  const [dPhi, dWeights] = [new Float64Array(SIZE), new Float64Array(head.weights.length)];
  for (let k = 0; k < 3; k++) {
    const [one, weights] = [new Float64Array(SIZE), new Float64Array(head.weights.length)];
    head.gradient(k, one);
    head.weightGradient(k, phi, weights);
    one.forEach((value, i) => (dPhi[i]! -= errors[k]! * value));
    weights.forEach((value, i) => (dWeights[i]! -= errors[k]! * value));
  }
  expectEqual(dPhi, slope(phi, loss), 1e-7);
  expectEqual(dWeights, slope(head.weights, loss), 1e-7);
  target.reverse();
  target[0] = 1;
  expectDifferent(dWeights, slope(head.weights, loss), 1e-3);
});

describe('sparse first weights', () => {
  const rows = ({ weights }: Head, hidden: number): { fanIn: number; row: number[] }[] => {
    const split = hidden * (SIZE + 1);
    return Array.from({ length: hidden + 3 }, (_, r) => {
      const fanIn = r < hidden ? SIZE : hidden;
      const at = r < hidden ? r * (SIZE + 1) : split + (r - hidden) * (hidden + 1);
      return { fanIn, row: [...weights.slice(at, at + fanIn + 1)] };
    });
  };

  it.each([0, 0.3, 0.5, 0.7])('exactly ceil(%s fan-in) of every row are 0, and so is the bias', (sparsity) => {
    const head = make({ hidden: 10, sparsity });
    const found = new Set<string>();
    for (const { fanIn, row } of rows(head, 10)) {
      expect(row.at(-1)).toBe(0);
      const weights = row.slice(0, -1);
      expect(weights.filter((w) => w === 0)).toHaveLength(Math.ceil(sparsity * fanIn));
      for (const w of weights) expect(Math.abs(w)).toBeLessThanOrEqual(1 / Math.sqrt(fanIn));
      found.add(weights.map((w) => (w === 0 ? 0 : 1)).join(''));
    }
    expect(found.size > 2).toBe(sparsity > 0); // rows of 4 and of 10; not the same places everywhere
  });

  it('refuses to leave nothing', () => {
    expect(() => make({ sparsity: 0.9 })).toThrow(/^Cannot keep a weight of 4 at sparsity 0.9: .* lower it$/);
  });
});

describe('in a learner', () => {
  const XOR = [0, 1, 2, 3].map((n) => [n & 1, n >> 1] as const);
  const still = {
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', observation: true },
    rule: { id: 'td-lambda', alpha: 0.1, lambda: 0 },
  };
  const error = async (head: { id: string; hidden?: number }): Promise<number> => {
    const learner = await smallLearner({ ...still, head });
    let sum = 0;
    for (let t = 0; t < 8000; t++) {
      const [a, b] = XOR[t % 4]!;
      const { delta } = learner.step(stepOf([2 * a - 1, 2 * b - 1], 0, 0, { start: t === 0, target: [a ^ b] }));
      if (t >= 7996) sum += delta[0]! ** 2;
    }
    return sum;
  };

  it('learns exclusive or, which no linear head can', async () => {
    expect(await error({ id: 'mlp', hidden: 8 })).toBeLessThan(1e-2);
    expect(await error({ id: 'linear' })).toBeGreaterThan(0.5);
  });

  it('classes learn from targets, and refuse TD errors in one line', async () => {
    const recipes = [{ id: 'softmax' }, { id: 'mlp', loss: 'cross-entropy' }];
    for (const head of recipes) {
      const learner = await smallLearner({ ...still, head }, { questions: 2 });
      for (let t = 0; t < 400; t++) {
        const target = t % 2 === 0 ? [1, 0] : [0, 1];
        learner.step(stepOf([t % 2, 1], 0, 0, { start: t === 0, target }));
      }
      const { prediction } = learner.step(stepOf([1, 1], 0, 0, { target: [0, 1] }));
      expect(prediction[0]! + prediction[1]!).toBeCloseTo(1);
      expect(prediction[1]).toBeGreaterThan(0.9);
      expect(() => learner.step(stepOf([1, 1]))).toThrow(/^Cannot learn classes from TD errors: .* or give targets$/);
    }
    await expect(smallLearner({ ...still, head: { id: 'softmax' } })).rejects.toThrow(
      'Cannot tell one class from others with softmax: there is one; take two or more',
    );
  });
});
