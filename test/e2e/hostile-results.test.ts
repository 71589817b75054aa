/** Results that somebody else has written, on the dashboard's page in Chromium: every view stands, and nothing in them runs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDashboard } from '../support/dashboards.ts';
import { hostileResults, recordText } from '../support/hostile-results.ts';
import { hasChromium, PAGE, type Visit, visitors } from '../support/pages.ts';
import { put } from '../support/temp.ts';

const EVIL = '<img src=x onerror="document.title=\'ran\'"><script>document.title="ran"</script>';
const object = { toString: 1, valueOf: 1 };
const rowsOf = (values: readonly (number | string)[]): string =>
  values.map((value, i) => `{"step":${i + 1},"msre":${value},"other":${value}}\n`).join('');

/** What charts must bear: overflow, denormals, ranges below the last digit, steps that go back. */
const CHARTS: readonly string[] = [
  rowsOf(['1e308', '-1e308', '1.7e308', '1e-308', '0']),
  rowsOf(['5e-324', '1e-323', '1.5e-323', '0']),
  rowsOf(['1e300', '1.0000000000000002e300', '1.0000000000000004e300']),
  rowsOf(['9007199254740992', '9007199254740994', '9007199254740996']),
  rowsOf(['1e999', 'null', '"x"', '1']),
  '{"step":9007199254740991,"msre":1}\n{"step":1,"msre":2}\n{"step":5,"msre":3}\n{"step":5,"msre":4}\n',
  '{"step":9007199254740990,"msre":1}\n{"step":9007199254740991,"msre":2}\n',
];
const CONFIGS: readonly object[] = [
  { agent: { id: EVIL, summary: EVIL }, env: { id: EVIL }, steps: 1e308, target: EVIL },
  { agent: { id: object, lanes: object }, env: { id: object }, steps: object, target: object },
  { agent: [], env: null, steps: null, target: '__proto__' },
  { agent: { id: 'constructor' }, env: { id: '\u202egnp.exe' }, steps: -1, target: 'toString' },
];
const LOG = [
  JSON.stringify({ level: 30, time: 1e300, msg: EVIL, event: EVIL, [EVIL]: EVIL }),
  JSON.stringify({ level: object, time: object, msg: object, event: object }),
  EVIL,
];

describe.skipIf(!hasChromium)('a page on results of others', { timeout: 240_000 }, () => {
  const hostile = hostileResults();
  const browser = visitors();
  let url: string;
  beforeAll(async () => {
    ({ url } = await openDashboard(hostile.results, { page: PAGE }));
  });

  /** Each view has its heading, its main part and an event loop that turns; nothing ran, nothing went wrong. */
  async function stands(seen: Visit, route: string): Promise<void> {
    const { page, complaints } = seen;
    await page.evaluate((hash) => (location.hash = hash), route);
    await page.locator('main h1').first().waitFor();
    await page.waitForTimeout(700);
    const alive = page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true)))));
    expect(await Promise.race([alive, new Promise((done) => setTimeout(() => done(false), 15_000))]), route).toBe(true);
    expect(await page.title()).not.toBe('ran');
    expect(complaints, route).toEqual([]);
  }

  it('stands in all its views, whatever the records, logs and rows are', async () => {
    const all = [...CHARTS, ...CONFIGS.map(() => rowsOf([1, 2]))].map((rows, i) => {
      const config = CONFIGS[i - CHARTS.length];
      const scores = i === 0 ? { msre: 1e308, [EVIL]: { [EVIL]: -1e308 } } : { msre: { a: 1 } };
      const bad = hostile.putRun(
        recordText({ ...(config && { config }), scores, seed: i === 1 ? EVIL : 0, reason: EVIL }),
        i,
      );
      for (const name of ['metrics.jsonl', 'timing.jsonl', 'step-sizes.jsonl', 'alignment.jsonl'])
        writeFileSync(join(bad.folder, name), rows);
      put(bad.folder, 'log.ndjson', `${LOG.join('\n')}\n`);
      const numbers = [1e308, -1e308, null, 5e-324];
      const trace = {
        format: 1,
        from: 9e15,
        prediction: numbers,
        cumulant: [1],
        discount: [],
        start: [1],
        value: [1e308],
      };
      put(bad.folder, 'trace.json', JSON.stringify(trace));
      return bad;
    });
    const seen = await browser.visit(url);
    for (const route of ['#/', '#/experiment/kept', ...all.map(({ id }) => `#/run/${id}`)]) await stands(seen, route);
    await stands(
      seen,
      `#/compare?${all
        .slice(0, 8)
        .map(({ id }) => `run=${encodeURIComponent(id)}`)
        .join('&')}`,
    );
  });

  it('what ran would have been seen', async () => {
    const { page } = await browser.visit('about:blank');
    await page.setContent(EVIL);
    await expect.poll(() => page.title()).toBe('ran');
  });
});
