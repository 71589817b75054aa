/** Space by space: names, shapes, sizes, types of elements, and what is refused in one line. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { createRng } from '../rng.ts';
import {
  batchSpace,
  box,
  concatenate,
  createEmptyArray,
  dict,
  discrete,
  dtypes,
  flatdim,
  flattenSpace,
  graph,
  iterate,
  multiBinary,
  multiDiscrete,
  oneOf,
  sequence,
  spaceFromJSON,
  text,
  tuple,
} from '../spaces.ts';
import type { DType, Space } from '../spaces.ts';
import { promote } from '../spaces/dtype.ts';

const rng = createRng(0);

/** Every row must throw an EnvError of one line that contains the words. */
function refuses(rows: readonly (readonly [name: string, act: () => unknown, words: string])[]): void {
  test.each(rows)('refuses %s in one line', (_, act, words) => {
    expect(act).toThrow(EnvError);
    expect(act).toThrow(words);
    expect(act).not.toThrow('\n');
  });
}

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

describe('Tuple and Dict', () => {
  test('know their parts, and give elements their types', () => {
    const pair = tuple([discrete(2), box(0, 1, [2])]);
    const [choice, point]: [number, Float64Array] = pair.sample(rng);
    expect(choice + point.length).toBeGreaterThanOrEqual(2);
    const scene = dict({ place: box(0, 1, [2]), colour: discrete(3), word: text(2) });
    const seen: { place: Float64Array; colour: number; word: string } = scene.sample(rng);
    expect(Object.keys(seen)).toEqual(['colour', 'place', 'word']);
    expect(scene.spaces.colour).toMatchObject({ n: 3 });
    expect(`${pair} ${dict({ b: pair, a: discrete(1) })}`).toBe(
      'Tuple(Discrete(2), Box(0, 1, [2])) Dict(a: Discrete(1), b: Tuple(Discrete(2), Box(0, 1, [2])))',
    );
    expect([pair.size, scene.size, pair.shape, pair.dtype]).toEqual([4, 7, [], null]);
  });

  test('of a plain object sorts its keys, of pairs and of a Map keeps their order', () => {
    const [a, b] = [discrete(2), discrete(3)];
    expect(dict({ b, a }).keys).toEqual(['a', 'b']);
    expect(dict([['b', b], ['a', a]]).keys).toEqual(['b', 'a']); // prettier-ignore
    expect(dict(new Map([['b', b], ['a', a]])).keys).toEqual(['b', 'a']); // prettier-ignore
    const out = new Float64Array(5);
    dict([['b', b], ['a', a]]).flatten({ a: 0, b: 2 }, out); // prettier-ignore
    expect([...out]).toEqual([0, 0, 1, 1, 0]);
  });

  test('have no flat form where a part has none', () => {
    const space = tuple([discrete(2), sequence(discrete(2))]);
    expect([space.isFlattenable, space.size, dict({ space }).isFlattenable]).toEqual([false, 0, false]);
    expect(() => flatdim(space)).toThrow('Cannot give the flat size of Tuple(Discrete(2), Sequence(');
  });

  const few = tuple([discrete(2)]);
  const named = dict({ a: discrete(2) });
  refuses([
    ['a key given twice', () => dict([['a', few], ['a', few]]), 'key "a" is given twice'], // prettier-ignore
    ['a mask per part too many', () => few.sample(rng, { mask: [null, null] }), 'mask must be a list of 1'],
    ['a mask without its key', () => named.sample(rng, { mask: {} as never }), 'mask must have the keys a'],
    ['an element too short', () => few.flatten([] as never, new Float64Array(2)), 'Cannot flatten into 2 entries'],
    ['an element without its key', () => named.flatten({} as never, new Float64Array(2)), 'has the keys a'],
    ['columns of another number', () => few.fromJsonable([[1], [1]]), 'it has 1 columns, these are 2'],
    ['columns of another length', () => tuple([discrete(2), discrete(2)]).fromJsonable([[1], []]), 'different length'],
    ['columns without a key', () => named.fromJsonable({}), 'a column is needed for each of its keys'],
    ['to be flat without parts', () => flattenSpace(tuple([])), 'Cannot flatten Tuple(): it has no parts'],
  ]);
});

describe('Text', () => {
  test('knows its characters, sorted where they are a set, and its name', () => {
    const set = text(3, { charset: new Set('zyx') });
    expect(set.characters).toEqual(['x', 'y', 'z']);
    expect(text(3, { charset: 'zyxz' }).characters).toEqual(['z', 'y', 'x']);
    expect(`${set}`).toBe('Text(1, 3, charset=xyz)');
    expect(text(5).characters.join('')).toMatch(/^0123456789ABC.*Zabc.*z$/);
    expect([set.size, set.shape, set.dtype, set.minLength]).toEqual([3, [], null, 1]);
  });

  test('counts characters, not the halves of which some consist', () => {
    const faces = text(2, { charset: '🙂🙃' });
    expect([faces.characters.length, faces.contains('🙂🙃'), faces.contains('🙂🙃🙂')]).toEqual([2, true, false]);
  });

  refuses([
    ['lengths upside down', () => text(1, { minLength: 2 }), '0 <= minLength <= maxLength, got 2 and 1'],
    ['a length of 1.5', () => text(1.5), 'got 1 and 1.5'],
    ['no characters', () => text(1, { charset: '' }), 'single characters, got none'],
    ['two characters in one', () => text(1, { charset: new Set(['ab']) }), 'single characters, got "ab"'],
    [
      'a mask that leaves nothing',
      () => text(1, { charset: 'a' }).sample(rng, { mask: [1, [0]] }),
      'allows no character',
    ],
    ['a length outside', () => text(1).sample(rng, { mask: [2, null] }), 'the length asked for is 2'],
    ['a text of others', () => text(1).flatten('?', new Float64Array(1)), 'Cannot flatten "?" into 1 entries'],
  ]);
});

describe('Sequence and Graph', () => {
  test('have no flat form, and elements of any length', () => {
    const spaces: Space<unknown>[] = [sequence(box(0, 1)), sequence(box(0, 1), { stack: true }), graph(box(0, 1))];
    for (const space of spaces) expect([space.isFlattenable, space.size, space.shape]).toEqual([false, 0, []]);
    expect(spaces.join(' ')).toBe(
      'Sequence(Box(0, 1, [1]), stack=false) Sequence(Box(0, 1, [1]), stack=true) Graph(Box(0, 1, [1]), null)',
    );
    const stacked = sequence(box(0, 1, [2]), { stack: true }).sample(rng, { mask: [3, null] });
    expect(stacked).toBeInstanceOf(Float64Array);
    expect(stacked).toHaveLength(6);
    const none = sequence(box(0, 1, [2]), { stack: true }).sample(rng, { mask: [0, null] });
    expect(none).toEqual(new Float64Array(0)); // Gymnasium cannot stack nothing
  });

  test('draw ten nodes and fewer than ninety edges where nothing else is asked', () => {
    const space = graph(box(0, 1, [2]), discrete(3));
    for (let i = 0; i < 50; i++) {
      const { nodes, edges, edgeLinks } = space.sample(rng);
      expect(nodes).toHaveLength(20);
      const count = (edges as Int32Array | null)?.length ?? 0;
      expect(count).toBeLessThan(90);
      expect(edgeLinks?.length ?? 0).toBe(2 * count);
    }
  });

  refuses([
    ['a negative length', () => sequence(discrete(2)).sample(rng, { mask: [-1, null] }), 'must be an integer >= 0'],
    ['no lengths', () => sequence(discrete(2)).sample(rng, { mask: [[], null] }), 'or a list of them'],
    ['no nodes', () => graph(discrete(2)).sample(rng, { numNodes: 0 }), 'numNodes must be an integer >= 1, got 0'],
    ['half an edge', () => graph(discrete(2)).sample(rng, { numEdges: 0.5 }), 'numEdges must be an integer >= 0'],
    ['one flat array', () => sequence(discrete(2)).unflatten([1]), 'Cannot unflatten one array into Sequence('],
    [
      'edges without their space',
      () => graph(discrete(2)).fromJsonable([{ nodes: [[0]], edges: [[0]] }]),
      'no edge space',
    ],
  ]);
});

describe('OneOf', () => {
  test('knows its size and its name, and pads with the first entry', () => {
    const space = oneOf([discrete(2), box(0, 9, [3])]);
    expect([space.size, `${space}`]).toEqual([4, 'OneOf(Discrete(2), Box(0, 9, [3]))']);
    const out = new Float64Array(4);
    space.flatten([0, 0], out);
    expect([...out]).toEqual([0, 1, 0, 1]);
  });

  test('carries Tuples and Dicts through JSON whole, where Gymnasium keeps their first column', () => {
    const space = oneOf([tuple([discrete(2), discrete(3)]), dict({ a: discrete(2), b: discrete(2) })]);
    const samples = [
      [0, [1, 2]],
      [1, { a: 1, b: 0 }],
    ] as never[];
    expect(space.fromJsonable(JSON.parse(JSON.stringify(space.toJsonable(samples))))).toEqual(samples);
  });

  refuses([
    ['no spaces', () => oneOf([]), 'Cannot make a OneOf space of no spaces'],
    ['an index beyond', () => oneOf([discrete(2)]).unflatten([1, 0, 1]), 'it has no space 1'],
    ['an index beyond in JSON', () => oneOf([discrete(2)]).fromJsonable([[1, 0]]), 'it has no space 1'],
  ]);
});

describe('batches', () => {
  test('of MultiDiscrete and MultiBinary have one more side', () => {
    expect(`${batchSpace(multiDiscrete([2, 3]), 2)}`).toBe('MultiDiscrete([[2, 3], [2, 3]])');
    expect(`${batchSpace(multiBinary(3), 2)} ${batchSpace(discrete(2, 1), 2)}`).toBe(
      'MultiBinary([2, 3]) MultiDiscrete([2, 2], start=[1, 1])',
    );
  });

  const custom = { ...discrete(2), kind: 'coin', isFlattenable: true };
  test('of a kind of your own are tuples', () => {
    expect(batchSpace(custom, 2).contains([0, 1])).toBe(true);
    expect(createEmptyArray(custom, 2)).toBe(null);
    expect(concatenate(custom, [0, 1], null)).toEqual([0, 1]);
  });

  refuses([
    ['none', () => batchSpace(discrete(2), 0), 'Cannot make a batch of 0'],
    ['a single number', () => [...iterate(discrete(2), 1)], 'Cannot iterate over Discrete(2)'],
    ['half a row', () => [...iterate(box(0, 1, [2, 2]), new Float64Array(3))], 'Cannot iterate over Box'],
    ['room too small', () => concatenate(box(0, 1), [new Float64Array(1)], new Float64Array(2)), 'rows of 1 must fill'],
    ['a kind of your own, flat', () => flattenSpace(custom), "its kind is none of this package's"],
  ]);
});

describe('JSON', () => {
  refuses([
    ['no object', () => spaceFromJSON(3), 'Cannot make a space from JSON: 3 is no object'],
    ['an unknown kind', () => spaceFromJSON({ kind: 'toString' }), 'kind is "toString"; known: box, discrete'],
    ['a field too few', () => spaceFromJSON({ kind: 'discrete', n: 3 }), 'has the fields n, start, dtype, this one n'],
    ['a word for a number', () => discrete(2).fromJsonable(['one']), 'Cannot read "one" from JSON: a number is needed'],
    ['a number for a list', () => spaceFromJSON({ kind: 'tuple', spaces: 3 }), '3 is no list'],
  ]);

  test('carries infinity and minus zero', () => {
    const space = box(-Infinity, Infinity, [3]);
    const x = Float64Array.of(-0, Infinity, -Infinity);
    expect(space.fromJsonable(JSON.parse(JSON.stringify(space.toJsonable([x]))))).toEqual([x]);
  });
});
