/** The documentation site as `npm run docs` builds it, in Chromium: pages of every kind, light and dark, small and wide. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityOf, hasChromium, until, visitors } from '../support/pages.ts';
import { tempFolder } from '../support/temp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** The files of a folder and nothing else, as any server has them. */
function serve(folder: string): Promise<string> {
  const server = createServer(({ url }, response) => {
    const file = join(folder, new URL(url!, 'http://site').pathname);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    response.writeHead(isThere ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    response.end(isThere ? readFileSync(file) : 'not there');
  });
  afterAll(() => server.close().closeAllConnections());
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

const GUIDE = 'docs/estimators.html';
const API = 'api/rl-tools/envs/Wrapper.html';
const PAGES = ['index.html', GUIDE, 'docs/parts/cells.html', API, 'playground/index.html'];

describe.skipIf(!hasChromium)('the documentation site', () => {
  const browser = visitors();
  const folder = tempFolder();
  let site: string;

  beforeAll(async () => {
    execFileSync(process.execPath, ['dist/docs/site/build.js', folder], { stdio: 'pipe' });
    site = await serve(folder);
  });

  it.each([
    ['light', 360],
    ['light', 1280],
    ['dark', 360],
    ['dark', 1280],
  ] as const)('is accessible, fits and has nothing to complain of: %s, %i px', async (colorScheme, width) => {
    const viewport = { width, height: 900 };
    const { page, complaints } = await browser.visit(`${site}index.html`, { colorScheme, viewport });
    for (const path of PAGES) {
      await page.goto(site + path);
      await page.locator('h1').first().waitFor();
      expect(await accessibilityOf(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
    expect(complaints).toEqual([]);
    const [, , lightness] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g)!);
    expect(Number(lightness) > 128).toBe(colorScheme === 'light');
  });

  it('is searched by keyboard, from its own files', async () => {
    const { page, complaints } = await browser.visit(`${site}index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type('TimeLimit');
    const results = page.locator('#tsd-search-results a');
    await results.first().waitFor();
    // Options of TypeDoc's list hold the links that Enter follows; nothing ever puts the focus on them.
    const found = await accessibilityOf(page);
    expect(found.filter((one) => !one.startsWith('nested-interactive: #tsd-search'))).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('the page of TimeLimit', () => Promise.resolve(page.url().endsWith('/TimeLimit.html')));
    expect(complaints).toEqual([]);
  });

  it('has a playground that learns', async () => {
    const { page, complaints } = await browser.visit(`${site}${GUIDE}`);
    await page.getByRole('link', { name: 'Playground' }).first().click();
    await page.locator('.uplot canvas').first().waitFor();
    expect(complaints).toEqual([]);
    await page.goto(`${site}nowhere.html`);
    expect(complaints).toHaveLength(1); // control: what goes wrong is heard
  });
});
