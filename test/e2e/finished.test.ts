/** What is over, on the dashboard's page in Chromium: a sweep, its runs, their logs, side by side, taken home. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDashboard } from '../support/dashboards.ts';
import { keepSweep, MARKUP, SEEDS, settings } from '../support/kept-sweep.ts';
import { accessibilityOf, hasChromium, PAGE, tabThrough, until, type Visit, visitors } from '../support/pages.ts';
import { tempFolder } from '../support/temp.ts';

describe.skipIf(!hasChromium)('results that lie there', { timeout: 240_000 }, () => {
  const browser = visitors();
  const results = tempFolder();
  let url: string;
  let seen: Visit;
  let page: Page;

  beforeAll(async () => {
    keepSweep(results);
    ({ url } = await openDashboard(results, { page: PAGE }));
    seen = await browser.visit(url);
    page = seen.page;
  });

  const labels = settings.map(({ label }) => label.replace('small ', '')); // the agent that all of them have goes unsaid
  const lines = (): Promise<string[]> => page.locator('.log .log-row').allInnerTexts();
  const to = async (hash: string, heading: string): Promise<void> => {
    await page.evaluate((next) => (location.hash = next), hash);
    await page.getByRole('heading', { name: heading, level: 2 }).waitFor();
  };

  it('a sweep shows where its runs stand, and their curves', async () => {
    await page.getByRole('link', { name: 'kept' }).click();
    const grid = page.locator('table.grid');
    await grid.waitFor();
    expect(await grid.locator('thead th').allInnerTexts()).toEqual([
      'setting, seed',
      ...SEEDS.map(String),
      'mean squared error',
    ]);
    const shown = await grid
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('th')!.textContent,
          ...[...row.querySelectorAll('td.cell > *')].map((cell) => cell.getAttribute('title')!.split(',')[0]),
        ]),
      );
    const [first, second, third] = labels;
    expect(shown).toEqual([
      [first, 'done', 'done', 'done', 'done', 'done'],
      [second, 'done', 'done', 'done', 'done', 'missing'],
      [third, 'done', 'done', 'done', 'diverged', 'done'],
    ]);
    await page.locator('.uplot canvas').waitFor();
    const legend = await page.locator('.legend').first().innerText();
    for (const label of labels) expect(legend).toContain(label);
    expect(legend).toContain('∞ 1 of 5 diverged');
    const figures = await grid.locator('td.figure').allInnerTexts();
    expect(figures.map((text) => Number.parseFloat(text) > 0)).toEqual([true, true, false]);
    expect(figures[0]).toMatch(/best$/);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('diverged');
    await page.getByText('1 of 14').waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
  });

  it('curves can be taken home as SVG, PNG and CSV', async () => {
    const figure = page.locator('figure', { has: page.locator('.uplot') }).first();
    const taken = async (form: string): Promise<Buffer> => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        figure.getByRole('button', { name: form, exact: true }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`^[\\w.-]+\\.${form.toLowerCase()}$`));
      return readFileSync(await file.path());
    };
    const svg = String(await taken('SVG'));
    expect(svg).toMatch(/^<svg [\s\S]*<path [\s\S]*<\/svg>\s*$/);
    for (const label of labels) expect(svg).toContain(label);
    expect(svg).toContain('1 of 5 diverged');
    const png = await taken('PNG');
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16) > 600, png.length > 5000]).toEqual(['PNG', true, true]);
    const [head, ...rows] = String(await taken('CSV'))
      .trim()
      .split('\r\n');
    expect([head!.split(',').length > 3, rows.length]).toEqual([true, 100]);
  });

  it('runs are laid side by side', async () => {
    for (const label of labels.slice(0, 2)) await page.getByLabel(`compare ${label}, seed 0`).check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.getByRole('heading', { name: 'What differs' }).waitFor();
    const row = page.getByRole('row', { name: 'agent.rule.alpha' });
    expect(await row.locator('td').allInnerTexts()).toEqual(['0.001', '0.01']);
    expect(await page.getByRole('row', { name: 'agent.cell' }).count()).toBe(0); // the same in both
    expect(await page.locator('.uplot').count()).toBe(1);
    const heads = await page.locator('table.compared thead a').allInnerTexts();
    expect(heads.map((head) => head.replace(/^summary=alpha \S+ /, ''))).toEqual(
      labels.slice(0, 2).map((label) => `${label} seed 0`),
    );
    expect(await page.locator('.legend').innerText()).toContain(heads[0]);
    expect(await accessibilityOf(page)).toEqual([]);
  });

  it('a run shows how the estimators beside it are aligned', async () => {
    await to(`#/run/kept/${settings[0]!.hash}/0`, 'Alignment with the exact gradient');
    const plot = page.locator('section[aria-labelledby=alignment] figure', { hasText: 'Direction: 1 is exact' });
    await plot.locator('.uplot canvas').waitFor();
    expect(await plot.locator('.legend').innerText()).toMatch(/snap[\s\S]*uoro/);
  });

  it('a log is filtered, and what looks like markup in it is text', async () => {
    await to(`#/run/kept/${settings[0]!.hash}/0`, 'Log');
    await until('three lines', async () => (await lines()).length === 3);
    expect((await lines()).join('\n')).toContain(MARKUP);
    await page.getByRole('combobox', { name: 'Level' }).selectOption('error');
    await until('one line', async () => (await lines()).length === 1);
    await page.getByRole('combobox', { name: 'Level' }).selectOption('all lines');
    await until('all of them', async () => (await lines()).length === 100);
    expect((await lines())[0]).toContain(MARKUP); // a line that is no record
    await page.getByRole('button', { name: 'Older lines' }).click();
    await until('older ones', async () => (await lines()).length === 154);
    await page.getByRole('textbox', { name: 'Event' }).fill('weights.large');
    await until('that event', async () => (await lines()).length === 1);
    await page.locator('.log-line').click();
    expect(await page.locator('.log-row pre').innerText()).toContain('"step": 15100');
    await page.getByRole('textbox', { name: 'Event' }).fill('');
    await page.getByRole('searchbox', { name: 'Text' }).fill('sample 149');
    await until('that text', async () => (await lines()).join().includes('sample 149') && (await lines()).length === 1);
    expect(await page.locator('.log img, .log script').count()).toBe(0);
    expect(await page.title()).toBe(`kept/${settings[0]!.hash}/0 · agent-state`);
  });

  it('every view is accessible, and reached by the keyboard', async () => {
    expect(await accessibilityOf(page)).toEqual([]);
    await page.goto(`${url}#/`);
    await page.reload(); // the focus is at the beginning
    await page.getByRole('link', { name: 'kept' }).waitFor();
    expect(await accessibilityOf(page)).toEqual([]);
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key); // skip to content
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('main');
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key); // the first experiment
    await page.locator('table.grid').waitFor();
    expect(await accessibilityOf(page)).toEqual([]);
    const { stops, invisible } = await tabThrough(page);
    expect(invisible).toEqual([]);
    const runs = settings.length * SEEDS.length - 1;
    expect(stops.filter((stop) => stop.startsWith('input compare'))).toHaveLength(runs);
    expect(stops.filter((stop) => stop.startsWith('a seed'))).toHaveLength(runs);
    expect(stops.filter((stop) => /^a (done|diverged), seed/.test(stop))).toHaveLength(runs);
  });

  it('nothing of it is wider than a phone, and nothing went wrong', async () => {
    const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    await page.setViewportSize({ width: 360, height: 740 });
    const views = ['#/', '#/experiment/kept', `#/run/kept/${settings[0]!.hash}/0`];
    for (const hash of [...views, `#/compare?${settings.map((one) => `run=kept/${one.hash}/0`).join('&')}`]) {
      await page.goto(`${url}${hash}`);
      await page.locator('h1').waitFor();
      await new Promise((done) => setTimeout(done, 300));
      expect(await width(), hash).toBeLessThanOrEqual(360);
    }
    expect(seen.complaints).toEqual([]);
  });

  it('an address of no view is said to be so', async () => {
    await page.goto(`${url}#/runs`);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    expect(await accessibilityOf(page)).toEqual([]);
  });

  it('a run that diverged says where, and every view is accessible in the dark', async () => {
    const dark = await browser.visit(`${url}#/run/kept/${settings[2]!.hash}/3`, { colorScheme: 'dark' });
    await dark.page.locator('.problem', { hasText: 'diverged' }).waitFor();
    for (const hash of [
      null,
      '#/',
      '#/experiment/kept',
      `#/compare?${settings.map((one) => `run=kept/${one.hash}/3`).join('&')}`,
    ]) {
      if (hash !== null) await dark.page.evaluate((next) => (location.hash = next), hash);
      await dark.page.locator('h1').waitFor();
      await new Promise((done) => setTimeout(done, 500));
      expect(await accessibilityOf(dark.page), String(hash)).toEqual([]);
    }
    expect(dark.complaints).toEqual([]);
  });

  it('a run that is not there is said to be so', async () => {
    const { page: other, complaints } = await browser.visit(`${url}#/run/kept/ffffffffff/0`);
    expect(await other.getByRole('alert').innerText()).toBe('there is no such run');
    expect(complaints.length).toBeGreaterThan(0); // 404s are heard here: their absence above says something
  });
});
