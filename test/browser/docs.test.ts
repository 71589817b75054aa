/** The examples of docs/browser.md, in a bundle, where there is nothing of Node's; what needs a worker, in Chromium. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { documentBlocks } from '../support/document-blocks.ts';
import { put } from '../support/temp.ts';
import { bundle } from './bundle.ts';
import { findChromium, POLICY, visit } from './chromium.ts';

const folder = mkdtempSync(resolve('dist', '.browser-docs-')); // in the package, which finds itself by its own name
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = (language: string): string[] =>
  documentBlocks(language)
    .filter(({ file }) => file === 'docs/browser.md')
    .map(({ text }) => text);
const [learning] = here('ts');
const [kernels, part, playground, ...more] = here('js');

/** What `run` of a module gives, bundled. */
async function outcome<T>(module: string): Promise<{ answer: T; fetched: string[] }> {
  put(folder, 'example.js', module);
  const made = await bundle(join(folder, 'example.js'));
  try {
    const flags = ['--experimental-vm-modules', '--no-warnings', 'test/browser/run-in-context.mjs'];
    const printed = execFileSync(process.execPath, [...flags, made.folder, 'example.js', '[{}]'], {
      stdio: 'pipe',
    }).toString();
    const { outcomes, fetched } = JSON.parse(printed) as { outcomes: [T]; fetched: string[] };
    return { answer: outcomes[0], fetched };
  } finally {
    made.remove();
  }
}

describe('docs/browser.md', () => {
  it('has a loop that prints what the page says', async () => {
    const listen = 'const lines = [];\nconst console = { log: (...words) => void lines.push(words) };\n';
    const module = `${listen}${learning}\nexport const run = async () => lines;\n`;
    const { answer, fetched } = await outcome<[[string, string], ...[number, number][]]>(module);
    const [first, ...errors] = answer;
    expect(first).toEqual(['compiled', 'f32']);
    expect(errors.map(([step]) => step)).toEqual([20_000, 40_000, 60_000, 80_000, 100_000, 120_000]);
    expect(errors[0]![1]).toBeCloseTo(0.1, 1);
    expect(errors[5]![1]).toBeLessThan(0.01);
    expect(fetched.length).toBeGreaterThan(0); // the kernels
  });

  it('has kernels that a bundler carries as bytes, and nothing is fetched', async () => {
    const learn = `
      import { makeEnv } from '@rl-tools/envs';
      import { assemble, createInteraction } from 'agent-state';
      import columnar from 'agent-state/agents/columnar-td';
      export async function run() {
        const { inputSize } = createInteraction(await makeEnv('cycle-world'), { seed: 0, steps: 1 });
        return (await assemble(columnar, { inputSize, seed: 0 })).chosen.path;
      }`;
    const carried = kernels!.replaceAll(/import (f\d\d) from '([^']+)';/g, (_, name: string, path: string) => {
      const bytes = readFileSync(path.replace('agent-state/', 'dist/src/')); // as package.json's exports have it
      return `const ${name} = new Uint8Array([${[...bytes].join()}]);`;
    });
    expect(carried.match(/new Uint8Array/g)).toHaveLength(2);
    expect(await outcome(`${carried}${learn}`)).toEqual({ answer: 'compiled', fetched: [] });
  });

  it('has a part of your own that a recipe finds', async () => {
    const [cell] = documentBlocks('ts').filter(({ file }) => file === 'docs/adding-a-part.md');
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    put(folder, 'my-cell.js', ts.transpileModule(cell!.text, { compilerOptions: options }).outputText);
    const summary =
      "import { loadPart } from 'agent-state/browser';\nexport const run = async () => (await loadPart('cells', 'my-cell')).summary;";
    expect((await outcome(`${part}${summary}`)).answer).toBe('leaky tanh columns');
    await expect(outcome(summary)).rejects.toThrow('my-cell'); // control: it is the example that adds it
  });

  const chromium = findChromium();
  it.skipIf(chromium === null)('has a playground that shows frames', async () => {
    const given = `
      const report = (body) => fetch('/report', { method: 'POST', body: JSON.stringify(body) });
      const show = (message) => report({ message });
      const draw = (frame) => void (frame.step > 2000 && report({ step: frame.step }));\n`;
    put(folder, 'main.js', `${given}${playground}`);
    put(folder, 'index.html', '<!doctype html><title>x</title><script type="module" src="./main.js"></script>');
    const made = await bundle(join(folder, 'index.html'));
    try {
      const page = made.files.find(({ name }) => name.endsWith('index.html'))!.name;
      const { report, breaches } = await visit(chromium!, made.folder, page, 30_000);
      expect((report as { step: number }).step).toBeGreaterThan(2000);
      expect(breaches).toEqual([]);
    } finally {
      made.remove();
    }
  });

  it('has no example that this file does not know', () => expect(more).toEqual([]));

  it('names the policy under which the tests run', () => {
    expect(here('text').join('')).toContain(POLICY.replace(/; report-uri.*/, ''));
  });
});
