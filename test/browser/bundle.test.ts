/** The package in a browser's bundle: nothing of Node's, and the very numbers that it gives in Node. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeEnv } from '@rl-tools/envs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import columnar from '../../agents/columnar-td.ts';
import { agentSchema } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import { createInteraction } from '../../src/interaction.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { type Bundle, bundle } from './bundle.ts';
import { learn, type Outcome, type Task } from './learn.ts';
import { LONG, TASKS } from './tasks.ts';

const here = (task: Omit<Task, 'agent'>): Promise<Outcome> =>
  learn({ agentSchema, assemble, createInteraction, createReportChunk, makeEnv }, { ...task, agent: columnar });

/** Where a bundle asks for Node; vite puts a stub of its own in such a module's place, without a word in what it writes. */
const nodeIn = ({ files, modules, warnings }: Bundle): string[] => [
  ...files.flatMap(({ text }) => text.match(/["'`]node:\w+|\brequire\(|from ?["'](?!\.)[^"']*["']/g) ?? []),
  ...modules.filter((id) => /^node:|browser-external:/.test(id)),
  ...warnings.filter((line) => /externalized|node:/.test(line)),
];

let made: Bundle;
beforeAll(async () => void (made = await bundle('test/browser/entry.ts')));
afterAll(() => made.remove());

describe('the bundle', () => {
  it('asks for no module of Node', () => {
    expect(made.modules.length).toBeGreaterThan(200);
    expect(nodeIn(made)).toEqual([]);
  });

  it('and one that does is caught, as a mere name too', async () => {
    for (const line of ["import { join } from 'node:path'; join;", "export { readFileSync } from 'fs';"]) {
      const folder = mkdtempSync(resolve('dist', '.bundle-'));
      writeFileSync(join(folder, 'evil.js'), `${line}\nexport { makeEnv } from '@rl-tools/envs';\n`);
      const evil = await bundle(join(folder, 'evil.js'));
      expect(nodeIn(evil), line).not.toEqual([]);
      evil.remove();
      rmSync(folder, { recursive: true });
    }
  });

  it('imports nothing that is not there, such as a name of zod that src/browser/zod-names.ts leaves out', () => {
    expect(made.warnings.filter((line) => /undefined|export/.test(line))).toEqual([]);
  });

  it('has every part and task in a file of its own, and the kernels', () => {
    const names = made.files.map(({ name }) => name);
    for (const part of ['lstm-columns', 'columnar', 'rmsprop', 'trace-conditioning', 't-maze', 'tracking']) {
      expect(
        names.filter((name) => name.startsWith(`assets/${part}-`)),
        part,
      ).not.toEqual([]);
    }
    expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(4);
  });

  it('is small: what every page loads, without parts, tasks and kernels', () => {
    const kept = made.files.find(({ name }) => name === 'entry.js')!;
    const shared = made.files.filter(({ name, bytes }) => name.endsWith('.js') && bytes > 20_000);
    const total = shared.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`entry.js ${kept.bytes} bytes; ${shared.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`);
    expect(total).toBeGreaterThan(50_000); // or something was left out
    expect(total).toBeLessThan(400_000);
  });
});

describe('in a worker without anything of Node', () => {
  const inContext = (tasks: readonly object[]) => {
    const args = ['--experimental-vm-modules', '--no-warnings', 'test/browser/run-in-context.mjs'];
    const answer = execFileSync(process.execPath, [...args, made.folder, 'entry.js', JSON.stringify(tasks)]);
    return JSON.parse(answer.toString()) as { outcomes: Outcome[]; fetched: string[]; nodes: string[] };
  };
  let there: ReturnType<typeof inContext>;
  beforeAll(() => void (there = inContext([...TASKS, { ...TASKS[0], seed: 1 }])));

  it('there is no process, no Buffer, no require', () => expect(there.nodes).toEqual([]));

  it.each(TASKS.map((task, i) => ({ ...task, i })))(
    '$name learns cycle world, with the bits of Node',
    async ({ i, ...task }) => {
      const [it, own] = [there.outcomes[i]!, await here(task)];
      expect(it.path).toBe(task.path);
      if (task.steps === LONG) expect(it.error).toBeLessThan(0.01);
      expect(it).toEqual(own);
    },
  );

  it('another seed, and another precision, give other bits', () => {
    expect(new Set(there.outcomes.map(({ bits }) => bits)).size).toBe(TASKS.length + 1);
  });

  it('fetches the kernels that it needs, once', () => {
    expect(there.fetched.map((path) => path.replace(/-\w+\.wasm$/, '')).sort()).toEqual(['/assets/f32', '/assets/f64']);
  });
});
