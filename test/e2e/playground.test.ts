/** The playground in Chromium, as `agent-state playground` serves it: a visitor comes, looks, changes things, types. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Playground, servePlayground } from '../../src/dashboard/playground.ts';
import { presets } from '../../src/playground/presets.ts';
import { accessibilityOf, hasChromium, PLAYGROUND, tabThrough, until, type Visit, visitors } from '../support/pages.ts';

const settingAgent = () => presets[0]!.agent;

describe.skipIf(!hasChromium)('the playground', { timeout: 240_000 }, () => {
  const browser = visitors();
  let served: Playground;
  let seen: Visit;
  let page: Page;
  beforeAll(async () => {
    served = await servePlayground({ folder: PLAYGROUND });
  });
  afterAll(() => served.close());

  const fact = async (name: string, on = page): Promise<number> => {
    const text = await on.locator(`dt:text-is("${name}") + dd`).innerText();
    return Number(text.replaceAll(/\s/g, ''));
  };
  const world = (on = page) => on.getByRole('combobox', { name: 'World' });

  it('learns cycle world to an error below .01 within 20 s of its loading', async () => {
    const began = performance.now();
    seen = await browser.visit(served.url);
    page = seen.page;
    await until(
      'the error is below .01',
      async () => (await fact('steps')) > 5000 && (await fact(await measure())) < 0.01,
      20_000,
    );
    console.log(`cycle world: ${Math.round(performance.now() - began)} ms from the start of the browser`);
  });

  const measure = (): Promise<string> => page.locator('.facts dt').nth(1).innerText();

  it('is drawn as the screen is, and nothing jumps', async () => {
    const { frames, shift } = await page.evaluate(
      () =>
        new Promise<{ frames: number; shift: number }>((done) => {
          let [frames, shift] = [0, 0];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift' });
          const count = (): void => void requestAnimationFrame(() => (frames++, count()));
          count();
          setTimeout(() => done({ frames, shift }), 3000);
        }),
    );
    console.log(`${(frames / 3).toFixed(0)} frames a second; ${await fact('steps per second')} steps a second`);
    expect(shift).toBeLessThan(0.01);
    expect(frames).toBeGreaterThan(10); // what a busy machine still has
  });

  it('stands, lives one step and begins anew, by keys and by buttons', async () => {
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    const first = await fact('steps');
    await new Promise((done) => setTimeout(done, 300));
    expect(await fact('steps')).toBe(first);
    await page.keyboard.press('s');
    await until('one step', async () => (await fact('steps')) === first + 1);
    await page.getByRole('button', { name: 'Step' }).click();
    await until('another one', async () => (await fact('steps')) === first + 2);
    await page.getByRole('button', { name: 'Resume' }).click();
    await until('it goes on', async () => (await fact('steps')) > first + 2);
    await page.keyboard.press('r');
    await until('it began anew', async () => (await fact('steps')) < first);
  });

  it('a link gives the setting to whoever opens it, and a damaged one says so', async () => {
    await world().selectOption({ label: 'T-maze' });
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
    await page.getByRole('spinbutton', { name: 'Seed' }).press('Tab');
    await page.getByRole('button', { name: 'Share this setting' }).click();
    await page.getByText(/Link copied|address bar/).waitFor();
    const address = page.url();
    const { page: other, complaints } = await browser.visit(address);
    await until('it lives', async () => (await fact('steps', other)) > 0);
    expect(await world(other).inputValue()).toBe('t-maze');
    expect(await other.getByRole('spinbutton', { name: 'Seed' }).inputValue()).toBe('7');
    expect(complaints).toEqual([]);
    const damaged = await browser.visit(address.slice(0, -20));
    const said = await damaged.page.getByRole('alert').innerText();
    expect(said).toBe('Cannot read the setting in this address: it is damaged');
    await until('something is shown all the same', async () => (await fact('steps', damaged.page)) > 0);
    expect(damaged.complaints).toEqual([]);
  });

  it('a link to more than a page takes is refused in one line', async () => {
    const { cell, ...agent } = settingAgent();
    const setting = { env: { id: 'cycle-world' }, agent: { ...agent, cell: { ...cell, columns: 60_000 } } };
    const { page: other, complaints } = await browser.visit(
      `${served.url}#${encodeURIComponent(JSON.stringify(setting))}`,
    );
    const said = await other.getByRole('alert').innerText();
    expect(said).toBe('Cannot start the playground: columns is 60000, and a page takes 1024 at most');
    await world(other).selectOption({ label: 'IDBD tracking' });
    await until('another world lives', async () => (await fact('steps', other)) > 100);
    expect(complaints).toEqual([]);
  });

  it('shows the latest reward in its midst, and a single step as it comes', async () => {
    const { page: other, complaints } = await browser.visit(served.url);
    const look = other.getByRole('combobox', { name: 'Look at' });
    const axis = other.getByRole('img', { name: /^Prediction and what it is about/ });
    await until('a reward came', async () =>
      (await axis.getAttribute('aria-label'))!.includes('steps from the latest'),
    );
    expect(await look.inputValue()).toBe('reward');
    await other.keyboard.press('s');
    await until('the latest steps', async () => !(await axis.getAttribute('aria-label'))!.includes('steps from'));
    expect(await look.inputValue()).toBe('latest');
    expect(complaints).toEqual([]);
  });

  it('tells step sizes of signal from those of noise', async () => {
    const { page: other, complaints } = await browser.visit(served.url);
    await world(other).selectOption({ label: 'IDBD tracking' });
    const sorted = other.getByRole('img', { name: /^Signal sorted from noise/ });
    await until('they are sorted', async () => {
      const [, signal, noise] =
        /signal ends at (\S+); noise ends at (\S+)/.exec((await sorted.getAttribute('aria-label'))!) ?? [];
      return Number(signal) > 3 * Number(noise);
    });
    expect(complaints).toEqual([]);
  });

  it("somebody else's lines do not run before they are let", async () => {
    const code = 'function next(random) { return { see: [random()], reward: 1 }; }';
    const setting = encodeURIComponent(JSON.stringify({ env: { id: 'own', code }, seed: 0 }));
    const { page: other } = await browser.visit(`${served.url}#${setting}`);
    await other.getByText('lines that somebody wrote').waitFor();
    expect(await other.getByRole('textbox', { name: 'Your lines' }).inputValue()).toBe(code);
    await new Promise((done) => setTimeout(done, 500));
    expect(await fact('steps', other)).toBe(0);
    await other.getByRole('button', { name: 'Begin' }).click();
    await until('they run', async () => (await fact('steps', other)) > 100);
    expect(await other.getByText('lines that somebody wrote').count()).toBe(0);
  });

  it("a visitor's own lines run; an endless loop and a mistake end in one line each", async () => {
    await world().selectOption({ label: 'Your own' });
    const lines = page.getByRole('textbox', { name: 'Your lines' });
    const write = async (code: string): Promise<void> => {
      await lines.fill(code);
      await lines.blur();
    };
    await until('they run', async () => (await fact('steps')) > 100);
    await lines.fill('function next() ');
    await lines.pressSequentially('{ for (;;); }'); // slower than frames come
    await lines.blur();
    await page.getByText('Your own lines failed: no step came within 2 s').waitFor();
    await write('function next() {\n  return oops;\n}');
    await page.getByText('Your own lines failed: line 2: oops is not defined').waitFor();
    expect(await page.locator('.line-numbers .wrong').innerText()).toBe('2');
    expect(await page.getByRole('alert').count()).toBe(1);
    await write('function next(random) { return { see: [random()], reward: 1 }; }');
    await until('they run again', async () => (await fact('steps')) > 100);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('is accessible, and can be reached by the keyboard alone', async () => {
    await page.keyboard.press(' ');
    expect(await accessibilityOf(page)).toEqual([]);
    const { stops, invisible } = await tabThrough(page);
    expect(invisible).toEqual([]);
    const all = stops.join('\n');
    for (const name of [
      'Skip to content',
      'World',
      'Cell',
      'Estimator',
      'Step-size rule',
      'Seed',
      'Step',
      'Begin anew',
      'Look at',
    ])
      expect(all).toContain(name);
    expect(stops.filter((stop) => stop === 'button SVG').length).toBeGreaterThan(4);
  });

  it('is no wider than a phone, and nothing went wrong', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(seen.complaints).toEqual([]);
  });
});
