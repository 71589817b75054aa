import { describe, expect, it } from 'vitest';
import { areaUnder, curveReader } from '../../src/report/curves.ts';
import { secondsAt } from '../../src/report/seconds.ts';
import { put, tempFolder } from '../support/temp.ts';

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('the curve of a run', () => {
  it('is weighed by the steps of its rows, and what was not scored has no weight', () => {
    const folder = tempFolder();
    const rows = [
      { step: 10, msre: 1, count: 10 },
      { step: 20, msre: null, count: 10 },
      { step: 40, msre: 4, count: 20 },
    ];
    put(folder, 'metrics.jsonl', lines(rows));
    const curve = curveReader().read(folder);
    expect([...curve.steps]).toEqual([10, 20, 40]);
    expect(areaUnder(curve)).toBe((1 * 10 + 4 * 20) / 30);
  });

  it('is read once', () => {
    const folder = tempFolder();
    const path = put(folder, 'metrics.jsonl', lines([{ step: 1, msre: 1 }]));
    const reader = curveReader();
    const first = reader.read(folder);
    put(folder, 'metrics.jsonl', '');
    expect(reader.read(folder)).toBe(first);
    expect(curveReader().read(folder).steps).toHaveLength(0); // another one reads anew
    expect(path).toContain(folder);
  });

  it('of returns is their plain mean', () => {
    const folder = tempFolder();
    put(folder, 'metrics.jsonl', lines([{ step: 10, return: 1, episodes: 9 }, { step: 20, return: 2, episodes: 1 }])); // prettier-ignore
    expect(areaUnder(curveReader().read(folder))).toBe(1.5);
  });
});

describe('seconds', () => {
  it('lie between the rows in proportion, beyond the last at its pace', () => {
    const folder = tempFolder();
    put(folder, 'timing.jsonl', lines([{ step: 100, seconds: 1 }, { step: 200, seconds: 3 }])); // prettier-ignore
    expect(secondsAt(folder, [50, 100, 150, 200, 400])).toEqual([0.5, 1, 2, 3, 6]);
  });

  it('add up over a resumption, which begins at zero again', () => {
    const folder = tempFolder();
    put(folder, 'timing.jsonl', lines([{ step: 100, seconds: 5 }, { step: 200, seconds: 1 }])); // prettier-ignore
    expect(secondsAt(folder, [100, 200])).toEqual([5, 6]);
  });

  it('are not known without the file', () => {
    expect(secondsAt(tempFolder(), [1])).toEqual([NaN]);
  });
});
