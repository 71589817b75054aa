/** What comes from files is data: it never becomes markup, a script, a formula or a command to a terminal. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tame } from '../../src/dashboard/sound.ts';
import { openDashboard, type Open } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const EVIL = '<script>alert(1)</script>"\'&';
const results = tempFolder();
let open: Open;
let run: string; // its address below /api/runs/

beforeAll(async () => {
  const kept = keepRun(results, {
    experiment: 'kept',
    reason: EVIL,
    beside: { 'metrics.jsonl': [{ step: 1, msre: 1 }] },
  });
  const line = { level: 30, time: 0, event: 'env.warning', msg: EVIL, [EVIL]: EVIL };
  put(kept.folder, 'log.ndjson', `${JSON.stringify(line)}\n${EVIL}\n`);
  put(results, 'kept/curves.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  run = `kept/${kept.record.setting}/0`;
  open = await openDashboard(results);
});

describe('what comes from files is data', () => {
  it('in JSON, told as such', async () => {
    const { headers, text } = await open.ask(`/api/runs/${run}/log`);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { lines } = JSON.parse(text) as { lines: { record: Record<string, unknown> | null; text: string | null }[] };
    expect(lines.map(({ record, text: words }) => record?.['msg'] ?? words)).toEqual([EVIL, EVIL]);
  });

  it('and text in the pages', async () => {
    const text =
      (await open.ask(`/plain/${run}?text=${encodeURIComponent(EVIL)}`)).text + (await open.ask('/plain/kept')).text;
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;');
  });

  it('with headers that let nothing run', async () => {
    for (const path of ['/', '/api/session', '/nothing', '/plain/kept']) {
      const { headers } = await open.ask(path);
      expect(headers['content-security-policy'], path).toMatch(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      );
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    const { headers } = await open.ask('/files/kept/curves.svg'); // from the results: whoever wrote it
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox;/,
    );
  });

  it('a name that a download is saved under is one of ours', async () => {
    for (const name of ['a"b', 'a\r\nX: y', 'a;b', '\u202egnp.exe'])
      expect((await open.ask(`/api/experiments/${encodeURIComponent(name)}/runs.csv`)).status, name).toBe(404);
    const { headers } = await open.ask('/api/experiments/kept/runs.csv');
    expect(headers['content-disposition']).toBe('attachment; filename="kept-runs.csv"');
  });

  it('a formula in a table is a text', async () => {
    keepRun(results, {
      experiment: 'sums',
      config: { agent: { id: '=HYPERLINK("http://evil.example")' }, '@a': '+1+1' },
    });
    const config = { agent: { id: '-2' }, '@a': '\tx' };
    keepRun(results, { experiment: 'sums', config });
    const { text } = await open.ask('/api/experiments/sums/runs.csv');
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).toContain("'@a");
    expect(text).not.toMatch(/(?:^|,)"?[=+@\t]/m);
    expect(text).toContain(',-2,'); // a number is one
  });

  it('a line for the terminal has nothing in it that steers one', () => {
    expect(tame('\u001b[2Ja\u009b31m\r\nb\u202e\u0007c')).toBe('?[2Ja?31m??b??c');
    expect(tame('Fehler: \u00e4, \u6f22')).toBe('Fehler: \u00e4, \u6f22');
    expect(tame('x'.repeat(1e6))).toHaveLength(1000);
  });

  it('a line of a hundred megabytes is told by its beginning', async () => {
    const folder = join(results, run);
    const huge = `{"level":30,"msg":"${EVIL.replaceAll('"', '')}${'x'.repeat(100e6)}"}`;
    put(folder, 'log.ndjson', `{"level":30,"msg":"first"}\n${huge}\n{"level":40,"msg":"last"}\n`);
    type Page = { lines: { bytes: number; text: string | null }[]; next: number | null };
    const newest = await open.json<Page>(`/api/runs/${run}/log`);
    const rest = await open.json<Page>(`/api/runs/${run}/log?before=${newest.next}`);
    const lines = [...newest.lines, ...rest.lines];
    expect(rest.next).toBeNull();
    expect(lines.map(({ bytes, text }) => [bytes > 99e6, text?.length])).toEqual([
      [false, undefined],
      [true, 2048],
      [false, undefined],
    ]);
    const before = process.memoryUsage().rss;
    const found = await open.json<{ lines: unknown[] }>(`/api/runs/${run}/log?text=nowhere`);
    expect(found.lines).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    expect((await open.ask(`/plain/${run}`)).text.length).toBeLessThan(50_000);
  });
});
