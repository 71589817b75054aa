/** True online TD(lambda) against the online lambda-return algorithm, recomputed from scratch at every horizon. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/registry.ts';
import type { Credit, WeightGroup } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { carry, get } from '../support/arrays.ts';
import { linearLearner, live, type Moment, randomLife, type RuleChoice } from '../support/linear-bed.ts';

const SIZE = 5;
const HORIZONS = 60;
const ALPHA = 0.05;
const LAMBDA = 0.8;
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);

/** An episode of random features, with discounts that vary. */
const episode = randomLife('episode', SIZE, HORIZONS + 1).map((moment, t) => ({
  ...moment,
  gamma: [0.9, 0.5, 1, 0][t % 17 === 16 ? 3 : t % 3]!,
}));

/**
 * Weights of the online lambda-return algorithm at horizons 0, 1, ... (Sutton & Barto 2018, section 12.4): at each of them
 * all updates anew, from the first weights on, with returns cut at the horizon. Bootstraps are those of then.
 */
function onlineLambdaReturn(moments: readonly Moment[], alpha: number, lambda: number): Float64Array[] {
  const weights = [new Float64Array(SIZE)];
  const v: number[] = []; // v[t] with the weights of horizon t - 1, as predicted at t
  for (let h = 1; h < moments.length; h++) {
    v[h] = dot(weights[h - 1]!, moments[h]!.x);
    const w = new Float64Array(SIZE);
    for (let k = 0; k < h; k++) {
      let G = v[h]!; // from the horizon back: G_j = c + gamma ((1 - lambda) v + lambda G)
      for (let j = h; j > k; j--) {
        const { c = 0, gamma = 0.9 } = moments[j]!;
        G = c + gamma * (j === h ? v[h]! : (1 - lambda) * v[j]! + lambda * G);
      }
      const error = G - dot(w, moments[k]!.x);
      for (let i = 0; i < SIZE; i++) w[i]! += alpha * error * moments[k]!.x[i]!;
    }
    weights.push(w);
  }
  return weights;
}

async function weightsOf(rule: RuleChoice, moments: readonly Moment[]): Promise<Float64Array[]> {
  const learner = await linearLearner(rule, SIZE);
  return moments.map((moment) => {
    live(learner, [moment]);
    return Float64Array.from(get(learner, 'head.weights'));
  });
}

it.each([0, LAMBDA, 1])(
  'has the weights of the online lambda-return at each of 60 horizons, lambda %d',
  async (lambda) => {
    const seen = await weightsOf({ id: 'true-online-td', alpha: ALPHA, lambda }, episode);
    const expected = onlineLambdaReturn(episode, ALPHA, lambda);
    expect(seen).toHaveLength(HORIZONS + 1);
    for (let h = 1; h <= HORIZONS; h++) expectEqual(seen[h]!, expected[h]!, 1e-12);
  },
);

it('which accumulating and dutch traces have not, nor true online TD of another lambda', async () => {
  const expected = onlineLambdaReturn(episode, ALPHA, LAMBDA).at(-1)!;
  for (const rule of [
    { id: 'td-lambda', alpha: ALPHA, lambda: LAMBDA },
    { id: 'td-lambda', alpha: ALPHA, lambda: LAMBDA, trace: 'dutch' },
    { id: 'true-online-td', alpha: ALPHA, lambda: 0.79 },
  ]) {
    expectDifferent((await weightsOf(rule, episode)).at(-1)!, expected, 1e-4);
  }
});

it('begins every episode anew', async () => {
  const moments = randomLife('episodes', SIZE, 40, { episode: 20 });
  const rule = { id: 'true-online-td', alpha: ALPHA, lambda: LAMBDA };
  const [whole, second, control] = [
    await linearLearner(rule, SIZE),
    await linearLearner(rule, SIZE),
    await linearLearner(rule, SIZE),
  ];
  live(whole, moments.slice(0, 20));
  second.write('head.weights', Float64Array.from(get(whole, 'head.weights')));
  carry(whole, control);
  live(control, [{ ...moments[20]!, start: false }, ...moments.slice(21)]);
  for (const one of [whole, second]) live(one, moments.slice(20));
  expect(get(whole, 'head.weights')).toEqual(get(second, 'head.weights'));
  expect(get(control, 'head.weights')).not.toEqual(get(whole, 'head.weights'));
});

it('is least mean squares on targets', async () => {
  const rng = createRng('targets');
  const [one, other] = [
    await linearLearner({ id: 'true-online-td', alpha: ALPHA, lambda: LAMBDA }, SIZE),
    await linearLearner({ id: 'td-lambda', alpha: ALPHA, lambda: 0 }, SIZE),
  ];
  for (let t = 0; t < 50; t++) {
    const observation = Float64Array.from({ length: SIZE }, () => rng.normal());
    const step = {
      observation,
      cumulant: new Float64Array(1),
      discount: Float64Array.of(0.9),
      target: Float64Array.of(rng.normal()),
      start: t === 0,
    };
    for (const learner of [one, other]) learner.step(step);
  }
  const weights = Float64Array.from(get(one, 'head.weights'));
  expectEqual(weights, Float64Array.from(get(other, 'head.weights')), 1e-14);
});

describe('over cell and head together', () => {
  /** The same linear problem, its weights in one group or in two. */
  async function lived(parts: readonly number[], headAlpha: number | null = null): Promise<Float64Array> {
    const part = await loadPart('step-sizes', 'true-online-td');
    const names = parts.length === 1 ? (['head'] as const) : (['cell', 'head'] as const);
    const groups = names.map((name, g): WeightGroup => {
      return { name, weights: new Float64Array(parts[g]!), gradient: new Float64Array(parts[g]!) };
    });
    const options = part.options.parse({ alpha: ALPHA, lambda: LAMBDA, headAlpha });
    const rule = part.create(options, createRng(0), { groups });
    const all = () => groups.flatMap(({ weights }) => [...weights]);
    let v_tm1 = 0;
    for (const { x, c = 0, gamma = 0.9, start } of episode) {
      const v_t = dot(all(), x);
      const delta = start ? 0 : c + gamma * v_t - v_tm1;
      const discount_t = start ? 0 : gamma;
      const credit: Credit = { delta, v_tm1, v_t, discount_t, ratio: 1, supervised: false, combined: false };
      if (!start) rule.apply(credit);
      let from = 0;
      for (const { gradient } of groups) {
        gradient.set(x.slice(from, from + gradient.length));
        from += gradient.length;
      }
      rule.trace(credit);
      v_tm1 = v_t;
    }
    return Float64Array.from(all());
  }

  it('its sums run over both', async () => {
    expectEqual(await lived([2, 3]), await lived([5]), 1e-13);
    expectEqual(await lived([5]), onlineLambdaReturn(episode, ALPHA, LAMBDA).at(-1)!, 1e-12);
  });

  it('two step sizes are one on features scaled by their roots', async () => {
    const different = await lived([2, 3], 4 * ALPHA);
    const scaled = episode.map((moment) => ({ ...moment, x: moment.x.map((value, i) => (i < 2 ? value : 2 * value)) }));
    const expected = onlineLambdaReturn(scaled, ALPHA, LAMBDA).at(-1)!;
    expectEqual(
      different,
      expected.map((w, i) => (i < 2 ? w : 2 * w)),
      1e-12,
    );
    expectDifferent(different, await lived([2, 3]), 1e-2); // control
  });
});
