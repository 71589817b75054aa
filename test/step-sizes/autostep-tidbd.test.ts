/** Autostep for TD: it is Autostep without a discount, and its numbers by hand, for a head and for the weights of a cell. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/registry.ts';
import type { WeightGroup } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { linearLearner, live, type Moment, randomLife, type RuleChoice } from '../support/linear-bed.ts';

const SIZE = 4;
const OPTIONS = { alpha: 0.1, theta: 0.05, tau: 100 };

it('is Autostep where the discount is 0', async () => {
  const weights = async (rule: RuleChoice, gamma: number): Promise<Float64Array> => {
    const learner = await linearLearner(rule, SIZE);
    live(learner, randomLife('one step', SIZE, 1000, { gamma }));
    return Float64Array.from([...get(learner, 'head.weights'), ...get(learner, 'rule.h.head')]);
  };
  const tidbd = { id: 'autostep-tidbd', lambda: 0.8, ...OPTIONS };
  const autostep = { id: 'autostep', ...OPTIONS };
  expectEqual(await weights(tidbd, 0), await weights(autostep, 0), 1e-10);
  expectDifferent(await weights(tidbd, 0.3), await weights(autostep, 0.3), 1e-2); // control
});

describe('by hand', () => {
  const LAMBDA = 0.8;
  const moments = randomLife('by hand', SIZE, 200, { episode: 40 }).map((moment, t) =>
    t % 50 === 20 ? { ...moment, x: moment.x.map((value) => 4 * value) } : moment,
  );

  /** The formulas of the header; `late`: all but (4) after the weights have moved. `bound`: M. */
  function worked({ late = false, bound = true } = {}): { w: Float64Array; bounded: number } {
    const [w, z, h, eta] = [
      new Float64Array(SIZE),
      new Float64Array(SIZE),
      new Float64Array(SIZE),
      new Float64Array(SIZE),
    ];
    const beta = new Float64Array(SIZE).fill(Math.log(OPTIONS.alpha));
    let bounded = 0;
    let v_tm1 = 0;
    moments.forEach(({ x, c = 0, gamma = 0.9, start = false }, t) => {
      const v_t = x.reduce((sum, value, i) => sum + value * w[i]!, 0);
      const delta = c + gamma * v_t - v_tm1;
      v_tm1 = v_t;
      const waits = late && gamma > 0;
      if (!start) {
        const last = moments[t - 1]!.x;
        const u = last.map((value, i) => value - gamma * x[i]!);
        const before = beta.map(Math.exp);
        let M = 0;
        for (let i = 0; i < SIZE; i++) {
          const g = delta * u[i]! * h[i]!;
          const fade = (Math.exp(beta[i]!) * u[i]! * z[i]!) / OPTIONS.tau;
          eta[i] = Math.max(Math.abs(g), eta[i]! + fade * (Math.abs(delta * last[i]! * h[i]!) - eta[i]!));
          if (eta[i]! > 0) beta[i]! += (OPTIONS.theta * g) / eta[i]!;
          M += Math.exp(beta[i]!) * u[i]! * z[i]!;
        }
        if (M > 1) bounded++;
        for (let i = 0; i < SIZE; i++) {
          if (bound) beta[i]! -= Math.log(Math.max(M, 1));
          const alpha = waits ? before[i]! : Math.exp(beta[i]!);
          w[i]! += alpha * delta * z[i]!;
          h[i] = h[i]! * Math.max(0, 1 - alpha * u[i]! * z[i]!) + alpha * delta * z[i]!;
        }
      }
      for (let i = 0; i < SIZE; i++) z[i] = (start ? 0 : gamma * LAMBDA * z[i]!) + x[i]!;
    });
    return { w, bounded };
  }

  async function lived(kind: 'cell' | 'head', life: readonly Moment[] = moments): Promise<Float64Array> {
    const part = await loadPart('step-sizes', 'autostep-tidbd');
    const [weights, gradient, phi] = [new Float64Array(SIZE), new Float64Array(SIZE), new Float64Array(SIZE)];
    const group: WeightGroup = { name: kind, weights, gradient, ...(kind === 'head' ? { features: phi } : {}) };
    const rule = part.create(part.options.parse({ ...OPTIONS, lambda: LAMBDA }), createRng(0), { groups: [group] });
    let v_tm1 = 0;
    for (const { x, c = 0, gamma = 0.9, start = false } of life) {
      phi.set(x);
      if (start) rule.reset();
      const v_t = x.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      const credit = {
        delta: c + gamma * v_t - v_tm1,
        v_tm1,
        v_t,
        discount_t: start ? 0 : gamma,
        ratio: 1,
        supervised: false,
        combined: false,
      };
      if (!start) rule.apply(credit);
      gradient.set(x);
      rule.trace(credit);
      v_tm1 = v_t;
    }
    return weights;
  }

  it('a linear head has the numbers of the paper', async () => {
    const { w, bounded } = worked();
    expect(bounded).toBeGreaterThan(3); // the bound is met
    expectEqual(await lived('head'), w, 1e-11);
    expectDifferent(await lived('head'), worked({ bound: false }).w, 1e-2); // control
  });

  it('a learner drives it so', async () => {
    const learner = await linearLearner({ id: 'autostep-tidbd', ...OPTIONS, lambda: LAMBDA }, SIZE);
    live(learner, moments);
    expectEqual(Float64Array.from(get(learner, 'head.weights')), worked().w, 1e-11);
  });

  it('the weights of a cell learn their step sizes one step late', async () => {
    expectEqual(await lived('cell'), worked({ late: true }).w, 1e-11);
    expectDifferent(await lived('cell'), worked().w, 1e-4); // control: the head's
  });
});
