/** Where numbers lie in a frame; without Python. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Layout } from '../../python/layout.ts';
import type { Wire } from '../../python/protocol.ts';
import { createRng } from '../../rng.ts';
import {
  box,
  dict,
  type DType,
  discrete,
  type Element,
  flatten,
  multiBinary,
  multiDiscrete,
  type Space,
  tuple,
} from '../../spaces.ts';
import { plain } from '../space-values.ts';

/** A space of numbers, and what its leaves travel as. */
interface Carried {
  readonly space: Space<Element>;
  readonly wires: readonly Wire[];
}
const of = (space: Space<unknown>, ...wires: Wire[]): Carried => ({ space: space as Space<Element>, wires });
const boxes: [DType, Wire][] = [
  ['float32', 'float32'],
  ['float64', 'float64'],
  ['uint8', 'uint8'],
  ['int16', 'int16'],
  ['int64', 'float64'],
  ['bool', 'uint8'],
];
const side = fc.integer({ min: 1, max: 4 });
const leaf: fc.Arbitrary<Carried> = fc.oneof(
  fc.tuple(fc.constantFrom(...boxes), side).map(([[dtype, wire], n]) => of(box(0, 1, [n, 2], dtype), wire)),
  fc.tuple(side, fc.integer({ min: -9, max: 9 })).map(([n, start]) => of(discrete(n, start), 'float64')),
  fc.array(side, { minLength: 1, maxLength: 4 }).map((nvec) => of(multiDiscrete(nvec, { start: -1 }), 'int32')),
  side.map((n) => of(multiBinary([n, 3]), 'int8')),
);
const { any } = fc.letrec<{ any: Carried }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.tuple(fc.boolean(), fc.array(tie('any'), { minLength: 1, maxLength: 3 })).map(([isDict, parts]) => {
      const spaces = parts.map(({ space }) => space);
      const whole = isDict ? dict(spaces.map((space, i) => [`${9 - i}`, space] as const)) : tuple(spaces);
      return of(whole, ...parts.flatMap(({ wires }) => wires));
    }),
  ),
}));
const layoutOf = ({ space, wires }: Carried, at = 8): Layout => {
  const layout = new Layout(space, wires);
  return layout.over(new ArrayBuffer(at + layout.bytes), at);
};

describe('Layout', () => {
  test('what is written is read again, and its flat form is that of the space', () => {
    fc.assert(
      fc.property(any, fc.integer(), (carried, seed) => {
        const layout = layoutOf(carried);
        const x = carried.space.sample(createRng(seed));
        expect(layout.write(x)).toBe(true);
        expect(plain(layout.read())).toEqual(plain(x));
        expect(carried.space.contains(layout.read())).toBe(true);
        const flat = new Float64Array(carried.space.size).fill(NaN);
        layout.readFlat(flat);
        expect(flat).toEqual(flatten(carried.space, x));
      }),
    );
  });

  test('lies as on paper: every leaf from a multiple of 8 bytes on', () => {
    const carried = of(
      tuple([box(0, 9, [3], 'uint8'), discrete(5), dict({ a: multiBinary(2), b: box(0, 1, [1], 'float32') })]),
      'uint8',
      'float64',
      'int8',
      'float32',
    );
    const layout = new Layout(carried.space, carried.wires);
    const memory = new ArrayBuffer(layout.bytes);
    layout.over(memory, 0).write([Float64Array.of(7, 8, 9), 2, { a: Int8Array.of(1, 0), b: Float64Array.of(0.5) }]);
    const bytes = [7, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 63];
    expect([...new Uint8Array(memory)]).toEqual(bytes);
    expect(layout.entries).toBe(7);
  });

  test('copies stand leaf by leaf on their way, and copy by copy in rows', () => {
    const space = tuple([discrete(9), box(0, 9, [2], 'uint8')]) as Space<Element>;
    const layout = new Layout(space, ['float64', 'uint8'], 2);
    const memory = new ArrayBuffer(layout.bytes);
    layout.over(memory, 0).writeRows([1, 2, 3, 4, 5, 6]);
    expect([...new Float64Array(memory, 0, 2), ...new Uint8Array(memory, 16)]).toEqual([1, 4, 2, 3, 5, 6]);
    expect([...layout.readRows()]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('real numbers may leave their bounds, whole ones may not, and nothing may be missing', () => {
    const carried = of(dict({ a: box(0, 1, [2]), b: box(0, 1, [1], 'int8') }), 'float64', 'int8');
    const layout = layoutOf(carried);
    const [a, b] = [Float64Array.of(0.5, 99), Float64Array.of(1)];
    expect(layout.write({ a, b })).toBe(true);
    for (const wrong of [{ a, b: Float64Array.of(2) }, { a }, { a, b, c: 1 }, { a: b, b }, [a, b], null, 'a', a]) {
      expect(layout.write(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });

  test('a value outside its Discrete space has no flat form', () => {
    const layout = new Layout(discrete(3, 5) as unknown as Space<Element>, ['float64']);
    const memory = new Float64Array(1);
    const flat = new Float64Array(3);
    for (const wrong of [4, 8, NaN, -1]) {
      memory[0] = wrong;
      expect(() => layout.over(memory.buffer, 0).readFlat(flat)).toThrow('is not in Discrete(3, start=5)');
    }
    memory[0] = 7;
    layout.readFlat(flat);
    expect(flat).toEqual(Float64Array.of(0, 0, 1));
  });

  test('reading the flat form leaves nothing on the heap', () => {
    const layout = layoutOf(
      of(tuple([box(0, 1, [50]), discrete(9), multiDiscrete([2, 3])]), 'float64', 'float64', 'int32'),
    );
    layout.write([new Float64Array(50), 3, Int32Array.of(1, 2)]);
    const flat = new Float64Array(64);
    const read = (): void => {
      for (let t = 0; t < 100_000; t++) layout.readFlat(flat);
    };
    read();
    const before = process.memoryUsage().heapUsed;
    read();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_000_000); // an object a step would be 5 MB or more
    expect(flat[53]).toBe(1);
  });
});
