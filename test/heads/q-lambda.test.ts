import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import qLambda from '../../src/heads/q-lambda.ts';
import { act, assembleActor, memoryless } from '../support/acting.ts';
import { get } from '../support/arrays.ts';
import { corridor, exactValues, farthest, valuesOf } from '../support/corridor.ts';
import { stepOf } from '../support/learners.ts';

it('learns the values of the greedy policy while it explores half of the time', async () => {
  const over = memoryless({ id: 'q-lambda', from: 0.5, to: 0.5, cut: 'before' }, { alpha: 0.1, lambda: 0.8 });
  const { learner, parts } = await assembleActor(over, 2, { inputSize: 3 });
  act(learner, corridor, 20_000);
  expect(farthest(valuesOf(parts.head.weights), exactValues(0))).toBeLessThan(1e-6);
  expect(farthest(exactValues(0), exactValues(0.5))).toBeGreaterThan(0.3); // control: those of what it lives are others
});

describe('the eligibility after an action that is not greedy', () => {
  const [lambda, gamma] = [0.8, 0.9];
  const WEIGHTS = [1, 0.9, 0.8, 2, 2.1, 1.9]; // action 1 is the greedy one, in all three places

  /** Walks places 0 1 2 0 1 2 ... by a step size of 0; z as it is when each error is credited, with what was done. */
  async function walk(cut: string) {
    const over = memoryless({ id: 'q-lambda', from: 0.5, to: 0.5, cut }, { alpha: 0, lambda });
    const { learner, parts } = await assembleActor(over, 2, { inputSize: 3, seed: 3 });
    parts.head.weights.set(WEIGHTS);
    const seen: { place: number; action: number; z: number[] }[] = [];
    const x = (place: number): number[] => [0, 1, 2].map((i) => (i === place ? 1 : 0));
    for (let t = 0; t < 40; t++) {
      learner.step(stepOf(x(t % 3), 0, gamma, { start: t === 0 }));
      if (t > 0) seen[t - 1]!.z = get(learner, 'rule.z.head'); // the step's trace comes with the next error
      seen.push({ place: t % 3, action: learner.action, z: [] });
    }
    return seen.slice(0, -1);
  }

  /** The same by the definition. */
  function expected(walked: Awaited<ReturnType<typeof walk>>, cut: string): number[][] {
    let z = Array<number>(6).fill(0);
    return walked.map(({ place, action }, t) => {
      const explores = cut === 'before' ? action === 0 : walked[t - 1]?.action === 0;
      z = z.map((value) => (explores ? 0 : gamma * lambda * value));
      z[3 * action + place]! += 1;
      return z;
    });
  }

  it.each(['after', 'before'])('is cut: %s', async (cut) => {
    const walked = await walk(cut);
    const actions = walked.map(({ action }) => action);
    expect(actions).toContain(0);
    expect(actions).toContain(1);
    const z = walked.map((step) => step.z);
    const other = cut === 'after' ? 'before' : 'after';
    expect(z).toEqual(expected(walked, cut));
    expect(z).not.toEqual(expected(walked, other)); // control
  });
});

it('goes on cutting after it was saved: what it explored last is in its arrays', () => {
  const needs = { size: 1, outputs: 1, actions: { count: 2, space: 'Discrete(2)' } };
  const head = qLambda.create(qLambda.options.parse({}), createRng(0), needs);
  head.weights.set([0, 1]);
  const explored = (): boolean => {
    head.predict(Float64Array.of(1), new Float64Array(1));
    return head.control!.choose(createRng(0), Float64Array.of(0)) === 0;
  };
  const was = explored();
  expect(get(head, 'explored')).toEqual([0, was ? 1 : 0]);
  head.write('explored', Float64Array.of(0, 1));
  explored();
  expect(head.control!.carry[0]).toBe(0);
  head.write('explored', Float64Array.of(1, 0));
  explored();
  expect(head.control!.carry[0]).toBe(1);
});
