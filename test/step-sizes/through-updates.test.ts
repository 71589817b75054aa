/**
 * The meta-gradient, by driving a real learner whose cell stands still: the sum over a sequence of delta_t z_t is minus the
 * gradient of sum_t 1/2 delta_t^2 through all updates of the head, which finite differences find without any derivative.
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { ReferenceLearner } from '../../src/learner.ts';
import { loadPart } from '../../src/registry.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import type { Credit, WeightGroup } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { carry, get } from '../support/arrays.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const STEPS = 40;
const INPUTS = 3;
const rng = createRng('through updates');
const life = Array.from({ length: STEPS }, () => ({
  x: Array.from({ length: INPUTS }, () => rng.normal()),
  y: 3 * rng.normal(),
}));

interface Case {
  readonly columns: number;
  readonly gate?: string;
  readonly headAlpha: number;
  readonly alpha?: number; // of the cell
  readonly td?: boolean; // y_t comes as the cumulant of the next step, discount 0
}

async function learnerOf({ columns, gate = 'sum', headAlpha, alpha = 0 }: Case): Promise<ReferenceLearner> {
  const learner = await smallLearner(
    {
      cell: { id: 'deep-columns', columns, features: 2, gate },
      features: { id: 'raw', bias: false },
      rule: { id: 'through-updates', alpha, headAlpha },
    },
    { inputSize: INPUTS },
  );
  const weights = createRng('head');
  learner.write(
    'head.weights',
    Float64Array.from({ length: columns }, () => weights.normal()),
  );
  return learner;
}

/** One step of the life; the error that a prediction has met: of this step, or, from TD errors, of the one before. */
function live(learner: ReferenceLearner, t: number, td = false): number {
  const { x, y } = life[t] ?? { x: [0, 0, 0], y: 0 };
  const step = td
    ? stepOf(x, life[t - 1]?.y ?? 0, 0, { start: t === 0 })
    : stepOf(x, 0, 0, { start: t === 0, target: [y] });
  return learner.step(step).delta[0]!;
}

const array = (learner: ReferenceLearner, name: string): Float64Array => Float64Array.from(get(learner, name));

/** dL/dtheta of L = sum_t 1/2 delta_t^2, theta being the same at all steps. */
async function differences(of: Case): Promise<Float64Array> {
  const fresh = await learnerOf(of);
  const learner = await learnerOf(of);
  const theta = array(fresh, 'cell.params');
  const loss = (j: number, size: number): number => {
    carry(fresh, learner);
    learner.write(
      'cell.params',
      theta.map((value, i) => (i === j ? value + size : value)),
    );
    let total = 0;
    for (let t = 0; t < STEPS + Number(of.td ?? false); t++) total += 0.5 * live(learner, t, of.td) ** 2;
    return total;
  };
  return theta.map((_, j) => (loss(j, 1e-5) - loss(j, -1e-5)) / 2e-5);
}

/** -sum_t delta_t z_t; a control forgets TW after every step. From targets z is gone with its step: theta's change tells. */
async function estimated(of: Case, forgets = false): Promise<Float64Array> {
  const learner = await learnerOf({ ...of, alpha: of.td ? 0 : 1 });
  const theta = array(learner, 'cell.params');
  const none = new Float64Array(theta.length);
  const total = new Float64Array(theta.length);
  for (let t = 0; t < STEPS + Number(of.td ?? false); t++) {
    const z = array(learner, 'rule.z.cell');
    const delta = live(learner, t, of.td);
    const after = array(learner, 'cell.params');
    for (let i = 0; i < total.length; i++) total[i]! -= of.td ? delta * z[i]! : after[i]! - theta[i]!;
    learner.write('cell.params', theta);
    if (forgets) learner.write('rule.tw.cell', none);
  }
  return total;
}

const errorOf = async (of: Case, forgets = false): Promise<number> =>
  relativeError(await estimated(of, forgets), await differences(of));

describe('from targets', () => {
  it.each(['sum', 'convex', 'accumulator', 'feed-forward'])(
    'is the exact meta-gradient on one column (%s)',
    async (gate) => {
      const of = { columns: 1, gate, headAlpha: 0.02 };
      const truth = await differences(of);
      expectEqual(await estimated(of), truth, 1e-6);
      expectDifferent(await estimated(of, true), truth, 0.01); // control: without TW
    },
  );

  it('is approximate on several, by the order of the step size', async () => {
    const [small, large] = [
      { columns: 4, headAlpha: 0.001 },
      { columns: 4, headAlpha: 0.01 },
    ];
    expect(await errorOf(large)).toBeLessThan(0.02);
    expect((await errorOf(large)) / (await errorOf(small))).toBeGreaterThan(5);
    expect((await errorOf(large)) / (await errorOf(small))).toBeLessThan(20);
    for (const of of [small, large]) expect(await errorOf(of, true)).toBeGreaterThan(3 * (await errorOf(of))); // control
  });
});

describe('from TD errors', () => {
  it('is right up to the update that comes between a prediction and its gradient', async () => {
    const [small, large] = [
      { columns: 1, headAlpha: 0.001, td: true },
      { columns: 1, headAlpha: 0.01, td: true },
    ];
    expect(await errorOf(large)).toBeLessThan(0.03);
    expect((await errorOf(large)) / (await errorOf(small))).toBeGreaterThan(5);
    for (const of of [small, large]) expect(await errorOf(of, true)).toBeGreaterThan(3 * (await errorOf(of))); // control
  });

  it.each([
    ['through-updates', true],
    ['td-lambda', false], // control: its z outlives a step
  ])('%s sees targets one step later: %s', async (id, same) => {
    const bits = async (td: boolean) => {
      const groups = createGroups();
      const part = await loadPart('step-sizes', id);
      const rule = part.create(part.options.parse({ alpha: 0.1 }), createRng(0), { groups });
      const draw = createRng('calls');
      const credit: Credit = {
        delta: 0,
        v_tm1: 0,
        v_t: 0,
        discount_t: 0.9,
        ratio: 1,
        supervised: !td,
        combined: false,
      };
      for (let t = 0; t < 20; t++) {
        for (const { gradient, features, reach } of groups) {
          for (const into of [gradient, features, reach?.sensitivity])
            into?.forEach((_, i) => (into[i] = draw.normal()));
        }
        rule.trace(credit);
        rule.apply({ ...credit, delta: draw.normal() });
        if (!td) rule.reset();
      }
      return groups.map(({ weights }) => [...weights]);
    };
    const [targets, td] = [await bits(false), await bits(true)];
    if (same) expect(td).toEqual(targets);
    else expect(td).not.toEqual(targets);
    expect(td.flat().every((value) => value !== 0.5)).toBe(true);
  });
});

function createGroups(): WeightGroup[] {
  const zeros = (length: number) => new Float64Array(length);
  const weights = (length: number) => zeros(length).fill(0.5);
  const reach = { sensitivity: zeros(4), feature: Int32Array.of(0, 0, 1, 1) };
  return [
    { name: 'cell', weights: weights(4), gradient: zeros(4), reach },
    { name: 'head', weights: weights(2), gradient: zeros(2), features: zeros(2) },
  ];
}

it('follows the plain gradient where a unit makes several features, none of which is its own', async () => {
  const twOf = async (id: string): Promise<number[]> => {
    const learner = await smallLearner({ cell: { id }, rule: { id: 'through-updates' } }, { inputSize: INPUTS });
    for (let t = 0; t < STEPS; t++) live(learner, t);
    return get(learner, 'rule.tw.cell');
  };
  expect(Math.max(...(await twOf('rtu')).map(Math.abs))).toBe(0);
  expect(Math.max(...(await twOf('lstm-columns')).map(Math.abs))).toBeGreaterThan(0); // control
});

describe('what it cannot do is refused in one line:', () => {
  const through = { id: 'through-updates' };
  it.each([
    ['a rule of the head apart', { headRule: { id: 'td-lambda' } }, 'needs the head that it learns through'],
    [
      'an estimator that tells no reach',
      { estimator: { id: 'rtrl' } },
      'asks what each weight does to its own feature',
    ],
    ['clipped gradients', { clip: 1 }, 'Cannot clip gradients'],
    ['a head that acts', { head: { id: 'sarsa-lambda' } }, 'take head linear'],
  ])('%s', async (_what, over, words) => {
    const actionSpace = { kind: 'discrete', n: 2, toString: () => 'Discrete(2)' };
    await expect(smallLearner({ rule: through, ...over }, { actionSpace })).rejects.toThrow(words);
    await expect(smallLearner({ rule: through }, { actionSpace })).resolves.toBeDefined(); // control
  });
});
