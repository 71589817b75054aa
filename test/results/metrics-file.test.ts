import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MetricsRow, openMetrics, readMetrics, truncateAfter } from '../../src/results/metrics-file.ts';
import { UserError } from '../../src/user-error.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  path = join(folder, 'metrics.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const row = (step: number): MetricsRow => ({ step, msre: Math.sin(step) / 3, predictions: [step, -step] });
const write = (file: string, from: number, to: number): void => {
  const metrics = openMetrics(file);
  for (let step = from; step <= to; step++) metrics.append(row(step));
  metrics.sync();
  metrics.close();
};

describe('writing and reading', () => {
  test('rows come back in order, bit by bit, and are on file before the writer closes', () => {
    const metrics = openMetrics(path);
    for (let step = 1; step <= 5; step++) metrics.append(row(step));
    expect(readMetrics(path)).toEqual([1, 2, 3, 4, 5].map(row));
    metrics.close();
    expect(readMetrics(path)).not.toEqual([1, 2, 3, 4, 6].map(row));
  });

  test('the same rows give the same bytes, other rows others', () => {
    const [again, other] = [join(folder, 'again'), join(folder, 'other')];
    write(path, 1, 5);
    write(again, 1, 5);
    write(other, 1, 6);
    expect(readFileSync(again)).toEqual(readFileSync(path));
    expect(readFileSync(other)).not.toEqual(readFileSync(path));
  });

  test('opening again appends', () => {
    write(path, 1, 2);
    write(path, 3, 4);
    expect(readMetrics(path)).toHaveLength(4);
  });

  test('numbers that are not finite come back as null', () => {
    const metrics = openMetrics(path);
    metrics.append({ step: 1, a: NaN, b: Infinity, c: [1, NaN] });
    metrics.close();
    expect(readMetrics(path)).toEqual([{ step: 1, a: null, b: null, c: [1, null] }]);
  });

  test('a file that is not there has no rows', () => {
    expect(readMetrics(path)).toEqual([]);
  });

  test('a torn last line is left out, a bad line before it is an error that names its number', () => {
    write(path, 1, 3);
    appendFileSync(path, '{"step":4,"ms');
    expect(readMetrics(path)).toEqual([1, 2, 3].map(row));
    appendFileSync(path, '\n{"step":5}\n');
    expect(() => readMetrics(path)).toThrow(UserError);
    expect(() => readMetrics(path)).toThrow(`Cannot read ${path}: line 4 is no metrics row`);
    writeFileSync(path, '{"no":"step"}\n');
    expect(() => readMetrics(path)).toThrow('line 1 is no metrics row');
  });

  test('a place that cannot be written is named in one line', () => {
    const impossible = join(folder, 'missing', 'metrics.jsonl');
    expect(() => openMetrics(impossible)).toThrow(UserError);
    expect(() => openMetrics(impossible)).toThrow(`Cannot write ${impossible}: `);
  });

  test.runIf(existsSync('/dev/full'))('a full disk is one line as well', () => {
    const metrics = openMetrics('/dev/full');
    expect(() => {
      metrics.append(row(1));
    }).toThrow('Cannot write /dev/full: no space left on the device');
    metrics.close();
  });
});

describe('truncateAfter', () => {
  test('stopped anywhere and resumed from an earlier checkpoint, the bytes are those of the uninterrupted run', () => {
    const whole = join(folder, 'whole');
    write(whole, 1, 12);
    const bytes = readFileSync(whole);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: bytes.length }), (checkpoint, stop) => {
        // A checkpoint never outlives the lines up to its step.
        const synced = bytes.toString().split('\n').slice(0, checkpoint).join('\n').length + (checkpoint > 0 ? 1 : 0);
        writeFileSync(path, bytes.subarray(0, Math.max(synced, stop)));
        truncateAfter(path, checkpoint);
        write(path, checkpoint + 1, 12);
        expect(readFileSync(path)).toEqual(bytes);
      }),
    );
    // The control: without cutting, the rows after the checkpoint come twice.
    writeFileSync(path, bytes);
    write(path, 6, 12);
    expect(readFileSync(path)).not.toEqual(bytes);
  });

  test('keeps a row of the very step of the checkpoint, several of one step, and any order', () => {
    writeFileSync(path, '{"step":5}\n{"step":5,"b":1}\n{"step":7}\n{"step":4}\n');
    truncateAfter(path, 5);
    expect(readFileSync(path, 'utf8')).toBe('{"step":5}\n{"step":5,"b":1}\n{"step":4}\n');
    truncateAfter(path, 0);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('makes no file where there is none', () => {
    truncateAfter(path, 5);
    expect(existsSync(path)).toBe(false);
  });
});
