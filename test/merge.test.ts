import { expect, it } from 'vitest';
import { merge } from '../src/merge.ts';

it('objects merge key by key, everything else is replaced', () => {
  const base = { a: { b: 1, c: { d: 2 } }, list: [1, 2], kept: 'x', gone: { y: 1 } };
  const over = { a: { c: { e: 3 } }, list: [9], gone: null };
  expect(merge(base, over)).toEqual({ a: { b: 1, c: { d: 2, e: 3 } }, list: [9], kept: 'x', gone: null });
});

it('another part drops the options of the old one, the same part keeps them', () => {
  const base = { cell: { id: 'tanh', units: 3 } };
  expect(merge(base, { cell: { id: 'gru' } })).toEqual({ cell: { id: 'gru' } });
  expect(merge(base, { cell: { id: 'gru', units: 5 } })).toEqual({ cell: { id: 'gru', units: 5 } });
  expect(merge(base, { cell: { id: 'tanh', gain: 2 } })).toEqual({ cell: { id: 'tanh', units: 3, gain: 2 } });
  expect(merge(base, { cell: { units: 5 } })).toEqual({ cell: { id: 'tanh', units: 5 } });
});

it('places of a list merge into the list', () => {
  const base = {
    layers: [
      { id: 'gru', units: 3 },
      { id: 'lstm', units: 2 },
    ],
    isi: [4, 6],
  };
  const layers = [
    { id: 'gru', units: 3 },
    { id: 'lstm', units: 9 },
  ];
  expect(merge(base, { layers: { 1: { units: 9 } } })).toEqual({ ...base, layers });
  expect(merge(base, { layers: { 0: { id: 'tanh' } } }).layers).toEqual([{ id: 'tanh' }, { id: 'lstm', units: 2 }]);
  expect(merge(base, { isi: { 1: 8 } })).toEqual({ ...base, isi: [4, 8] });
  for (const wrong of [{ 2: { units: 9 } }, { units: 9 }, {}])
    expect(merge(base, { layers: wrong }).layers).toEqual(wrong);
});

it('neither side is changed', () => {
  const [base, over] = [{ a: { b: 1 } }, { a: { c: 2 } }];
  merge(base, over);
  expect([base, over]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
});
