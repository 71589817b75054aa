/** Minutes of the pages while a learner streams: what they hold stays what it was. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { servePlayground } from '../../src/dashboard/playground.ts';
import { openDashboard } from '../support/dashboards.ts';
import { hasChromium, PAGE, PLAYGROUND, visitors } from '../support/pages.ts';
import { linesOf, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const MINUTE = 60_000;
const MOST = 4; // MB more after a minute
const NODES = 200; // more of them

interface Held {
  readonly heap: number; // megabytes of the page's own heap, whatever was waiting to be collected collected
  readonly nodes: number; // of its document
}

async function held(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap: usedSize / 1e6, nodes };
}

function expectFlat(first: Held, last: Held): void {
  console.log(JSON.stringify({ first, last }));
  expect(last.heap - first.heap).toBeLessThan(MOST);
  expect(last.nodes - first.nodes).toBeLessThan(NODES);
}

/** What a page holds is seen here: else nothing would follow from there being no more of it. */
async function expectSeen(page: Page): Promise<void> {
  const before = await held(page);
  await page.evaluate(() => {
    const list = document.body.appendChild(document.createElement('ul'));
    for (let i = 0; i < 500; i++) list.appendChild(document.createElement('li'));
    (globalThis as { kept?: unknown }).kept = Array.from({ length: 5e5 }, (_, i) => [i]);
  });
  const after = await held(page);
  expect(() => expectFlat(before, after)).toThrow();
  expect(after.nodes - before.nodes).toBeGreaterThan(NODES);
}

describe.skipIf(!hasChromium)('memory of a page', () => {
  const browser = visitors();

  it('of the playground at full speed, after a minute', async () => {
    const served = await servePlayground({ folder: PLAYGROUND });
    const { page } = await browser.visit(served.url);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('as fast as it can');
    await page.waitForTimeout(15_000); // its windows and curves are full
    const first = await held(page);
    await page.waitForTimeout(MINUTE);
    expectFlat(first, await held(page));
    await expectSeen(page);
    await served.close();
  });

  it('of a live run whose metrics, step sizes and log grow all the time, from the second minute to the fourth', async () => {
    const cwd = tempFolder();
    const agent = ['--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
    const much = ['--set', 'every=1000', '--log-every', '20000', '--steps', '1000000000'];
    const run = await startUntil(cwd, 'live', 1, ['run', ...agent, ...much]);
    const rows = (): number => linesOf(join(run.folder, 'metrics.jsonl'));
    const { url } = await openDashboard(join(cwd, 'live'), { page: PAGE });
    const { page } = await browser.visit(`${url}#/run/${run.folder.slice(join(cwd, 'live').length + 1)}`);
    const press = async (before: string, after: string): Promise<void> => {
      await page.getByRole('button', { name: before }).click();
      await page.getByRole('button', { name: after }).waitFor();
    };
    /** While the run is held: a frame more or less is no growth. */
    const heldStill = async (): Promise<Held> => {
      await press('Pause', 'Resume');
      await page.waitForTimeout(3000); // the last rows and lines are drawn
      const now = await held(page);
      await press('Resume', 'Pause');
      return now;
    };
    await page.waitForTimeout(MINUTE); // its windows are full
    const first = await heldStill();
    const before = rows();
    await page.waitForTimeout(2 * MINUTE);
    const last = await heldStill();
    expect(rows() - before).toBeGreaterThan(20_000); // kept, they would be seen
    expectFlat(first, last);
    await press('Pause', 'Resume');
    await expectSeen(page);
    run.child.kill('SIGINT');
    await run.ended;
  });
});
