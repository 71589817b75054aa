/** Spaces of spaces, texts, batches and JSON: names, sizes, types of elements, and what is refused in one line. */
import { describe, expect, test } from 'vitest';
import { createRng } from '../rng.ts';
import {
  batchSpace,
  box,
  concatenate,
  createEmptyArray,
  dict,
  discrete,
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
import type { Space } from '../spaces.ts';
import { refuses } from './refuses.ts';

const rng = createRng(0);

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
