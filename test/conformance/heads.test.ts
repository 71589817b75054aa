/** What every file of src/heads/ must keep: both of its gradients are those of what it predicts. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/registry.ts';
import type { Head } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { carry } from '../support/arrays.ts';

const SIZE = 4;
const ACTIONS = { count: 3, space: 'Discrete(3)' };
/** A head that acts answers one question: what its actions earn. */
const acting = await Promise.all(listParts('heads').map(async (id) => (await loadPart('heads', id)).acts === true));
const sizes = (id: string, i: number): number[] => (acting[i] ? [1] : id === 'softmax' ? [2, 3] : [1, 3]);
const cases = listParts('heads').flatMap((id, i) => sizes(id, i).map((outputs) => ({ id, outputs })));
const targets = new Set(['softmax']);
const actors = listParts('heads').filter((_, i) => acting[i]);

async function create(id: string, outputs: number, options: object = {}): Promise<Head> {
  const part = await loadPart('heads', id);
  return part.create(part.options.parse(options), createRng('head'), { size: SIZE, outputs, actions: ACTIONS });
}

const random = (seed: string, size: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: size }, () => rng.normal());
};

function predict(head: Head, phi: Float64Array): Float64Array {
  const v = new Float64Array(head.outputs).fill(NaN);
  head.predict(phi, v);
  return v;
}

/** Central differences of v_k with respect to `values`, in place. */
function slope(values: Float64Array, v: () => number): Float64Array {
  const h = 1e-6;
  return values.map((value, i) => {
    values[i] = value + h;
    const up = v();
    values[i] = value - h;
    const down = v();
    values[i] = value;
    return (up - down) / (2 * h);
  });
}

describe.each(cases)('head $id with $outputs outputs', ({ id, outputs }) => {
  const questions = Array.from({ length: outputs }, (_, k) => k);

  if (targets.has(id))
    it('has the gradients of its loss, to its features and to its weights', async () => {
      const head = await create(id, outputs);
      head.weights.set(random('weights', head.weights.length));
      const phi = random('phi', SIZE);
      const target = new Float64Array(outputs);
      target[outputs - 1] = 1;
      const errors = new Float64Array(outputs);
      head.error!(target, predict(head, phi), errors);
      const [dPhi, dWeights] = [new Float64Array(SIZE), new Float64Array(head.weights.length)];
      for (const k of questions) {
        const [one, weights] = [new Float64Array(SIZE), new Float64Array(head.weights.length)];
        head.gradient(k, one);
        head.weightGradient(k, phi, weights);
        one.forEach((value, i) => (dPhi[i]! -= errors[k]! * value));
        weights.forEach((value, i) => (dWeights[i]! -= errors[k]! * value));
      }
      const loss = (): number => head.loss!(target, predict(head, phi));
      expectEqual(dPhi, slope(phi, loss), 1e-7);
      expectEqual(dWeights, slope(head.weights, loss), 1e-7);
      target.reverse();
      expectDifferent(dWeights, slope(head.weights, loss), 1e-3);
    });

  it.each(id === 'mlp' ? [{}, { activation: 'relu' }] : [{}])(
    'adds up all outputs as one by one: %o',
    async (options) => {
      const head = await create(id, outputs, options);
      if (!head.descend) return;
      head.weights.set(random('weights', head.weights.length));
      const [phi, errors] = [random('phi', SIZE), random('errors', outputs)];
      predict(head, phi);
      const [dPhi, dWeights] = [random('dPhi', SIZE), random('dWeights', head.weights.length)]; // added to
      const [all, allWeights] = [dPhi.slice(), dWeights.slice()];
      head.descend(errors, phi, all, allWeights);
      for (const k of questions) {
        const [one, weights] = [new Float64Array(SIZE), new Float64Array(head.weights.length)];
        head.gradient(k, one);
        head.weightGradient(k, phi, weights);
        one.forEach((value, i) => (dPhi[i]! += errors[k]! * value));
        weights.forEach((value, i) => (dWeights[i]! += errors[k]! * value));
      }
      expectEqual(all, dPhi, 1e-12);
      expectEqual(allWeights, dWeights, 1e-12);
      head.descend(errors, phi, all, allWeights);
      expectDifferent(allWeights, dWeights, 1e-3);
    },
  );

  it('has an error of its own only where its predictions are not what it differentiates', async () => {
    expect((await create(id, outputs)).error !== undefined).toBe(targets.has(id));
  });

  if (!targets.has(id))
    it('has the gradients of its predictions, to its features and to its weights', async () => {
      const head = await create(id, outputs);
      head.weights.set(random('weights', head.weights.length));
      const phi = random('phi', SIZE);
      for (const k of questions) {
        const dPhi = new Float64Array(SIZE).fill(7); // overwritten, not added to
        predict(head, phi); // gradients are those of the latest prediction
        head.gradient(k, dPhi);
        const numeric = slope(phi, () => predict(head, phi)[k]!);
        expectEqual(dPhi, numeric, 1e-7);
        const dWeights = new Float64Array(head.weights.length);
        predict(head, phi);
        head.weightGradient(k, phi, dWeights);
        const numericWeights = slope(head.weights, () => predict(head, phi)[k]!);
        expectEqual(dWeights, numericWeights, 1e-7);
        expectDifferent(
          dWeights.map((value) => 1.01 * value),
          numericWeights,
          1e-3,
        );
      }
    });

  it('adds its weight gradient to what is there', async () => {
    const head = await create(id, outputs);
    const phi = random('phi', SIZE);
    const once = new Float64Array(head.weights.length);
    head.weightGradient(outputs - 1, phi, once);
    const added = new Float64Array(head.weights.length).fill(1);
    head.weightGradient(outputs - 1, phi, added);
    added.forEach((value, i) => expect(value).toBeCloseTo(1 + once[i]!, 12));
  });

  it('predicts alike after its arrays were carried over, and keeps them through a reset', async () => {
    const [a, b] = [await create(id, outputs), await create(id, outputs)];
    a.weights.set(random('weights', a.weights.length));
    const phi = random('phi', SIZE);
    expect(predict(b, phi)).not.toEqual(predict(a, phi));
    carry(a, b);
    b.reset();
    expect(predict(b, phi)).toEqual(predict(a, phi));
  });
});

describe.each(actors)('head %s, which acts,', (id) => {
  const needs = { size: SIZE, outputs: 1, actions: ACTIONS };
  const createWith = async (over: object) => {
    const part = await loadPart('heads', id);
    return part.create(part.options.parse({}), createRng('head'), { ...needs, ...over });
  };

  it('chooses among the actions of a Discrete space and says so elsewhere', async () => {
    const { control } = await createWith({});
    expect(control!.actions).toBe(ACTIONS.count);
    const box = { actions: { count: null, space: 'Box(-1, 1, [1])' } };
    await expect(createWith(box)).rejects.toThrow(
      `Cannot choose actions of Box(-1, 1, [1]) with ${id}: it takes those of a Discrete space`,
    );
    await expect(createWith({ actions: undefined })).rejects.toThrow('no environment is named');
    await expect(createWith({ outputs: 3 })).rejects.toThrow('Cannot answer 3 questions');
  });

  it('tries every action where it has learned nothing, by the stream that it is given', async () => {
    const { predict: see, control } = await createWith({});
    const choices = (seed: string): number[] => {
      const rng = createRng(seed);
      return Array.from({ length: 60 }, () => {
        see(random('phi', SIZE), new Float64Array(1));
        return control!.choose(rng, Float64Array.of(0));
      });
    };
    expect(new Set(choices('a'))).toEqual(new Set([0, 1, 2]));
    expect(choices('a')).toEqual(choices('a'));
    expect(choices('b')).not.toEqual(choices('a'));
  });
});
