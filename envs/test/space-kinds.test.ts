/** Space by space: names, shapes, sizes, types of elements, and what is refused in one line. */
import { describe, expect, test } from 'vitest';
import { createRng } from '../rng.ts';
import {
  batchSpace,
  box,
  discrete,
  dtypes,
  flattenSpace,
  multiBinary,
  multiDiscrete,
  spaceFromJSON,
} from '../spaces.ts';
import type { DType } from '../spaces.ts';
import { promote } from '../spaces/dtype.ts';
import { refuses } from './refuses.ts';

const rng = createRng(0);

describe('Box with a dtype', () => {
  test('knows its bounds, its dtype and its name', () => {
    const space = box(-Infinity, 3, [2], 'int8');
    expect(space).toMatchObject({ dtype: 'int8', boundedBelow: [false, false], boundedAbove: [true, true] });
    expect([...space.low]).toEqual([-128, -128]); // of a signed integer without bound, as in Gymnasium
    expect([space.isBounded('below'), space.isBounded('above'), space.isBounded()]).toEqual([false, true, false]);
    expect(`${space} ${box(0, 1)}`).toBe('Box(-128, 3, [2], int8) Box(0, 1, [1])');
    expect(box(0, 1).dtype).toBe('float64');
    expect(box(0, 0.1, [1], 'float32').high[0]).toBe(Math.fround(0.1));
  });

  test('keeps the law of an open side through JSON, batches and flat spaces', () => {
    const space = box(-Infinity, 3, [2], 'int8');
    for (const copy of [spaceFromJSON(space.toJSON()), batchSpace(space, 2), flattenSpace(space)]) {
      expect(copy).toMatchObject({ boundedBelow: expect.arrayContaining([false]) as unknown });
      expect(copy).not.toMatchObject({ boundedBelow: expect.arrayContaining([true]) as unknown });
    }
  });

  refuses([
    ['a bound outside', () => box(0, 256, [1], 'uint8'), 'Cannot make a Box of uint8: high 256 is no uint8'],
    ['a bound between integers', () => box(0.5, 3, [1], 'int32'), 'low 0.5 is no int32'],
    ['infinity without a sign', () => box(0, Infinity, [1], 'uint16'), 'high must be finite, got Infinity'],
    ['an unknown dtype', () => box(0, 1, [1], 'int4' as DType), 'no dtype int4; known: float32, float64'],
    ['a mask', () => box(0, 1).sample(rng, { mask: [1] as never }), 'by mask: a Box takes none'],
    ['a flat form too long', () => box(0, 1).unflatten([0, 1]), 'Cannot unflatten 2 entries: Box(0, 1, [1]) has 1'],
  ]);
});

describe('dtypes', () => {
  test('are promoted as by numpy.result_type', () => {
    // numpy.result_type of every pair of these, in this order (numpy 2.4).
    const names: DType[] = ['bool', 'int8', 'uint8', 'int16', 'uint32', 'int64', 'float32', 'float64'];
    const table = [
      'bool int8 uint8 int16 uint32 int64 float32 float64',
      'int8 int8 int16 int16 int64 int64 float32 float64',
      'uint8 int16 uint8 int16 uint32 int64 float32 float64',
      'int16 int16 int16 int16 int64 int64 float32 float64',
      'uint32 int64 uint32 int64 uint32 int64 float64 float64',
      'int64 int64 int64 int64 int64 int64 float64 float64',
      'float32 float32 float32 float32 float64 float64 float32 float64',
      'float64 float64 float64 float64 float64 float64 float64 float64',
    ];
    expect(names.map((a) => names.map((b) => promote(a, b)).join(' '))).toEqual(table);
    expect(dtypes.length).toBe(10);
  });
});

describe('Discrete with a dtype', () => {
  test('has it in its name, int64 by default', () => {
    expect(`${discrete(3, 0, 'uint8')} ${discrete(3)}`).toBe('Discrete(3, dtype=uint8) Discrete(3)');
    expect(discrete(3).dtype).toBe('int64');
  });

  refuses([
    ['integers that do not fit', () => discrete(10, 250, 'uint8'), '250 to 259 do not fit uint8'],
    ['integers that are not exact', () => discrete(2, Number.MAX_SAFE_INTEGER), 'do not fit int64'],
    ['fractions', () => discrete(2, 0, 'float32'), 'its dtype must be of integers, got float32'],
    ['both ways at once', () => discrete(2).sample(rng, { mask: [1, 0], probability: [1, 0] }), 'give one of them'],
    ['a mask too short', () => discrete(2).sample(rng, { mask: [1] }), 'mask must hold 2 numbers, got [1]'],
    ['a mask of 2', () => discrete(2).sample(rng, { mask: [2, 0] }), 'entries of a mask are 0 or 1, got 2, 0'],
    ['a negative chance', () => discrete(2).sample(rng, { probability: [-1, 2] }), 'lie in [0, 1], got -1, 2'],
    ['chances of .5', () => discrete(2).sample(rng, { probability: [0.5, 0] }), 'must add up to 1, these make 0.5'],
    ['chances of NaN', () => discrete(2).sample(rng, { probability: [NaN, 1] }), 'lie in [0, 1]'],
    [
      'a one-hot vector without a one',
      () => discrete(2).unflatten([0, 0]),
      'Cannot unflatten 2 zeros into Discrete(2)',
    ],
  ]);
});

describe('MultiDiscrete', () => {
  test('knows its shape, its size, its name and its parts', () => {
    const space = multiDiscrete([[2, 3], [4, 5]], { start: 1 }); // prettier-ignore
    expect(space).toMatchObject({ kind: 'multi-discrete', shape: [2, 2], size: 14, dtype: 'int32' });
    expect(`${space}`).toBe('MultiDiscrete([[2, 3], [4, 5]], start=[[1, 1], [1, 1]])');
    expect(`${space.at(1)} ${multiDiscrete([4, 5]).at(1)}`).toBe(
      'MultiDiscrete([4, 5], start=[1, 1]) Discrete(5, dtype=int32)',
    );
    expect(space.sample(rng)).toBeInstanceOf(Int32Array);
  });

  refuses([
    ['a count of 0', () => multiDiscrete([2, 0]), 'counts must be positive integers, got 0'],
    ['no counts', () => multiDiscrete([]), 'positive integer, got [0]'],
    ['ragged counts', () => multiDiscrete([[1], [1, 2]]), 'every row as long as the others'],
    ['starts of another shape', () => multiDiscrete([2, 2], { start: [1] }), 'nvec is [2], start [1]'],
    ['more than 32 bits', () => multiDiscrete([2], { start: 2 ** 31 - 1 }), 'do not fit int32'],
    [
      'a dtype that needs more',
      () => multiDiscrete([2], { dtype: 'uint32' }),
      'one of int8, int16, int32, uint8, uint16',
    ],
    ['a part beyond', () => multiDiscrete([2]).at(1), 'Cannot take part 1 of MultiDiscrete([2]): it has 1'],
    ['flat masks', () => multiDiscrete([2, 3]).sample(rng, { mask: [1, 0, 1, 1, 1] }), 'nested like the space'],
    ['two ones', () => multiDiscrete([2, 3]).unflatten([0, 1, 1, 1, 0]), 'entries 2 and 3 are both set'],
    ['no one', () => multiDiscrete([2, 3]).unflatten([0, 1, 0, 0, 0]), 'entries 2 to 4 are all 0'],
    [
      'an element of another space',
      () => multiDiscrete([2]).flatten(Int32Array.of(2), new Float64Array(2)),
      'flatten 2 into 2',
    ],
  ]);
});

describe('MultiBinary', () => {
  test('knows its shape, its size and its name', () => {
    expect(multiBinary([2, 3])).toMatchObject({ kind: 'multi-binary', shape: [2, 3], size: 6, dtype: 'int8' });
    expect(`${multiBinary(4)} ${multiBinary([4])} ${multiBinary([2, 3])}`).toBe(
      'MultiBinary(4) MultiBinary(4) MultiBinary([2, 3])',
    );
    expect(multiBinary(4).sample(rng)).toBeInstanceOf(Int8Array);
  });

  refuses([
    ['no entries', () => multiBinary(0), 'positive integer, got [0]'],
    ['a mask of 3', () => multiBinary(1).sample(rng, { mask: [3] }), 'entries of a mask are 0 or 1 or 2, got 3'],
    ['a chance of 2', () => multiBinary(1).sample(rng, { probability: [2] }), 'lie in [0, 1], got 2'],
  ]);
});
