/** Results that somebody else has written: run.json, lines, plans and pictures may hold anything that JSON can. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/dashboard/protocol.ts';
import { hostileResults, nested, recordText } from '../support/hostile-results.ts';
import { put } from '../support/temp.ts';

const hostile = hostileResults();
const { results, good, putRun, answers } = hostile;
const LINES = ['metrics.jsonl', 'timing.jsonl', 'step-sizes.jsonl', 'log.ndjson', 'trace.json'];

describe('run.json', () => {
  const object = { toString: 1, valueOf: 1 }; // String() and Number() of it throw
  const end = { steps: 1e308, diverged: null, seconds: -1e308, nsPerStep: null, parameters: 1e300, macsPerStep: -0 };
  const odd: [what: string, text: string][] = [
    ['nothing', ''],
    ['no JSON', '{"format":1'],
    ['no UTF-8', '\u00ff\u00fe'],
    ['deep lists', recordText({ config: { a: 'DEEP' } }).replace('"DEEP"', nested(20_000))],
    ['nothing but deep lists', `{"config":${nested(200_000)}}`],
    [
      'objects in place of words',
      recordText({ config: { agent: { id: object }, env: { id: object }, steps: object, target: object } }),
    ],
    ['other kinds', recordText({ config: { agent: [], env: 7, steps: '1e999', target: '__proto__' } })],
    [
      'words of the language',
      recordText({ config: { constructor: 1, agent: { id: 'constructor' }, target: 'toString' } }),
    ],
    [
      'figures that are none',
      recordText({ config: { target: 'return' }, scores: { msre: { a: 1 }, return: { a: 1 } } }),
    ],
    ['odd names of scores', recordText({ scores: JSON.parse('{"__proto__":1,"msre":1e308,"=cmd()":2}') as object })],
    [
      'files elsewhere',
      recordText({ files: { '../../../../../../etc/passwd': 1, 'a\0b': 2, [`${'x'.repeat(5000)}`]: 3 } }),
    ],
    ['a seed of markup', recordText({ seed: '<img src=x onerror=alert(1)>' })],
    ['huge numbers', recordText({ end })],
    ['two megabytes', recordText({ reason: 'x'.repeat(2e6) })],
  ];
  it('of any kind hides no other run', { timeout: 60_000 }, async () => {
    odd.forEach(([, text], i) => putRun(text, i));
    await answers();
    const { unreadable, runs } = await hostile.open.json<Experiment>('/api/experiments/kept');
    expect([unreadable.length, runs.length]).toEqual([6, 1 + odd.length - 6]); // the first five, and the last one
  });

  it('of anything at all as its configuration', { timeout: 30_000 }, async () => {
    const leaf = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('return', 'value', '__proto__', '\0', '=1+1'));
    const keys = ['agent', 'env', 'steps', 'target', '__proto__'];
    const config = fc.record(Object.fromEntries(keys.map((key) => [key, leaf])), { requiredKeys: [] });
    const api = '/api/experiments/kept';
    await fc.assert(
      fc.asyncProperty(config, async (made) => {
        putRun(recordText({ config: made }));
        for (const path of [api, `${api}/curves`, '/plain/kept', `${api}/runs.csv`])
          expect((await hostile.open.ask(path)).status, hostile.open.problems.join()).toBe(200);
      }),
      { numRuns: 40 },
    );
  });

  it('that is in order is shown', async () => {
    const { id } = putRun(recordText());
    await answers();
    expect((await hostile.open.ask('/api/experiments/kept')).text).toContain(`"id":"${id}"`);
  });
});

describe('lines', () => {
  const columns = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`n${i}`, i]));
  const odd: [what: string, lines: string[]][] = [
    ['deep lists', [`{"step":1,"level":30,"a":${nested(20_000)}}`]],
    [
      'objects in place of words',
      ['{"step":1,"level":{"toString":1},"event":{"valueOf":1},"msg":{"toString":1},"time":{"a":1}}'],
    ],
    ['times that are none', ['{"step":1,"level":30,"time":1e300,"msg":"x"}', '{"step":1,"level":1e308,"time":-9e15}']],
    ['steps that are none', ['1e999', '-1e400', '1.5', '"7"', 'null', '{}'].map((step) => `{"step":${step},"msre":1}`)],
    ['words of the language', ['{"step":1,"__proto__":{"step":2},"constructor":3,"toString":4}']],
    ['no UTF-8, and zeros', ['\u00ff', '\0\0\0', '{"step":1}']],
    ['five thousand columns', [1, 2, 3].map((step) => JSON.stringify({ step, ...columns }))],
    ['sixty kilobytes each', Array<string>(200).fill(`{"step":1,"level":30,"msg":"${'<'.repeat(60_000)}"}`)],
  ];
  it('of any kind are passed over, or told as they are', { timeout: 60_000 }, async () => {
    const all = odd.map(([, lines], i) => ({ ...putRun(recordText(), i), lines }));
    for (const { folder, lines } of all)
      for (const name of LINES) writeFileSync(join(folder, name), Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
    await answers();
    for (const heard of await Promise.all(all.map(hostile.live))) expect(heard).toContain('event: run');
  });

  it('of which a page holds no more than some megabytes', async () => {
    const { id, folder } = putRun(recordText());
    const row = `{"step":1,"level":30,"msg":"${'x'.repeat(60_000)}"}\n`;
    for (const name of ['log.ndjson', 'metrics.jsonl']) writeFileSync(join(folder, name), row.repeat(1000));
    for (const asked of ['log?limit=1000', 'metrics?points=5000']) {
      const { length } = (await hostile.open.ask(`/api/runs/${id}/${asked}`)).text;
      expect(length, asked).toBeLessThan(10e6); // of 60 MB
      expect(length, asked).toBeGreaterThan(1e6);
    }
  });
});

it('a plan of a million seeds, and one of deep lists', { timeout: 20_000 }, async () => {
  const plan = { format: 1, experiment: 'kept', id: '0123456789', createdAt: '2026-01-01T00:00:00.000Z', argv: [] };
  const settings = [{ hash: good, label: '<b>', config: { a: 'DEEP' } }];
  const write = (seeds: number[]): string => JSON.stringify({ ...plan, settings, seeds });
  put(results, 'kept/sweeps/0123456789.json', write(Array.from({ length: 1e6 }, (_, i) => i)));
  await answers();
  put(results, 'kept/sweeps/0123456789.json', write([1]).replace('"DEEP"', nested(50_000)));
  await answers();
});

it('a picture whose data has a column for every row; a text that a spreadsheet would run', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ [`c${i}`]: i }));
  const spec = (name: string, text: string): string => put(results, `kept/${name}.vl.json`, text);
  spec('wide', JSON.stringify({ data: { values: rows } }));
  spec('deep', nested(100_000));
  spec('fine', JSON.stringify({ data: { values: [{ a: '=cmd()', '@b': '-1' }] } }));
  expect((await hostile.open.ask('/files/kept/wide.csv')).status).toBe(404);
  expect((await hostile.open.ask('/files/kept/deep.csv')).status).toBe(404);
  expect((await hostile.open.ask('/files/kept/fine.csv')).text).toBe("a,'@b\r\n'=cmd(),-1\r\n");
});
