/** Many questions on one state: what a horde learns is what single learners would, question by question. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../src/agent.ts';
import { assembleReference } from '../src/assemble.ts';
import { createLearner, type ReferenceLearner } from '../src/learner.ts';
import type { Step } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { carry, get, snapshot } from './support/arrays.ts';
import { createHorde, createSingle, INPUTS, K, lifeOf, live, only, QUESTIONS } from './support/hordes.ts';
import { smallAgent } from './support/learners.ts';

const NO_CELL: Partial<AgentInput> = {
  cell: { id: 'none' },
  estimator: { id: 'none' },
  features: { id: 'raw', observation: true, bias: true },
};
const array = (learner: ReferenceLearner, name: string): Float64Array => Float64Array.from(get(learner, name));
const row = (learner: ReferenceLearner, k: number): number[] => {
  const weights = get(learner, 'head.weights');
  const size = weights.length / K;
  return weights.slice(k * size, (k + 1) * size);
};
/** Every question has weights of its own from the start. */
function drawHead(...learners: ReferenceLearner[]): Float64Array {
  const rng = createRng('head');
  const weights = new Float64Array(learners[0]!.arrays['head.weights']!).map(() => 0.5 * rng.normal());
  for (const learner of learners) learner.write('head.weights', weights);
  return weights;
}

describe('a horde of one question is the plain learner, bit by bit', () => {
  const RULES = [
    { id: 'td-lambda', alpha: 0.05, lambda: 0.8 },
    { id: 'rmsprop', alpha: 0.01, lambda: 0.8 },
    { id: 'swift-td' },
  ];
  const cases = RULES.flatMap((rule) => [null, 0.5].map((clip) => ({ rule, clip })));
  it.each(cases)('by $rule.id, clip $clip', async ({ rule, clip }) => {
    const agent = { rule, clip, features: { id: 'normalised', rate: 0.9 } };
    const life = only(lifeOf({ ratios: true }), 0);
    const questions = [QUESTIONS[0]];
    const horde = await createHorde({ head: { questions }, agent });
    const single = await createSingle({ agent });
    const weights = snapshot(single)['cell.params'];
    expect(live(horde, life)).toEqual(live(single, life));
    expect(get(horde, 'cell.params')).toEqual(get(single, 'cell.params'));
    expect(get(single, 'cell.params')).not.toEqual(weights);
    const other = await createHorde({ head: { questions: [{ ...QUESTIONS[0], lambda: 0.1 }] }, agent });
    expect(live(other, life)).not.toEqual(live(horde, life));
  });
});

describe('without a cell a horde is so many learners', () => {
  it.each(['td-lambda', 'rmsprop', 'swift-td', 'idbd'])('by %s', async (id) => {
    const agent = { ...NO_CELL, rule: { id } };
    const life = lifeOf({ ratios: id !== 'idbd' });
    const horde = await createHorde({ agent });
    live(horde, life);
    for (let k = 0; k < K; k++) {
      const single = await createSingle({ agent });
      live(single, only(life, k));
      expect(row(horde, k)).toEqual(get(single, 'head.weights'));
      expect(row(horde, (k + 1) % K)).not.toEqual(get(single, 'head.weights'));
    }
  });

  it('each with its own lambda', async () => {
    const lambdas = [0, null, 1];
    const questions = QUESTIONS.map((question, k) => ({ ...question, lambda: lambdas[k]! }));
    const horde = await createHorde({ agent: NO_CELL, head: { questions } });
    const life = lifeOf();
    live(horde, life);
    for (let k = 0; k < K; k++) {
      const single = await createSingle({
        agent: { ...NO_CELL, rule: { id: 'td-lambda', alpha: 0.05, lambda: lambdas[k] ?? 0.8 } },
      });
      live(single, only(life, k));
      expect(row(horde, k)).toEqual(get(single, 'head.weights'));
    }
  });
});

it.each(['td-lambda', 'rmsprop'])(
  'a cell that one question alone teaches learns what it teaches, by %s',
  async (id) => {
    const agent = { rule: { id, alpha: 0.05, lambda: 0.8 } };
    const life = lifeOf().map((step) => ({ ...step, cumulant: step.cumulant.map((c, k) => (k === 1 ? c : 0)) }));
    const [horde, single] = [await createHorde({ agent }), await createSingle({ agent })];
    live(horde, life);
    live(single, only(life, 1));
    expectEqual(array(horde, 'cell.params'), array(single, 'cell.params'), 1e-12);
    const all = await createHorde({ agent });
    live(all, lifeOf());
    expectDifferent(array(all, 'cell.params'), array(single, 'cell.params'), 1e-3);
  },
);

describe('the credit of the cell', () => {
  const ALPHA = 1e-6; // so small that no prediction notices
  const rule = (lambda: number) => ({ id: 'td-lambda', alpha: ALPHA, headAlpha: 0, lambda });
  const life = lifeOf({ steps: 25, starts: false });

  /** d v_k,t / d theta at frozen weights: central differences of whole lives [steps][K][p]. */
  async function slopes(): Promise<{ v: number[][]; dv: number[][][] }> {
    const learner = await createHorde({ learning: false });
    drawHead(learner);
    const params = array(learner, 'cell.params');
    const at = (i: number, h: number): number[][] => {
      learner.write(
        'cell.params',
        params.map((value, j) => (i === j ? value + h : value)),
      );
      return live(learner, life);
    };
    const h = 1e-5;
    const moved = [...params].map((_, i) => [at(i, h), at(i, -h)] as const);
    const dv = life.map((_, t) =>
      QUESTIONS.map((_, k) => moved.map(([up, down]) => (up[t]![k]! - down[t]![k]!) / (2 * h))),
    );
    return { v: at(0, 0), dv };
  }

  /** alpha sum over t and k of delta_k,t z_k,t-1 by definition. */
  function expected({ v, dv }: { v: number[][]; dv: number[][][] }, lambda: number): Float64Array {
    const change = new Float64Array(dv[0]![0]!.length);
    QUESTIONS.forEach(({ discount }, k) => {
      const z = new Float64Array(change.length);
      life.forEach((step, t) => {
        if (t > 0) {
          const delta = step.cumulant[k]! + discount * v[t]![k]! - v[t - 1]![k]!;
          z.forEach((value, i) => (change[i]! += ALPHA * delta * value));
        }
        z.forEach((value, i) => (z[i] = (t > 0 ? discount * lambda * value : 0) + dv[t]![k]![i]!));
      });
    });
    return change;
  }

  async function changed(recurrent: string, lambda: number): Promise<Float64Array> {
    const learner = await createHorde({ head: { recurrent }, agent: { rule: rule(lambda) } });
    drawHead(learner);
    const before = array(learner, 'cell.params');
    live(learner, life);
    return array(learner, 'cell.params').map((value, i) => value - before[i]!);
  }

  it('exact: every question has its eligibility, held against finite differences', async () => {
    const measured = await slopes();
    expectEqual(await changed('exact', 0.8), expected(measured, 0.8), 1e-4);
    expectDifferent(await changed('exact', 0.8), expected(measured, 0), 0.05);
  });

  it('cheap: that of lambda 0, whatever the lambda of the rule', async () => {
    const measured = await slopes();
    expectEqual(await changed('cheap', 0.8), expected(measured, 0), 1e-4);
    expectDifferent(await changed('cheap', 0.8), expected(measured, 0.8), 0.05);
  });

  it('cheap is exact at lambda 0, while everything learns and features are rescaled, and not above', async () => {
    const agent = { features: { id: 'normalised', rate: 0.9 }, rule: { id: 'td-lambda', alpha: 0.02, lambda: 0 } };
    const above = { ...agent, rule: { ...agent.rule, lambda: 0.8 } };
    const learn = async (recurrent: string, how: Partial<AgentInput>): Promise<Float64Array> => {
      const learner = await createHorde({ head: { recurrent }, agent: how });
      live(learner, lifeOf({ ratios: true }));
      return array(learner, 'cell.params');
    };
    expectEqual(await learn('cheap', agent), await learn('exact', agent), 1e-12);
    expectDifferent(await learn('cheap', above), await learn('exact', above), 1e-3);
  });

  it('none: the cell stands still, the head learns', async () => {
    const learner = await createHorde({ head: { recurrent: 'none' } });
    const before = snapshot(learner);
    live(learner, lifeOf());
    expect(get(learner, 'cell.params')).toEqual(before['cell.params']);
    expect(get(learner, 'head.weights')).not.toEqual(before['head.weights']);
  });
});

it('an eligibility that questions share is what each would keep for itself', async () => {
  const head = { id: 'horde', questions: QUESTIONS, recurrent: 'exact' };
  const agent = smallAgent({ head, cell: { id: 'tanh-columns', columns: 6 } });
  const { parts } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
  const { parts: twin } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
  const apart = createLearner({
    ...twin,
    rule: (groups, lambda) => Object.defineProperty(twin.rule(groups, lambda), 'shares', { value: undefined }),
  });
  const shared = createLearner(parts);
  const life = lifeOf({ ratios: true });
  live(shared, life);
  live(apart, life);
  expectEqual(array(shared, 'head.weights'), array(apart, 'head.weights'), 1e-12);
  expectEqual(array(shared, 'cell.params'), array(apart, 'cell.params'), 1e-12);
  const traces = (learner: ReferenceLearner) =>
    Object.keys(learner.arrays).filter((name) => /^rule.*z(\.head)?$/.test(name));
  expect(traces(shared)).toEqual(['rule.bundle0.z', 'rule.bundle1.z']);
  expect(traces(apart)).toEqual(['rule.0.z.head', 'rule.1.z.head', 'rule.2.z.head']);
  expect(shared.rule.macsPerStep).toBeLessThan(apart.rule.macsPerStep);
});

it.each(['exact', 'cheap', 'none'])('goes on from its arrays as if nothing had happened, %s', async (recurrent) => {
  for (const rule of [
    { id: 'td-lambda', alpha: 0.05 },
    { id: 'rmsprop', alpha: 0.01 },
  ]) {
    const make = () => createHorde({ head: { recurrent }, agent: { rule } });
    const [whole, second, control] = [await make(), await make(), await make()];
    const life = lifeOf();
    live(whole, life.slice(0, 55));
    carry(whole, second);
    const future = life.slice(55, 75);
    const told = live(whole, future);
    expect(live(second, future)).toEqual(told);
    expect(snapshot(second)).toEqual(snapshot(whole));
    expect(live(control, future)).not.toEqual(told);
  }
});

it('one question whose number is not finite: the step teaches nothing, or the run stops', async () => {
  const life = lifeOf({ steps: 20 });
  const bad: Step = { ...life[10]!, cumulant: Float64Array.of(0, NaN, 0) };
  const stops = await createHorde();
  expect(() => live(stops, [...life.slice(0, 10), bad])).toThrow(/diverged|finite/);
  const skips = await createHorde({ agent: { nonFinite: 'skip' } });
  live(skips, life.slice(0, 10));
  const before = get(skips, 'head.weights');
  expect([...skips.step(bad).delta]).toEqual([0, 0, 0]);
  expect(get(skips, 'head.weights')).toEqual(before);
  skips.step(life[11]!);
  expect(get(skips, 'head.weights')).not.toEqual(before);
});

describe('what cannot be learned is refused in one line', () => {
  it('targets', async () => {
    const learner = await createHorde();
    const step = { ...lifeOf()[0]!, target: Float64Array.of(1, 2, 3) };
    expect(() => learner.step(step)).toThrow(/^Cannot learn questions from targets: .* take the linear head$/);
  });

  it('two discounts where one was announced', async () => {
    const learner = await createHorde();
    const [first] = lifeOf();
    learner.step(first!);
    const step = { ...first!, start: false, discount: Float64Array.of(0.9, 0.5, 0.8) };
    expect(() => learner.step(step)).toThrow(
      /^Cannot answer questions 0 and 2 from this step: they are of one discount, and 0.9 and 0.8 came$/,
    );
  });

  it('all questions at once by a rule that needs one error', async () => {
    const agent = { rule: { id: 'true-online-td' } };
    await expect(createHorde({ head: { recurrent: 'cheap' }, agent })).rejects.toThrow(
      /^Cannot credit the cell with all questions at once .* set recurrent of the head to exact$/,
    );
    await expect(createHorde({ agent })).resolves.toBeDefined();
  });

  it('a lambda where the rule has none', async () => {
    const questions = [{ lambda: 0.5 }];
    await expect(createHorde({ head: { questions }, agent: { ...NO_CELL, rule: { id: 'idbd' } } })).rejects.toThrow(
      /^Cannot give a question a lambda of its own with idbd: there is no option lambda/,
    );
  });

  it('an entry that is not observed', async () => {
    await expect(createHorde({ head: { questions: [{ cumulant: 2 }] } })).rejects.toThrow(
      'Cannot ask about entry 2 of the observation: it has 2, from 0 on',
    );
  });
});
