/** The gradients of the policy against finite differences, and what the whole learns from rewards. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { Slope } from '../../src/control.ts';
import actorCritic from '../../src/heads/actor-critic.ts';
import { createLearner } from '../../src/learner.ts';
import type { Head } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { act, assembleActor, memoryless, type World } from '../support/acting.ts';

const SIZE = 4;
const [n, critic, actor, entropy, temperature] = [3, 0.7, 1.3, 0.2, 0.6];

function createHead(): { head: Head; phi: Float64Array; action: number } {
  const rng = createRng('head');
  const needs = { size: SIZE, outputs: 1, actions: { count: n, space: 'Discrete(3)' } };
  const head = actorCritic.create({ critic, actor, entropy, temperature }, rng, needs);
  head.weights.forEach((_, i) => (head.weights[i] = rng.normal()));
  const phi = Float64Array.from({ length: SIZE }, () => rng.normal());
  head.predict(phi, new Float64Array(1));
  return { head, phi, action: head.control!.choose(rng, new Float64Array(1)) };
}

/** By the definition, from the weights alone. */
function policy({ weights }: Head, phi: Float64Array): { v: number; logPi: number[] } {
  const rows = Array.from({ length: 1 + n }, (_, r) => phi.reduce((sum, x, i) => sum + x * weights[r * SIZE + i]!, 0));
  const h = rows.slice(1).map((value) => value / temperature);
  const total = h.reduce((sum, value) => sum + Math.exp(value), 0);
  return { v: rows[0]!, logPi: h.map((value) => value - Math.log(total)) };
}

function slopeOf(values: Float64Array, f: () => number): Float64Array {
  const e = 1e-6;
  return values.map((value, i) => {
    values[i] = value + e;
    const up = f();
    values[i] = value - e;
    const down = f();
    values[i] = value;
    return (up - down) / (2 * e);
  });
}

describe.each(['U = critic v + actor log pi(a)', 'B = actor entropy H'])('the gradient of %s', (name) => {
  const isScore = name.startsWith('U');
  const f = (head: Head, phi: Float64Array, action: number): number => {
    const { v, logPi } = policy(head, phi);
    if (isScore) return critic * v + actor * logPi[action]!;
    return -actor * entropy * logPi.reduce((sum, l) => sum + Math.exp(l) * l, 0);
  };
  const slope = ({ control }: Head): Slope => (isScore ? control!.score : control!.bonus!);

  it('is that of finite differences, to features and weights, and with the wrong sign it is not', () => {
    const { head, phi, action } = createHead();
    const dPhi = new Float64Array(SIZE).fill(7);
    slope(head).gradient(dPhi);
    const toPhi = slopeOf(phi, () => f(head, phi, action));
    expectEqual(dPhi, toPhi, 1e-7);
    const dWeights = new Float64Array(head.weights.length);
    slope(head).weightGradient(phi, dWeights);
    const toWeights = slopeOf(head.weights, () => f(head, phi, action));
    expectEqual(dWeights, toWeights, 1e-7);
    for (const [a, reference] of [[dPhi, toPhi] as const, [dWeights, toWeights] as const]) {
      expectDifferent(
        a.map((value) => -value),
        reference,
        1,
      );
    }
  });
});

it('draws every action with the probability of the softmax', () => {
  const { head, phi } = createHead();
  const rng = createRng('draws');
  const counts = new Float64Array(n);
  const draws = 20_000;
  for (let i = 0; i < draws; i++) counts[head.control!.choose(rng, new Float64Array(1))]!++;
  policy(head, phi).logPi.forEach((l, a) => {
    const p = Math.exp(l);
    expect(Math.abs(counts[a]! / draws - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / draws));
  });
});

it('stays finite where one action is all but certain, and tells preferences that are not numbers', () => {
  const { head, phi } = createHead();
  head.weights.set(
    phi.map((x) => 3000 * x),
    SIZE,
  );
  const v = new Float64Array(1);
  head.predict(phi, v);
  expect(head.control!.choose(createRng(0), new Float64Array(1))).toBe(0);
  const gradient = new Float64Array(head.weights.length);
  head.control!.score.weightGradient(phi, gradient);
  head.control!.bonus!.weightGradient(phi, gradient);
  expect(gradient.every(Number.isFinite)).toBe(true);
  head.weights[SIZE] = Infinity;
  head.predict(phi, v);
  expect(v[0]).toBeNaN(); // the learner stops at a prediction that is none
});

describe('on a bandit of two arms', () => {
  /** One place, gamma = 0: arm 1 pays .5 more in the mean than arm 0. */
  const bandit: World = {
    places: 1,
    discount: 0,
    move: (_place, action, rng) => ({ reward: 0.5 * action + 0.5 * rng.normal(), next: 0 }),
  };

  /** Share of the better arm among the last 1,000 of 5,000 pulls. */
  async function share(turn: (head: Head) => Head = (head) => head, seed = 0): Promise<number> {
    const { parts } = await assembleActor(memoryless({ id: 'actor-critic' }), 2, { inputSize: 1, seed });
    const learner = createLearner({ ...parts, head: turn(parts.head) });
    const pulls: number[] = [];
    act(learner, bandit, 5000, (_place, action) => pulls.push(action));
    return pulls.slice(-1000).reduce((sum, action) => sum + action, 0) / 1000;
  }

  it.each([0, 1, 2])('it pulls the better one (seed %i)', async (seed) => {
    expect(await share(undefined, seed)).toBeGreaterThan(0.95);
  });

  it('and with the policy gradient of the wrong sign the worse one', async () => {
    const wrong = (head: Head): Head => {
      const { control } = head;
      const own = new Float64Array(head.weights.length);
      const score: Slope = {
        ...control!.score,
        weightGradient(phi, out) {
          control!.score.weightGradient(phi, own.fill(0));
          own.forEach((value, i) => (out[i]! += i < phi.length ? value : -value)); // the critic's as they are
        },
      };
      return { ...head, control: { ...control!, score } };
    };
    expect(await share(wrong)).toBeLessThan(0.1);
  });
});
