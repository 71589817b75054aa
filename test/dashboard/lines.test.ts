/** Files read in pieces, from both ends, and thinned out: the same lines as a plain split tells. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, linesBackwards, linesOf, LONGEST } from '../../src/dashboard/lines.ts';
import { logPage } from '../../src/dashboard/log-page.ts';
import { rowsOf, thinning } from '../../src/dashboard/rows.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const write = (text: string): string => put(folder, createHash('sha256').update(text).digest('hex'), text);
const all = async (lines: AsyncIterable<Line>): Promise<Line[]> => {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
};

describe('lines', () => {
  it('are those of a split, forwards and backwards; what has no end yet is left out', async () => {
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constant('é'.repeat(40_000)),
      fc.constant('x'.repeat(65_535)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word.map((text) => text.replaceAll('\n', ''))), async (words) => {
        const text = words.join('\n');
        const path = write(text);
        const whole = words.slice(0, -1);
        const expected = whole.map((one) => Buffer.byteLength(one));
        const forwards = await all(linesOf(path));
        expect(forwards.map(({ bytes }) => bytes)).toEqual(expected);
        for (const [i, { text: told, isLong, bytes }] of forwards.entries()) {
          expect(isLong).toBe(bytes > LONGEST);
          if (!isLong) expect(told).toBe(Buffer.from(whole[i]!).toString());
        }
        expect((await all(linesBackwards(path))).reverse()).toEqual(forwards);
        const [middle] = forwards.slice(forwards.length >> 1);
        if (middle) {
          expect(await all(linesOf(path, { from: middle.at }))).toEqual(forwards.slice(forwards.length >> 1));
          expect((await all(linesBackwards(path, middle.at))).length).toBe(forwards.length >> 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('rows', () => {
  const steps = (n: number) => Array.from({ length: n }, (_, i) => ({ step: i }));

  it('are all where there are few, else as many as asked for, evenly, and the last', () => {
    for (const [n, points] of [
      [0, 5],
      [5, 5],
      [6, 5],
      [11, 5],
      [1000, 7],
      [12_345, 100],
    ] as const) {
      const some = thinning<{ step: number }>(points);
      for (const one of steps(n)) some.add(one);
      const kept = some.all().map(({ step }) => step);
      expect(kept.length, `${n} ${points}`).toBe(Math.min(n, points));
      expect(some.count).toBe(n);
      if (n === 0) continue;
      expect([kept[0], kept.at(-1)]).toEqual([0, n - 1]);
      const gaps = kept.slice(1).map((step, i) => step - kept[i]!);
      expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * n) / points);
      expect(Math.min(...gaps, 1)).toBeGreaterThan(0);
    }
  });

  it('of which a longer file has no step that a shorter one lacks', () => {
    const nested = (n: number): number[] => {
      const some = thinning<{ step: number }>(50);
      for (const one of steps(n)) some.add(one);
      return some.nested().map(({ step }) => step);
    };
    const [short, long] = [nested(700), nested(9000)];
    expect(long.length).toBeGreaterThan(50);
    expect(long.filter((step) => step < 700).every((step) => short.includes(step))).toBe(true);
    expect(long.filter((step) => step < 700).length).toBeGreaterThan(3);
  });

  it('of a file that is being written: lines that are none are passed over', async () => {
    const path = write('{"step":1}\nnonsense\n{"other":1}\nnull\n{"step":2,"a":[1]}\n{"step":3');
    expect(await rowsOf(path, 10)).toEqual({ rows: [{ step: 1 }, { step: 2, a: [1] }], of: 2, end: 56 });
    expect((await rowsOf(path, 10, { from: 37 })).rows).toEqual([{ step: 2, a: [1] }]);
  });
});

describe('a log', () => {
  const records = Array.from({ length: 25 }, (_, i) => ({
    level: i % 5 === 0 ? 40 : 30,
    event: i % 2 === 0 ? 'episode.end' : 'metrics',
    msg: `line ${i}`,
  }));
  const path = write(records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const messages = async (asked: Partial<Parameters<typeof logPage>[1]>): Promise<string[]> =>
    (await logPage(path, { limit: 100, ...asked })).lines.map(({ record }) => String(record!['msg']));

  it('comes page by page, the newest first, each line once', async () => {
    const found: string[] = [];
    let pages = 0;
    for (let next: number | null = Infinity; next !== null; pages++) {
      const page = await logPage(path, { limit: 10, before: next });
      found.push(...page.lines.map(({ record }) => String(record!['msg'])));
      next = page.next;
    }
    expect(found).toEqual(records.map(({ msg }) => msg).reverse());
    expect(pages).toBe(3);
  });

  it('by level, event and text, one by one and together', async () => {
    expect(await messages({ level: 'warn' })).toEqual(['line 20', 'line 15', 'line 10', 'line 5', 'line 0']);
    expect(await messages({ events: ['metrics'], level: 'WARN' })).toEqual(['line 15', 'line 5']);
    expect(await messages({ text: 'LINE 1', events: ['episode.end', 'none'] })).toHaveLength(5);
    expect(await messages({ text: 'nowhere' })).toEqual([]);
    await expect(logPage(path, { limit: 1, level: 'loud' })).rejects.toThrow('the levels are trace, debug');
  });
});
