/** Spaces of more entries than a call takes arguments. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { box, flattenSpace, oneOf, spaceFromJSON, tuple } from '../spaces.ts';
import { DiscretizeAction } from '../gymnasium.ts';
import { Steered } from './wrappers.ts';

const many = 200_000;

describe('a space of very many entries', () => {
  test('is a Box like others', () => {
    const high = new Float64Array(many).fill(1);
    high[7] = 3;
    const big = box(new Float64Array(many), high);
    expect(String(big)).toBe(`Box(0, 1..3, [${many}])`);
    expect(big.contains(big.sample(createRng(1)))).toBe(true);
    expect(spaceFromJSON(JSON.parse(JSON.stringify(big))).equals(big)).toBe(true);
    expect(big.equals(box(0, 1, [many]))).toBe(false);
  });

  test('is flattened, alone, among others, and as one of several', () => {
    for (const space of [box(0, 1, [many]), tuple([box(0, 1, [many])]), oneOf([box(0, 1, [many])])]) {
      const flat = flattenSpace(space);
      expect((flat as { size: number }).size).toBe(space.size);
    }
  });

  test('is what catch shows on a big board', async () => {
    const env = await makeEnv('catch', { rows: 400, columns: 400 });
    expect(env.observationSpace.size).toBe(160_000);
    expect(env.reset()[0]).toHaveLength(160_000);
  });
});

test('very many bins have a nearest', () => {
  const env = new DiscretizeAction(new Steered(), { bins: [many, 1], multidiscrete: true });
  expect(env.revertAction(Float64Array.of(3, 0))).toEqual(Int32Array.of(many - 1, 0));
  expect(env.revertAction(Float64Array.of(-1, 0))).toEqual(Int32Array.of(0, 0));
});
