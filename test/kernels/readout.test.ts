/** Which readouts compile, and where their outputs lie. */
import { describe, expect, it } from 'vitest';
import { readoutPlaces } from '../../src/kernels/readout.ts';
import { createLearnerOn } from '../../src/paths.ts';
import { partsOf } from '../support/kernel-learners.ts';

const UNITS = 3;

/** The path that an LRU takes whose heads read these state entries instead of its own readout. */
async function chosen(entries: readonly number[]) {
  const parts = await partsOf({ cell: ['lru', { units: UNITS }], estimator: ['columnar'] });
  const readout = Int32Array.from(entries);
  return createLearnerOn({ ...parts, cell: { ...parts.cell, readout } }, {}).chosen;
}

describe('a readout', () => {
  it('of all components, one behind the other, compiles', async () => {
    expect((await chosen([0, 2, 4, 1, 3, 5])).path).toBe('compiled');
  });

  it.each([
    [[0, 1, 2, 3, 4, 5], 'heads that read some of the units, or components side by side, have no kernel'],
    [[1, 3, 5, 0, 2, 4], 'heads that read some of the units, or components side by side, have no kernel'],
    [[1, 3], 'heads that read some of the units, or components side by side, have no kernel'],
    [[0, 2, 4], 'heads that read the first of two components have no kernel'],
  ])('of %j does not, and says why', async (entries, why) => {
    expect(await chosen(entries)).toMatchObject({ path: 'reference', reason: why });
  });
});

describe('outputs lie', () => {
  const entries = (units: number, of: (unit: number) => number) => Array.from({ length: units }, (_, u) => of(u));
  const places = (readout: readonly number[], units: number, components: number) => {
    const { at, ...rest } = readoutPlaces({ readout: Int32Array.from(readout), units, components }, 4);
    return { ...rest, at: readout.map((_, i) => at(i)) };
  };

  it('component by component, each padded to whole vectors', () => {
    const both = [...entries(5, (u) => 2 * u), ...entries(5, (u) => 2 * u + 1)];
    const at = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12];
    expect(places(both, 5, 2)).toEqual({ components: 2, length: 5, stride: 8, at });
  });

  it('one behind the other where heads read one component, or any entries', () => {
    const second = entries(5, (u) => 2 * u + 1);
    expect(places(second, 5, 2)).toEqual({ components: 1, length: 5, stride: 8, at: [0, 1, 2, 3, 4] });
    expect(places([4, 2], 5, 1)).toEqual({ components: 1, length: 2, stride: 4, at: [0, 1] });
    expect(places([], 0, 1)).toEqual({ components: 1, length: 0, stride: 0, at: [] });
  });
});
