/** A run as it goes on, on the dashboard's page in Chromium: it appears, moves, and does what it is told from there. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { visitRun } from '../../src/run/live-visit.ts';
import { cli } from '../support/cli.ts';
import { openDashboard } from '../support/dashboards.ts';
import { accessibilityOf, hasChromium, PAGE, tabThrough, until, type Visit, visitors } from '../support/pages.ts';
import { type Begun, bytesOf, runFolders, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const STEPS = 3_000_000;
const args = ['run', '--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
args.push('--steps', String(STEPS), '--set', 'every=10000', '--checkpoint-every', '500000');

describe.skipIf(!hasChromium)('a live run', { timeout: 240_000 }, () => {
  const browser = visitors();
  let begun: Begun;
  let seen: Visit;
  let page: Page;

  const steps = async (): Promise<number> => {
    const text = await page.locator('dt:text-is("step") + dd').innerText();
    return Number(text.split(/\sof\s/)[0]!.replaceAll(/\s/g, ''));
  };
  const said = (): Promise<string> => page.locator('.controls [role=status]').innerText();
  const picture = (): Promise<string> =>
    page.evaluate(() => [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join());
  /** What the page says after `act`, once it says where the run is. */
  const told = async (act: () => Promise<void>, begins: string): Promise<number> => {
    const before = await said();
    await act();
    const line = new RegExp(`^${begins} at step (\\d+)$`);
    await until(begins, async () => (await said()) !== before && line.test(await said()));
    const [, step] = line.exec(await said())!;
    await until('the step is shown', async () => (await steps()) === Number(step));
    return Number(step);
  };

  beforeAll(async () => {
    mkdirSync(join(cwd, 'live'));
    const { url } = await openDashboard(join(cwd, 'live'), { page: PAGE });
    seen = await browser.visit(url);
    page = seen.page;
  });

  it('appears on the list as it begins, and leads to its own page', async () => {
    await page.getByText('Nothing was run here yet').waitFor();
    begun = await startUntil(cwd, 'live', 1, args);
    let visit = await visitRun(begun.folder);
    while (visit === null) visit = await visitRun(begun.folder); // its door opens a moment after it has begun
    await visit.command({ command: 'pause' });
    visit.end();
    await page.getByRole('link', { name: 'columnar-td.trace-conditioning' }).click();
    await page.getByRole('cell', { name: 'running' }).waitFor();
    await page.getByRole('link', { name: 'seed 0' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await until('its inside is drawn', async () => (await page.locator('canvas').count()) >= 5);
  });

  it('that is paused stands, and lives as many steps as it is told, by buttons and by keys', async () => {
    const [first, drawn] = [await steps(), await picture()];
    await new Promise((done) => setTimeout(done, 600));
    expect([await steps(), await picture()]).toEqual([first, drawn]);
    expect(await told(() => page.keyboard.press('s'), 'Stepped; stands')).toBe(first + 1);
    await page.getByRole('combobox', { name: 'steps at once' }).selectOption('10');
    const click = (name: string): Promise<void> => page.getByRole('button', { name }).click();
    expect(await told(() => click('10 steps'), 'Stepped; stands')).toBe(first + 11);
    const chunk = await told(() => click('Chunk'), 'Lived a chunk; stands');
    expect([chunk % 256, chunk > first + 11]).toEqual([0, true]);
    await page.getByRole('heading', { level: 1 }).click(); // keys count where nobody types
    expect(await told(() => page.keyboard.press('c'), 'Lived a chunk; stands')).toBe(chunk + 256);
    expect(await told(() => page.keyboard.press('k'), 'Checkpoint saved')).toBe(chunk + 256);
  });

  it('that goes on moves, and is held again', async () => {
    const first = await steps();
    const before = await picture();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await until('the charts move', async () => (await picture()) !== before);
    await until('steps go by', async () => (await steps()) > first);
    const held = await told(() => page.getByRole('button', { name: 'Pause' }).click(), 'Paused');
    await new Promise((done) => setTimeout(done, 600));
    expect(await steps()).toBe(held);
    expect([held > first, held < STEPS]).toEqual([true, true]);
  });

  it('draws what is off the screen when it is looked at', async () => {
    const chart = page.locator('section[aria-labelledby=metrics] .legend li.faint').first();
    await chart.scrollIntoViewIfNeeded();
    const rows = readFileSync(join(begun.folder, 'metrics.jsonl'), 'utf8').trim().split('\n');
    const { step } = JSON.parse(rows.at(-1)!) as { step: number };
    await until('its last step is shown', async () => Number((await chart.innerText()).replaceAll(/\D/g, '')) === step);
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  });

  it('is accessible, and can be reached by the keyboard alone', async () => {
    expect(await accessibilityOf(page)).toEqual([]);
    const { stops, invisible } = await tabThrough(page);
    expect(invisible).toEqual([]);
    for (const name of ['Skip to content', 'Resume', '10 steps', 'Chunk', 'Checkpoint', 'Level', 'Event', 'Text'])
      expect(stops.join('\n')).toContain(name);
  });

  it('nothing jumps while it streams', async () => {
    const shifts = page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift' });
          setTimeout(() => done(sum), 1500);
        }),
    );
    await page.getByRole('button', { name: 'Resume' }).click();
    expect(await shifts).toBeLessThan(0.1); // Web Vitals: good; a chart that comes with its first row takes its place
  });

  it('ends with the bytes of one that nobody looked at', async () => {
    expect((await begun.ended).code).toBe(0);
    await page.locator('.facts .status-done').waitFor();
    await page.getByRole('heading', { name: 'Its last steps' }).waitFor();
    expect((await cli(cwd, ...args, '--results', 'alone')).code).toBe(0);
    expect(bytesOf(begun.folder)).toEqual(bytesOf(runFolders(join(cwd, 'alone'))[0]!));
    const fewer = args.map((word) => (word === String(STEPS) ? String(STEPS / 100) : word));
    expect((await cli(cwd, ...fewer, '--results', 'fewer')).code).toBe(0);
    expect(bytesOf(begun.folder)).not.toEqual(bytesOf(runFolders(join(cwd, 'fewer'))[0]!));
    expect(seen.complaints).toEqual([]);
  });
});
