/** What every file of src/features/ must keep: its pull is the transpose of its step's Jacobian at fixed statistics. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/registry.ts';
import type { Features } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { carry, snapshot } from '../support/arrays.ts';

const [OUTPUT, OBSERVATION] = [4, 3];
const MORE: Readonly<Record<string, readonly object[]>> = {
  normalised: [{ rate: null }, { rate: null, bias: false, observation: true }],
};
const cases = listParts('features').flatMap((id) =>
  [{}, { observation: true }, { bias: false, observation: true }, ...(MORE[id] ?? [])].map((options) => ({
    id,
    options,
  })),
);

async function create(id: string, options: object): Promise<Features> {
  const part = await loadPart('features', id);
  return part.create(part.options.parse(options), createRng(0), { outputSize: OUTPUT, observationSize: OBSERVATION });
}

const random = (seed: string, size: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: size }, () => 2 * rng.normal() + 1);
};

/** phi of one step. */
function features(of: Features, output: Float64Array, x: Float64Array, learn: boolean): Float64Array {
  const phi = new Float64Array(of.size).fill(NaN); // every entry must be written
  of.step(output, x, phi, learn);
  return phi;
}

function live(of: Features, steps: number, seed: string): Float64Array[] {
  return Array.from({ length: steps }, (_, t) =>
    features(of, random(`${seed}/${t}`, OUTPUT), random(`${seed}/x${t}`, OBSERVATION), true),
  );
}

describe.each(cases)('features $id with $options', ({ id, options }) => {
  it('pulls by the transpose of the Jacobian', async () => {
    const of = await create(id, options);
    live(of, 50, 'past');
    const [output, x, dPhi] = [random('output', OUTPUT), random('x', OBSERVATION), random('dPhi', of.size)];
    features(of, output, x, false);
    const pulled = new Float64Array(OUTPUT).fill(7); // overwritten, not added to
    of.pull(dPhi, pulled);
    const h = 1e-6;
    const numeric = Float64Array.from({ length: OUTPUT }, (_, i) => {
      const at = (shift: number): number => {
        const moved = Float64Array.from(output, (value, j) => (j === i ? value + shift : value));
        return features(of, moved, x, false).reduce((sum, phi, j) => sum + phi * dPhi[j]!, 0);
      };
      return (at(h) - at(-h)) / (2 * h);
    });
    expectEqual(pulled, numeric, 1e-7);
    expectDifferent(
      pulled,
      numeric.map((value) => 1.01 * value),
      1e-3,
    );
  });

  it('has as many entries as it says, all of them written', async () => {
    const of = await create(id, options);
    const [phi] = live(of, 1, 'past');
    expect(phi!.every(Number.isFinite)).toBe(true);
    const { bias = true, observation = false } = options as { bias?: boolean; observation?: boolean };
    expect(of.size).toBe(OUTPUT + (observation ? OBSERVATION : 0) + (bias ? 1 : 0));
    if (bias) expect(phi!.at(-1)).toBe(1);
    if (observation)
      expect([...phi!.subarray(OUTPUT, OUTPUT + OBSERVATION)]).toEqual([...random('past/x0', OBSERVATION)]);
  });

  it('learns nothing when told not to', async () => {
    const of = await create(id, options);
    live(of, 20, 'past');
    const before = snapshot(of);
    const [output, x] = [random('output', OUTPUT), random('x', OBSERVATION)];
    expect(features(of, output, x, false)).toEqual(features(of, output, x, false));
    expect(snapshot(of)).toEqual(before);
  });

  it('continues bit by bit from arrays that were saved, and keeps them through a reset', async () => {
    const [a, b] = [await create(id, options), await create(id, options)];
    live(a, 30, 'past');
    carry(a, b);
    expect(live(b, 5, 'future')).toEqual(live(a, 5, 'future'));
    const before = snapshot(a);
    a.reset();
    expect(snapshot(a)).toEqual(before);
    const fresh = await create(id, options);
    if (Object.keys(a.arrays).length > 0) expect(live(fresh, 5, 'future')).not.toEqual(live(a, 5, 'future'));
  });
});
