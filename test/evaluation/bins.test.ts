import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinRecord, bins } from '../../src/evaluation/bins.ts';

function binned(width: number, errors: readonly (readonly [time: number, error: number])[], saveAt = -1): BinRecord[] {
  const records: BinRecord[] = [];
  let of = bins(width, (record) => records.push(record));
  errors.forEach(([time, error], i) => {
    if (i === saveAt) {
      const saved = JSON.parse(JSON.stringify(of.save())) as number[];
      of = bins(width, (record) => records.push(record));
      of.load(saved);
    }
    of.add(time, error);
  });
  of.finish();
  return records;
}

describe('bins', () => {
  it('are means over stretches of time, and empty ones leave nothing', () => {
    const errors = [
      [0, 1],
      [1, 3],
      [3, 5],
      [10, 7],
    ] as const;
    expect(binned(2, errors)).toEqual([
      { step: 2, msre: 2, count: 2 },
      { step: 4, msre: 5, count: 1 },
      { step: 12, msre: 7, count: 1 },
    ]);
    expect(binned(2, [])).toEqual([]);
  });

  it('emit a record as soon as a later bin begins', () => {
    const records: BinRecord[] = [];
    const of = bins(10, (record) => records.push(record));
    of.add(9, 1);
    expect(records).toEqual([]);
    of.add(10, 1);
    expect(records).toEqual([{ step: 10, msre: 1, count: 1 }]);
  });

  it('lose and double nothing, wherever they are saved and loaded', () => {
    const gaps = fc.array(fc.tuple(fc.nat(7), fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 60 });
    const property = fc.property(gaps, fc.integer({ min: 1, max: 12 }), fc.nat(60), (steps, width, saveAt) => {
      let time = 0;
      const errors = steps.map(([gap, error]) => [(time += gap), error] as const);
      const records = binned(width, errors);
      expect(binned(width, errors, saveAt)).toEqual(records);
      expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(errors.length);
      for (const { step, msre, count } of records) {
        const within = errors.filter(([t]) => t < step && t >= step - width);
        expect(within).toHaveLength(count);
        expect(msre).toBeCloseTo(within.reduce((sum, [, error]) => sum + error, 0) / count, 9);
      }
    });
    fc.assert(property);
  });

  it('stay infinite through a save where an error has overflown', () => {
    const errors = [
      [0, Infinity],
      [1, 1],
    ] as const;
    expect(binned(2, errors, 1)).toEqual(binned(2, errors));
    expect(binned(2, errors)[0]!.msre).toBe(Infinity);
  });
});
