import { describe, expect, it } from 'vitest';
import { assemble } from '../src/assemble.ts';
import { get, snapshot } from './support/arrays.ts';
import { smallAgent, smallLearner } from './support/learners.ts';
import { put, tempFolder } from './support/temp.ts';
import { LEAKY_CELL } from './support/user-files.ts';

const needs = { inputSize: 2, seed: 0 };

describe('an assembled learner', () => {
  it('is drawn from its seed, part by part', async () => {
    expect(snapshot(await smallLearner())).toEqual(snapshot(await smallLearner()));
    const other = await smallLearner({}, { seed: 1 });
    expect(get(other, 'cell.params')).not.toEqual(get(await smallLearner(), 'cell.params'));
  });

  it('has the same cell whatever estimator, features and rule stand beside it', async () => {
    const other = await smallLearner({
      estimator: { id: 'rtrl' },
      features: { id: 'normalised' },
      rule: { id: 'rmsprop' },
    });
    expect(get(other, 'cell.params')).toEqual(get(await smallLearner(), 'cell.params'));
  });

  it('names all of its arrays by the part that owns them', async () => {
    const { arrays } = await smallLearner({ inputs: {}, features: { id: 'normalised' } });
    expect(arrays).toMatchObject({
      'cell.params': 8,
      'lane.state': 2,
      'estimator.traces': 8,
      'features.mean': 2,
      'inputs.mean': 2,
      'head.weights': 3,
      'rule.z.cell': 8,
      'rule.z.head': 3,
      'learner.v_tm1': 1,
      'learner.time': 1,
    });
  });

  it('knows whether its gradient is exact, and what it costs', async () => {
    const exact = await assemble(smallAgent(), needs);
    const dense = await assemble(smallAgent({ cell: { id: 'tanh', units: 2 } }), needs);
    expect([exact.exact, dense.exact]).toEqual([true, false]);
    expect(exact.cost.parameters).toBe(exact.learner.parameters);
  });

  it('reads its inputs normalised where asked for', async () => {
    const learner = await smallLearner({ inputs: { rate: 0.5, floor: 0.01 } });
    learner.step({ ...zero(), observation: Float64Array.of(4, -2) });
    expect(get(learner, 'inputs.mean')).toEqual([2, -1]);
  });

  it('shows the head the same inputs as the cell', async () => {
    const features = { id: 'raw', observation: true };
    const learner = await smallLearner({ inputs: { rate: 0.5, floor: 0.01 }, features });
    learner.step({ ...zero(), observation: Float64Array.of(4, -2) });
    // mu = [2, -1], var = .5 + .5 [4, 1];  z of a first step is dv/dw = [h, h, x, x, 1]
    const z = get(learner, 'rule.z.head').slice(2);
    [2 / Math.sqrt(2.5), -1, 1].forEach((value, i) => expect(z[i]).toBeCloseTo(value, 12));
  });
});

describe('a mistake in a recipe', () => {
  it('is told with the part and the option', async () => {
    const act = (rule: { id: string }) => assemble(smallAgent({ rule }), needs);
    await expect(act({ id: 'rmsprop', alpa: 1 } as never)).rejects.toThrow(
      'Cannot set up rmsprop (step-sizes): there is no option alpa',
    );
    await expect(act({ id: 'td-lamda' })).rejects.toThrow('did you mean "td-lambda"?');
  });

  it("is one line where a user's own part throws, with the error itself as its cause", async () => {
    const text = LEAKY_CELL.replace('const shape =', "throw new TypeError('not today');\nconst shape =");
    const cell = put(tempFolder(), 'broken.ts', text);
    await expect(assemble(smallAgent({ cell: { id: cell } }), needs)).rejects.toThrow(
      `Cannot create ${cell} (cells): not today`,
    );
  });
});

const zero = () => ({
  observation: new Float64Array(2),
  cumulant: new Float64Array(1),
  discount: new Float64Array(1),
  start: true,
});
