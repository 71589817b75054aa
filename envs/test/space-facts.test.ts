/** What Gymnasium says of its spaces (golden/spaces.json), said by ours. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import {
  batchSpace,
  concatenate,
  createEmptyArray,
  flatdim,
  flatten,
  flattenSpace,
  isFlattenable,
  iterate,
  sameSpace,
  spaceFromJSON,
  unflatten,
} from '../spaces.ts';
import { readGolden } from './golden.ts';
import { decode, describeSpace, plain } from './space-values.ts';

interface Facts {
  readonly space: unknown;
  readonly elements: readonly unknown[];
  readonly others: readonly unknown[];
  readonly contains: readonly boolean[];
  readonly isFlattenable: boolean;
  readonly flatdim: number | 'error';
  readonly flat: readonly unknown[];
  readonly unflat: readonly unknown[];
  readonly flatSpace: unknown;
  readonly jsonable: unknown;
  readonly batchSpace: unknown;
  readonly batch: unknown;
  readonly rows: unknown;
  readonly empty: unknown;
}

const golden = readGolden<{
  facts: readonly Facts[];
  made: readonly (readonly [json: unknown, made: true | 'error'])[];
  alike: { others: readonly unknown[]; rows: readonly string[] };
}>('spaces');

describe.each(golden.facts.map((facts) => [String(spaceFromJSON(facts.space)), facts] as const))('%s', (_, facts) => {
  const space = spaceFromJSON(facts.space);
  const elements = facts.elements.map(decode);

  test('contains what Gymnasium says it contains, and nothing else', () => {
    expect(elements.map((x) => space.contains(x))).toEqual(elements.map(() => true));
    expect(facts.others.map((other) => space.contains(decode(other)))).toEqual(facts.contains);
  });

  test('has the flat size, the flat space and the flat forms of Gymnasium, and the way back', () => {
    expect(isFlattenable(space)).toBe(facts.isFlattenable);
    if (facts.flatdim === 'error') expect(() => flatdim(space)).toThrow(EnvError);
    else expect(flatdim(space)).toBe(facts.flatdim);
    expect(space.size).toBe(facts.isFlattenable ? facts.flatdim : 0);
    expect(describeSpace(flattenSpace(space))).toEqual(facts.flatSpace);
    const flat = elements.map((x) => flatten(space, x));
    expect(flat.map(plain)).toEqual(facts.flat);
    expect(flat.every((x) => flattenSpace(space).contains(x))).toBe(true);
    expect(flat.map((x) => plain(unflatten(space, x)))).toEqual(facts.unflat);
    expect(flat.map((x) => unflatten(space, x))).toEqual(elements);
  });

  test('writes the JSON that Gymnasium writes, and reads it', () => {
    const json = space.toJsonable(elements);
    if (facts.jsonable !== 'lossy') expect(json).toEqual(facts.jsonable);
    expect(space.fromJsonable(JSON.parse(JSON.stringify(json)))).toEqual(elements);
  });

  test('is batched as by Gymnasium', () => {
    const room = createEmptyArray(space, elements.length);
    const batch = concatenate(space, elements, room);
    const batched = batchSpace(space, elements.length);
    // A batch of Discrete has 32 bits here.
    const expected = JSON.stringify(facts.batchSpace).replaceAll('"int64"', '"int32"');
    expect(JSON.stringify(describeSpace(batchSpace(space, 3)))).toBe(expected);
    expect(plain(batch)).toEqual(facts.batch);
    expect(batched.contains(batch)).toBe(true);
    const rows = [...iterate(batched, batch)];
    // A row of a Box without a shape is a number in Gymnasium, an array of one here.
    const isScalar = space.kind === 'box' && space.shape.length === 0;
    expect(isScalar ? rows.flatMap((row) => plain(row)) : rows.map(plain)).toEqual(facts.rows);
    expect(rows).toEqual(elements);
    expect(plain(createEmptyArray(space, 2))).toEqual(facts.empty);
  });
});

test.each(golden.made.map(([json, made]) => [JSON.stringify(json), json, made] as const))(
  '%s makes a space where Gymnasium makes one',
  (_, json, made) => {
    if (made === true) expect(spaceFromJSON(json).toString()).not.toBe('');
    else expect(() => spaceFromJSON(json)).toThrow(EnvError);
  },
);

test('spaces are equal where those of Gymnasium are', () => {
  const all = [...golden.facts.map((facts) => facts.space), ...golden.alike.others];
  const [a, b] = [all.map(spaceFromJSON), all.map(spaceFromJSON)];
  const rows = a.map((x) => b.map((y) => (sameSpace(x, y) ? '1' : '0')).join(''));
  expect(rows).toEqual(golden.alike.rows);
  expect(rows.join('').replaceAll('0', '').length).toBeGreaterThan(all.length); // more than each with itself
});
