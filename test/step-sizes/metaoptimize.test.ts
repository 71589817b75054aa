/** MetaOptimize: what it does to one weight by hand, and where its step size goes. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { linearLearner, live } from '../support/linear-bed.ts';
import { oneWeight } from './by-hand.ts';

const moments = Array.from({ length: 60 }, (_, t) => ({
  delta: Math.sin(0.3 * t + 1),
  gradient: 1 + 0.5 * Math.cos(t),
}));

/** One weight, one block, base sgd. */
function byHand(sign: number): Float64Array {
  const [eta, keep] = [0.01, 0.99];
  let [w, z, h, beta, mean] = [1, 0, 0, Math.log(0.05), 0];
  return Float64Array.from(moments, ({ delta, gradient }) => {
    const meta = h * delta * z;
    beta += sign * eta * Math.sign(0.9 * mean + 0.1 * meta);
    mean = 0.99 * mean + 0.01 * meta;
    const change = Math.exp(beta) * delta * z;
    w += change;
    h = keep * h + change;
    z = 0.5 * 0.7 * z + gradient;
    return w;
  });
}

it('moves one weight as its equations say', async () => {
  const options = { alpha: 0.05, eta: 0.01, keep: 0.99, lambda: 0.7, base: 'sgd', blocks: 'groups' };
  const made = await oneWeight('metaoptimize', options, moments);
  const head = Float64Array.from(made, (weights) => weights[1]!);
  expectEqual(head, byHand(1), 1e-12);
  expectDifferent(head, byHand(-1), 1e-3); // control
});

it('one block adds up what its groups say, two do not', async () => {
  const split = await oneWeight('metaoptimize', { alpha: 0.05, blocks: 'groups' }, moments);
  const one = await oneWeight('metaoptimize', { alpha: 0.05, blocks: 'one' }, moments);
  expect(one).toEqual(split); // both weights live the same life, so the sign of the sum is that of each
});

describe.each(['sgd', 'adam'])('with base %s', (base) => {
  it('steps grow where errors keep their sign and shrink where they are noise', async () => {
    const after = async (drift: boolean): Promise<number> => {
      const rng = createRng('metaoptimize');
      const learner = await linearLearner(
        { id: 'metaoptimize', base, alpha: 0.01, eta: 0.003, keep: 0.99, lambda: 0 },
        1,
      );
      live(
        learner,
        Array.from({ length: 3000 }, (_, t) => ({
          x: [1],
          gamma: 0,
          c: drift ? t / 50 : rng.normal(),
          start: t === 0,
        })),
      );
      return Math.exp(betaOf(learner));
    };
    expect(await after(true)).toBeGreaterThan(0.03);
    expect(await after(false)).toBeLessThan(0.01);
  });
});

function betaOf(learner: Awaited<ReturnType<typeof linearLearner>>): number {
  const beta = new Float64Array(learner.arrays['rule.beta']!);
  learner.read('rule.beta', beta);
  return beta[0]!;
}
