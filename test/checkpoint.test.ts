/** Checkpoints, bit by bit; damaged and foreign ones are refused before anything is touched. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCheckpoint, restoreArrays, takeCheckpoint, writeCheckpoint } from '../src/checkpoint.ts';
import { named } from '../src/stateful.ts';
import { snapshot } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';
import { put, tempFolder } from './support/temp.ts';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const holder = (arrays: Record<string, Float64Array>) => named(arrays, () => undefined);

describe('a checkpoint', () => {
  it('brings every number back, to the bit', () => {
    const numbers = fc.float64Array({ maxLength: 20 });
    const property = fc.property(numbers, numbers, fc.jsonValue({ maxDepth: 2 }), fc.nat(), (a, b, state, step) => {
      writeCheckpoint(at('any.ckpt'), takeCheckpoint(step, holder({ a, b }), state));
      const back = readCheckpoint(at('any.ckpt'));
      expect(back.step).toBe(step);
      expect(JSON.stringify(back.state)).toBe(JSON.stringify(state));
      const bytes = (values: Float64Array): string =>
        Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
      expect([...back.arrays].map(([name, values]) => [name, bytes(values)])).toEqual([
        ['a', bytes(a)],
        ['b', bytes(b)],
      ]);
    });
    fc.assert(property);
  });

  it('carries a learner over into another one', async () => {
    const [a, b] = [await smallLearner(), await smallLearner({}, { seed: 1 })];
    for (let t = 0; t < 20; t++) a.step(stepOf([t, 1], 1, 0.9, { start: t === 0 }));
    writeCheckpoint(at('learner.ckpt'), takeCheckpoint(20, a, null));
    expect(snapshot(b)).not.toEqual(snapshot(a));
    restoreArrays(readCheckpoint(at('learner.ckpt')), b);
    expect(snapshot(b)).toEqual(snapshot(a));
  });

  it('is the same bytes for the same contents', () => {
    const make = (value: number): Buffer => {
      writeCheckpoint(at('same.ckpt'), takeCheckpoint(3, holder({ a: Float64Array.of(value) }), { x: [1] }));
      return readFileSync(at('same.ckpt'));
    };
    expect(make(2)).toEqual(make(2));
    expect(make(2)).not.toEqual(make(3));
  });
});

describe('a damaged file', () => {
  const path = at('damaged.ckpt');
  writeCheckpoint(path, takeCheckpoint(7, holder({ a: Float64Array.of(1, 2, 3) }), { some: 'state' }));
  const whole = readFileSync(path);
  const refused = (bytes: Uint8Array): void => {
    writeFileSync(path, bytes);
    expect(() => readCheckpoint(path)).toThrow(/^Cannot restore .*damaged\.ckpt: it is (damaged|not a checkpoint)/);
  };

  it('with any one bit flipped is refused', () => {
    const property = fc.property(fc.nat(whole.length - 1), fc.nat(7), (i, bit) => {
      const bytes = Buffer.from(whole);
      bytes[i]! ^= 1 << bit;
      refused(bytes);
    });
    fc.assert(property, { numRuns: 300 });
    writeFileSync(path, whole);
    expect(readCheckpoint(path).step).toBe(7);
  });

  it('cut off anywhere is refused', () => {
    fc.assert(fc.property(fc.nat(whole.length - 1), (length) => refused(whole.subarray(0, length))));
  });

  it('that is something else, or not there, is refused in one line', () => {
    put(folder, 'other.ckpt', 'agent-state checkpoint 2 0123\n');
    expect(() => readCheckpoint(at('other.ckpt'))).toThrow('it is not a checkpoint of this program');
    expect(() => readCheckpoint(at('none.ckpt'))).toThrow(/^Cannot restore .*none\.ckpt: there is no such file$/);
    expect(() => readCheckpoint(folder)).toThrow(/^Cannot restore .*: a folder stands where a file is needed$/);
  });
});

describe('a checkpoint of another structure', () => {
  const saved = takeCheckpoint(0, holder({ a: Float64Array.of(1, 2), b: Float64Array.of(3) }), null);
  const cases: [string, Record<string, Float64Array>, string][] = [
    [
      'a missing array',
      { a: new Float64Array(2), b: new Float64Array(1), c: new Float64Array(1) },
      'it has no array c',
    ],
    ['another length', { a: new Float64Array(5), b: new Float64Array(1) }, 'it holds 2 numbers in a, the agent 5'],
    ['one array more', { a: new Float64Array(2) }, 'it holds an array b that the agent lacks'],
  ];
  it.each(cases)('is refused for %s, and nothing is touched', (_, arrays, message) => {
    expect(() => restoreArrays(saved, holder(arrays), 'x.ckpt')).toThrow(
      `Cannot restore x.ckpt: ${message}; use the settings it was made with`,
    );
    expect(Object.values(arrays).every((values) => values.every((value) => value === 0))).toBe(true);
  });

  it('is not refused where it fits', () => {
    const into = { a: new Float64Array(2), b: new Float64Array(1) };
    restoreArrays(saved, holder(into));
    expect(into).toEqual({ a: Float64Array.of(1, 2), b: Float64Array.of(3) });
  });
});
