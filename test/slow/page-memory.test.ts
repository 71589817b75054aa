/** A minute of the playground at full speed: what the page holds stays what it was. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { servePlayground } from '../../src/dashboard/playground.ts';
import { hasChromium, PLAYGROUND, visitors } from '../support/pages.ts';

const MINUTE = 60_000;
const MOST = 4; // MB more after a minute

/** Megabytes of the page's own heap, whatever was waiting to be collected collected, and nodes of its document. */
async function held(page: Page): Promise<{ heap: number; nodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap: usedSize / 1e6, nodes };
}

async function grown(page: Page): Promise<{ heap: number; nodes: number }> {
  await page.waitForTimeout(15_000); // its windows and curves are full
  const first = await held(page);
  await page.waitForTimeout(MINUTE);
  const last = await held(page);
  console.log(JSON.stringify({ first, last }));
  return { heap: last.heap - first.heap, nodes: last.nodes - first.nodes };
}

describe.skipIf(!hasChromium)('memory of a page after a minute', () => {
  const browser = visitors();

  it('of the playground', async () => {
    const served = await servePlayground({ folder: PLAYGROUND });
    const { page } = await browser.visit(served.url);
    const more = await grown(page);
    expect(more.heap).toBeLessThan(MOST);
    expect(more.nodes).toBeLessThan(200);
    await page.evaluate(() => ((globalThis as { kept?: unknown }).kept = Array.from({ length: 1e6 }, (_, i) => [i])));
    const { heap } = await held(page);
    expect((await held(page)).heap - heap).toBeLessThan(1);
    await page.evaluate(() => ((globalThis as { kept?: unknown }).kept = null));
    expect(heap - (await held(page)).heap).toBeGreaterThan(MOST); // what a page holds is seen here
    await served.close();
  });
});
