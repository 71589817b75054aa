/** The example of docs/browser.md, in a bundle, where there is nothing of Node's. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bundle } from './bundle.ts';
import { POLICY } from './chromium.ts';

const text = readFileSync('docs/browser.md', 'utf8');
const folder = mkdtempSync(resolve('dist', '.browser-docs-')); // in the package, which finds itself by its own name
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('prints what the page says', async () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(text)!;
  const listen = 'const lines = [];\nconst console = { log: (...words) => void lines.push(words) };\n';
  writeFileSync(join(folder, 'example.js'), `${listen}${example}\nexport const run = async () => lines;\n`);
  const made = await bundle(join(folder, 'example.js'));
  try {
    const args = [
      '--experimental-vm-modules',
      '--no-warnings',
      'test/browser/run-in-context.mjs',
      made.folder,
      'example.js',
    ];
    const answer = execFileSync(process.execPath, [...args, '[{}]']).toString();
    const [[first, ...errors]] = (JSON.parse(answer) as { outcomes: [[[string, string], ...[number, number][]]] })
      .outcomes;
    expect(first).toEqual(['compiled', 'f32']);
    expect(errors.map(([step]) => step)).toEqual([20_000, 40_000, 60_000, 80_000, 100_000, 120_000]);
    expect(errors[0]![1]).toBeCloseTo(0.1, 1);
    expect(errors[5]![1]).toBeLessThan(0.01);
  } finally {
    made.remove();
  }
});

it('names the policy under which the tests run', () => {
  expect(text).toContain(POLICY.replace(/; report-uri.*/, ''));
});
