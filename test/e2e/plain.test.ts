/** The pages without scripts, in a Chromium that runs none: a run is looked at and steered by links and forms. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visitRun } from '../../src/run/live-visit.ts';
import { openDashboard } from '../support/dashboards.ts';
import { accessibilityOf, hasChromium, PAGE, until, visitors } from '../support/pages.ts';
import { startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const args = ['run', '--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
args.push('--steps', '30000000', '--set', 'every=10000');

describe.skipIf(!hasChromium)('without scripts', () => {
  const browser = visitors();

  it('a run is found, held, stepped and let go', async () => {
    const begun = await startUntil(cwd, 'live', 1, args);
    let visit = await visitRun(begun.folder);
    while (visit === null) visit = await visitRun(begun.folder); // its door opens a moment after it has begun
    visit.end();
    const { url } = await openDashboard(join(cwd, 'live'), { page: PAGE });
    const { page, complaints } = await browser.visit(`${url}plain`, { javaScriptEnabled: false });
    await page.getByRole('link', { name: 'columnar-td.trace-conditioning' }).click();
    await page.locator('td a').first().click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const step = async (): Promise<number> => {
      const [, at] = /It pauses at step (\d+)/.exec(await page.locator('body').innerText()) ?? [];
      return Number(at);
    };
    await page.getByText('It pauses at step').waitFor();
    const before = await step();
    await page.getByRole('spinbutton', { name: 'steps' }).fill('7');
    await page.getByRole('button', { name: 'Live so many steps' }).click();
    await until('seven steps more', async () => (await step()) === before + 7);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It goes on.').waitFor();
    expect(complaints).toEqual([]);
    const scripted = await browser.visit(page.url());
    for (const address of [page.url(), `${url}plain`, `${url}plain/columnar-td.trace-conditioning`]) {
      await scripted.page.goto(address);
      expect(await accessibilityOf(scripted.page), address).toEqual([]);
    }
    begun.child.kill('SIGTERM');
    await begun.ended;
    await page.reload();
    await page.getByText('interrupted').first().waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  });
});
