/** Metatrace: h is dw/dbeta with bootstraps that move, and beta follows the gradient that h and zb stand for. */
import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { get } from '../support/arrays.ts';
import { linearLearner, live, type Moment, randomLife } from '../support/linear-bed.ts';

const metatrace = (over: object = {}) => ({ id: 'metatrace', ...over });
const moments = randomLife('metatrace', 4, 300, { episode: 60 });
const array = (values: readonly number[]) => Float64Array.from(values);

async function weightsAt(beta: number, life: readonly Moment[]): Promise<Float64Array> {
  const learner = await linearLearner(metatrace({ alpha: Math.exp(beta), mu: 0, lambda: 0.8 }), 4);
  live(learner, life);
  return array(get(learner, 'head.weights'));
}

it('h is dw/dbeta, bootstraps included, through episodes', async () => {
  const [beta, e] = [Math.log(0.02), 1e-5];
  // One more step, of no error's consequence: h follows the weights by a step.
  const learner = await linearLearner(metatrace({ alpha: 0.02, mu: 0, lambda: 0.8 }), 4);
  live(learner, moments);
  const [up, down] = [await weightsAt(beta + e, moments), await weightsAt(beta - e, moments)];
  const slope = up.map((value, i) => (value - down[i]!) / (2 * e));
  expectEqual(array(get(learner, 'rule.h.head')), slope, 1e-7);
  const other = await linearLearner(metatrace({ alpha: 0.02, mu: 0, lambda: 0.7 }), 4);
  live(other, moments);
  expectDifferent(array(get(other, 'rule.h.head')), slope, 1e-2); // control
});

describe('the step size', () => {
  /** Predicts a mean from one constant feature: noise asks for small steps, a mean that jumps for large ones. */
  const mean = (jumps: boolean): Moment[] =>
    randomLife('mean', 1, 20_000).map(({ c = 0 }, t) => ({
      x: [1],
      gamma: 0,
      c: jumps ? Math.sign(Math.sin(t / 40)) + 0.1 * c : c,
      start: t === 0,
    }));

  it.each([false, true])(
    'grows where the world moves, shrinks where it is noise (normalised %s)',
    async (normalised) => {
      const after = async (jumps: boolean): Promise<number> => {
        const learner = await linearLearner(
          metatrace({ alpha: 0.1, mu: normalised ? 1e-3 : 3e-4, lambda: 0, normalised }),
          1,
        );
        live(learner, mean(jumps));
        const into = new Float64Array(1);
        learner.rule.stepSizes('head', into);
        return into[0]!;
      };
      expect(await after(true)).toBeGreaterThan(0.15);
      expect(await after(false)).toBeLessThan(0.09);
    },
  );
});

it('normalised, a step never overshoots: after each error alpha |g|^2 of its own gradient is at most 1', async () => {
  const rates = async (normalised: boolean): Promise<number> => {
    const learner = await linearLearner(metatrace({ alpha: 1, mu: 0.01, normalised, lambda: 0 }), 4);
    let worst = 0;
    let last: readonly number[] | null = null;
    for (const moment of moments.slice(0, 20)) {
      live(learner, [moment]);
      const square = last === null ? 0 : last.reduce((sum, x) => sum + x * x, 0);
      if (!moment.start) worst = Math.max(worst, Math.exp(get(learner, 'rule.beta')[0]!) * square);
      last = moment.x;
    }
    return worst;
  };
  expect(await rates(true)).toBeLessThanOrEqual(1 + 1e-12);
  expect(await rates(true)).toBeGreaterThan(0.9);
  expect(await rates(false)).toBeGreaterThan(2); // control
});
