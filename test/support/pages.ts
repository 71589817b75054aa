/** A real Chromium and the pages that it shows; whatever a page must not do is written down as it happens. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { findChromium } from '../browser/chromium.ts';

/** As `npm run build` leaves them. */
export const PAGE = pathToFileURL('dist/page/');
export const PLAYGROUND = pathToFileURL('dist/playground/');

const found = findChromium();
if (found === null) console.warn('NO CHROMIUM: the pages are not tested in a real browser');
export const hasChromium = found !== null;

export interface Visit {
  readonly page: Page;
  /** What went wrong on the page: errors and warnings of its console, breaches of its policy, requests to elsewhere. */
  readonly complaints: string[];
}

export interface Visitors {
  visit(url: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** One browser for the tests of a file, a fresh profile for each visit. */
export function visitors(): Visitors {
  let browser: Promise<Browser> | undefined;
  afterAll(async () => (await browser)?.close());
  return {
    async visit(url, options = {}) {
      const args = ['--no-sandbox', '--disable-dev-shm-usage'];
      browser ??= chromium.launch({ executablePath: found!, args });
      const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const complaints = watched(page, new URL(url).origin);
      await page.goto(url);
      return { page, complaints };
    },
  };
}

function watched(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe-core finds wrong by WCAG 2.2 AA and by its best practices, one line each. */
export async function accessibilityOf(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: source }); // past the page's policy, which forbids eval
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run(document).then(({ violations }) => JSON.stringify(violations))',
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return (JSON.parse(String(result.value)) as Found[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`),
  );
}

/** Presses Tab until the focus is at the end: what it came to, one line each, and what had nothing to show for it. */
export async function tabThrough(page: Page, most = 200): Promise<{ stops: string[]; invisible: string[] }> {
  const [stops, invisible]: string[][] = [[], []];
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus(); // wherever the last click was
  });
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const on = document.activeElement;
      if (on === null || on === document.body) return null;
      const seen = globalThis as { stops?: WeakSet<Element> };
      seen.stops ??= new WeakSet();
      if (seen.stops.has(on)) return null;
      seen.stops.add(on);
      const { outlineStyle, outlineWidth } = getComputedStyle(on);
      const { width, height } = on.getBoundingClientRect();
      const name = (on.getAttribute('aria-label') ?? on.closest('label')?.textContent ?? on.textContent).trim();
      const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0;
      return { name: `${on.tagName.toLowerCase()} ${name.slice(0, 60)}`, isSeen };
    });
    if (at === null) break;
    stops!.push(at.name);
    if (!at.isSeen) invisible!.push(at.name);
  }
  return { stops: stops!, invisible: invisible! };
}

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>, patience = 30_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) expect.unreachable(`in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
