/** A horde as it goes on, on the dashboard's page in Chromium: which of its questions is seen is chosen there. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDashboard } from '../support/dashboards.ts';
import { accessibilityOf, hasChromium, PAGE, until, type Visit, visitors } from '../support/pages.ts';
import { type Begun, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const args = ['run', '--agent', 'nexting-cheap', '--env', 'sinusoids', '--steps', '100000000', '--set', 'every=1000'];

describe.skipIf(!hasChromium)('a live horde', { timeout: 120_000 }, () => {
  const browser = visitors();
  let begun: Begun;
  let seen: Visit;
  let page: Page;
  const question = () => page.getByRole('combobox', { name: 'Question' });
  const drawn = (): Promise<string> => page.evaluate(() => document.querySelector('canvas')!.toDataURL());

  beforeAll(async () => {
    mkdirSync(join(cwd, 'live'));
    const { url } = await openDashboard(join(cwd, 'live'), { page: PAGE });
    begun = await startUntil(cwd, 'live', 1, args);
    seen = await browser.visit(`${url}#/run/${begun.folder.split('/').slice(-3).join('/')}`);
    page = seen.page;
  });
  afterAll(() => begun.child.kill('SIGKILL'));

  it('has its questions by name, of which the first four are told', async () => {
    await question().waitFor();
    expect(await question().locator('option').allInnerTexts()).toEqual([
      '1: x0, 1 steps',
      '2: x0, 2 steps',
      '3: x0, 4 steps',
      '4: x0, 8 steps',
    ]);
    await page.getByText(/^the first 4 of \d+ that this agent answers$/).waitFor();
  });

  it('shows the one that is chosen, by the keyboard too, and goes on to do so as frames come', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    const first = await drawn();
    await question().focus();
    await page.keyboard.press('ArrowDown');
    expect(await question().inputValue()).toBe('1');
    await until('another prediction is drawn', async () => (await drawn()) !== first);
    const second = await drawn();
    await page.keyboard.press('ArrowUp');
    await until('the first again', async () => (await drawn()) === first);
    expect(second).not.toBe(first);
    await question().selectOption('3');
    await page.getByRole('button', { name: 'Resume' }).click();
    await until('it goes on', async () => (await drawn()) !== first);
    await new Promise((done) => setTimeout(done, 500));
    expect(await question().inputValue()).toBe('3');
  });

  it('is accessible, and nothing went wrong', async () => {
    expect(await accessibilityOf(page)).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});
