import { describe, expect, it } from 'vitest';
import { buildRows, createLane, places, step } from '../src/rows.ts';
import type { Cell } from '../src/types.ts';

const SHAPE = { inputSize: 2, units: 2, components: 1, intermediates: 1 };
const GROUPS = [
  { name: 'lower', rows: [{ sources: [0, 1, 2], destinations: [1, 0], layer: 0 }] },
  {
    name: 'upper',
    rows: [
      { sources: [5, 3], destinations: [0], layer: 1 },
      { sources: [5, 2, 4], destinations: [1], layer: 1 },
    ],
  },
];

describe('places', () => {
  it('lays pre out as [x; 1; s_{t-1}; intermediates]', () => {
    expect(places(SHAPE)).toEqual({ one: 2, state: 3, intermediate: 5, width: 6 });
    expect(places({ inputSize: 0, units: 3, components: 2 })).toEqual({ one: 0, state: 1, intermediate: 7, width: 7 });
  });
});

describe('buildRows', () => {
  it('compiles row descriptions into flat arrays', () => {
    const rows = buildRows(SHAPE, GROUPS);
    expect([...rows.start]).toEqual([0, 3, 5, 8]);
    expect([...rows.source]).toEqual([0, 1, 2, 5, 3, 5, 2, 4]);
    expect([...rows.destStart]).toEqual([0, 2, 3, 4]);
    expect([...rows.dest]).toEqual([1, 0, 0, 1]);
    expect([...rows.layer]).toEqual([0, 1, 1]);
    expect(rows).toMatchObject({ count: 3, layers: 2, width: 6, param: null, revision: 0 });
    expect(rows.groups).toEqual([
      { name: 'lower', start: 0, end: 1 },
      { name: 'upper', start: 1, end: 3 },
    ]);
  });

  it('puts the own direct block first and repeats what is live per block', () => {
    const rows = buildRows({ inputSize: 0, units: 2, components: 2 }, [], { columns: () => [0], live: [1, 0, 1, 1] });
    expect([...rows.direct.column]).toEqual([0, 0, 1, 0]);
    expect([...rows.directLive]).toEqual([1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1]);
  });

  it('refuses a row that goes back to an earlier layer', () => {
    const backwards = { ...GROUPS[0]!, rows: [{ sources: [0], destinations: [0], layer: 0 }] };
    expect(() => buildRows(SHAPE, [GROUPS[1]!, backwards])).toThrow('row 2 goes back to layer 0');
  });
});

describe('step', () => {
  it('sums layer by layer, so that an upper layer reads what the lower one left in pre', () => {
    const rows = buildRows(SHAPE, GROUPS);
    const seen: string[] = [];
    const cell: Cell = {
      inputSize: 2,
      units: 2,
      components: 1,
      params: Float64Array.of(1, 2, 3, 10, 100, 4, 5, 6),
      rows,
      readout: Int32Array.of(0, 1),
      lane: () => createLane(rows, 0),
      begin: (lane) => lane.reset(),
      activate(layer, { pre, sum, state }) {
        seen.push(`activate ${layer}`);
        if (layer === 0) pre[5] = sum[0]!;
        else state.set(sum.subarray(1));
      },
      differentiate: () => void seen.push('differentiate'),
    };
    const lane = cell.lane();
    lane.state.set([7, 8]);
    step(cell, lane, Float64Array.of(0.5, -1));
    const lower = 1 * 0.5 + 2 * -1 + 3;
    expect([...lane.pre]).toEqual([0.5, -1, 1, 7, 8, lower]);
    expect([...lane.state]).toEqual([10 * lower + 100 * 7, 4 * lower + 5 + 6 * 8]);
    expect(seen).toEqual(['activate 0', 'activate 1', 'differentiate']);
  });

  it('reads tied weights through param', () => {
    const untied = buildRows({ inputSize: 2, units: 1, components: 1 }, [
      { name: 'only', rows: [{ sources: [0, 1, 2], destinations: [0] }] },
    ]);
    const rows = { ...untied, param: Int32Array.of(0, 0, 1) };
    const lane = createLane(rows, 0);
    const cell = { params: Float64Array.of(2, 5), rows, activate: () => undefined, differentiate: () => undefined };
    step(cell as unknown as Cell, lane, Float64Array.of(1, 10));
    expect(lane.sum[0]).toBe(2 * 1 + 2 * 10 + 5);
  });
});

describe('createLane', () => {
  it('saves the state and nothing else, and forgets it at reset', () => {
    const lane = createLane(buildRows(SHAPE, GROUPS), 4);
    expect(lane.arrays).toEqual({ state: 2 });
    lane.write('state', Float64Array.of(1, 2));
    const read = new Float64Array(2);
    lane.read('state', read);
    expect([...read]).toEqual([1, 2]);
    lane.reset();
    expect([...lane.state]).toEqual([0, 0]);
  });
});
