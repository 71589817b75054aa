/** What holds of every space, tried on random ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../rng.ts';
import {
  batchSpace,
  box,
  concatenate,
  createEmptyArray,
  dict,
  discrete,
  flatten,
  flattenSpace,
  graph,
  iterate,
  multiBinary,
  multiDiscrete,
  oneOf,
  sameSpace,
  sequence,
  spaceFromJSON,
  text,
  tuple,
  unflatten,
} from '../spaces.ts';
import type { DType, Element, Space } from '../spaces.ts';
import { spaceProblem } from '../check/space-problem.ts';

type Any = Space<Element>;

const side = fc.integer({ min: 1, max: 3 });
const shape = fc.array(side, { minLength: 1, maxLength: 3 });
const bound = fc.integer({ min: -9, max: 9 });
const dtype = fc.constantFrom<DType>('float32', 'float64', 'int8', 'int16', 'int32', 'int64');

const boxes: fc.Arbitrary<Any> = fc
  .tuple(bound, bound, fc.boolean(), fc.boolean(), shape, dtype)
  .map(([a, b, isOpenBelow, isOpenAbove, sides, type]) =>
    box(isOpenBelow ? -Infinity : Math.min(a, b), isOpenAbove ? Infinity : Math.max(a, b), sides, type),
  );
const unsigned: fc.Arbitrary<Any> = fc
  .tuple(fc.nat(200), fc.nat(50), shape, fc.constantFrom<DType>('uint8', 'uint16', 'uint32'))
  .map(([low, more, sides, type]) => box(low, low + more, sides, type));
const flags: fc.Arbitrary<Any> = shape.map((sides) => box(0, 1, sides, 'bool'));
const discretes: fc.Arbitrary<Any> = fc.tuple(side, bound).map(([n, start]) => discrete(n, start));
const multiDiscretes: fc.Arbitrary<Any> = fc
  .array(fc.tuple(side, bound), { minLength: 1, maxLength: 4 })
  .map((entries) =>
    multiDiscrete(
      entries.map(([n]) => n),
      { start: entries.map(([, start]) => start) },
    ),
  );
const grids: fc.Arbitrary<Any> = fc.tuple(side, side, side).map(([rows, columns, n]) => {
  return multiDiscrete(Array.from({ length: rows }, (_, i) => new Array<number>(columns).fill(n + i)));
});
const binaries: fc.Arbitrary<Any> = shape.map(multiBinary);
const texts: fc.Arbitrary<Any> = fc
  .tuple(fc.nat(2), side, fc.constantFrom('ab', 'z', 'aé€😀'))
  .map(([minLength, more, charset]) => text(minLength + more, { minLength, charset }));
const flat = [boxes, unsigned, flags, discretes, multiDiscretes, grids, binaries, texts] as const;

/** Spaces up to three levels deep; with those that have no flat form, or without. */
const { flattenable, any } = fc.letrec<{ flattenable: Any; any: Any }>((tie) => {
  const list = (part: fc.Arbitrary<Any>): fc.Arbitrary<Any[]> => fc.array(part, { minLength: 1, maxLength: 3 });
  const composites = (part: fc.Arbitrary<Any>): fc.Arbitrary<Any>[] => [
    list(part).map((parts) => tuple(parts) as Any),
    list(part).map((parts) => oneOf(parts) as Any),
    fc.dictionary(fc.constantFrom('b', 'a', '10', '9', '__proto__'), part, { minKeys: 1 }).map((parts) => dict(parts)),
    list(part).map((parts) => dict(parts.map((space, i) => [`k${parts.length - i}`, space] as const)) as Any),
  ];
  const open = (part: fc.Arbitrary<Any>): fc.Arbitrary<Any>[] => [
    fc.tuple(part, fc.boolean()).map(([space, stack]) => sequence(space, { stack })),
    fc.tuple(part, fc.option(part)).map(([nodes, edges]) => graph(nodes, edges)),
  ];
  const depth = { maxDepth: 2, depthIdentifier: 'space' };
  return {
    flattenable: fc.oneof(depth, ...flat, ...composites(tie('flattenable'))),
    any: fc.oneof(depth, ...flat, ...open(tie('any')), ...composites(tie('any'))),
  };
});

const spaceAndSeed = fc.tuple(any, fc.nat());
const check = (property: (space: Any, seed: number) => void, of = spaceAndSeed): void => {
  const holds = ([space, seed]: [Any, number]): void => property(space, seed);
  fc.assert(
    fc.property(of, (drawn) => {
      holds(drawn);
    }),
    { numRuns: 300 },
  );
};
const draw = (space: Any, seed: number, count = 3): Element[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => space.sample(rng));
};

describe('every space', () => {
  test('contains its samples, and finds nothing wrong with itself', () => {
    check((space, seed) => {
      expect(draw(space, seed).every((x) => space.contains(x))).toBe(true);
      expect(spaceProblem('space', space)).toBe(null);
    });
  });

  test('contains neither junk nor its samples spoilt', () => {
    const junk = [undefined, null, NaN, true, Symbol('x'), () => 1, new Date(), new Map(), new Float32Array(2), {}];
    check((space, seed) => {
      for (const x of junk) expect(space.contains(x), String(x)).toBe(false);
      expect(space.contains([draw(space, seed)[0], undefined])).toBe(false);
    });
  });

  test('draws the same from the same seed', () => {
    check((space, seed) => expect(draw(space, seed)).toEqual(draw(space, seed)));
  });

  test('comes back from JSON the same, with the same samples', () => {
    check((space, seed) => {
      const copy = spaceFromJSON(JSON.parse(JSON.stringify(space)));
      expect(sameSpace(space, copy) && sameSpace(copy, space)).toBe(true);
      expect(copy.toString()).toBe(space.toString());
      expect(JSON.stringify(copy)).toBe(JSON.stringify(space));
      expect(draw(copy, seed)).toEqual(draw(space, seed));
    });
  });

  test('equals no space of another description', () => {
    const pair = fc.tuple(any, any);
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const isSame = sameSpace(a, b);
        expect(sameSpace(b, a)).toBe(isSame);
        if (JSON.stringify(a) === JSON.stringify(b)) expect(isSame).toBe(true);
        if (a.kind !== b.kind) expect(isSame).toBe(false);
      }),
    );
  });

  test('writes samples as JSON and reads them back', () => {
    check((space, seed) => {
      const samples = draw(space, seed);
      const json: unknown = JSON.parse(JSON.stringify(space.toJsonable(samples)));
      expect(space.fromJsonable(json)).toEqual(samples);
      expect(space.fromJsonable(json)).not.toEqual(samples.slice(1));
    });
  });

  test('has flat forms that lie in the flat space and lead back', () => {
    check(
      (space, seed) => {
        for (const x of draw(space, seed)) {
          expect(flattenSpace(space).contains(flatten(space, x))).toBe(true);
          expect(unflatten(space, flatten(space, x))).toEqual(x);
        }
      },
      fc.tuple(flattenable, fc.nat()),
    );
  });

  test('writes its flat form into an array of its size, every entry, and into no other', () => {
    check(
      (space, seed) => {
        const [x] = draw(space, seed) as [Element];
        const out = new Float64Array(space.size).fill(NaN);
        space.flatten(x, out);
        expect(out).toEqual(flatten(space, x));
        expect(() => space.flatten(x, new Float64Array(space.size + 1))).toThrow('Cannot flatten');
        expect(() => space.unflatten(new Float64Array(space.size + 1))).toThrow('Cannot unflatten');
      },
      fc.tuple(flattenable, fc.nat()),
    );
  });

  test('without one flat array is flattened as far as it goes, and back', () => {
    const nodes = tuple([text(2), discrete(3)]);
    for (const space of [
      sequence(nodes),
      sequence(nodes, { stack: true }),
      graph(nodes, multiDiscrete([2, 3])),
      tuple([sequence(discrete(2)), box(0, 1)]),
      dict({ b: discrete(2), a: sequence(sequence(box(0, 1), { stack: true })) }),
      sequence(graph(box(0, 1, [2]), discrete(2))),
    ] as Any[]) {
      for (const x of draw(space, 4)) {
        expect(flattenSpace(space).contains(flatten(space, x))).toBe(true);
        expect(unflatten(space, flatten(space, x))).toEqual(x);
      }
      expect(() => space.flatten(draw(space, 1)[0]!, new Float64Array(space.size))).toThrow('its length varies');
    }
  });

  test('is batched into a space that holds n of its elements, which come out again', () => {
    check((space, seed) => {
      const samples = draw(space, seed, 4);
      const batch = concatenate(space, samples, createEmptyArray(space, 4));
      const batched = batchSpace(space, 4);
      expect(batched.contains(batch)).toBe(true);
      expect([...iterate(batched, batch)]).toEqual(samples);
      const rows = [...iterate(batched, batched.sample(createRng(seed)))];
      expect(rows.length === 4 && rows.every((row) => space.contains(row))).toBe(true);
      expect(batchSpace(space, 3).contains(batch)).toBe(false);
    });
  });
});

describe('masks', () => {
  test('are kept, whatever they are', () => {
    const masks = fc.array(fc.array(fc.nat(1), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(masks, fc.nat(), (mask, seed) => {
        const rng = createRng(seed);
        const space = multiDiscrete(mask.map((row) => row.length));
        const part = tuple([discrete(mask[0]!.length, 3), space, box(0, 1)]);
        const isLawful = (x: number, row: readonly number[]): boolean =>
          row[x] === 1 || (x === 0 && row.every((bit) => bit === 0));
        const [first, all] = part.sample(rng, { mask: [mask[0], mask, null] });
        expect(isLawful(first - 3, mask[0]!)).toBe(true);
        expect(mask.every((row, i) => isLawful((all as Int32Array)[i]!, row))).toBe(true);
      }),
    );
  });

  test('of probability 0 are never drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), fc.nat(), (weights, seed) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const probability = weights.map((w) => w / sum);
        expect(weights[discrete(weights.length).sample(createRng(seed), { probability })]).toBeGreaterThan(0);
      }),
    );
  });
});
