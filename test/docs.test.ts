import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listEnvs } from '@rl-tools/envs';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { hasAtari } from '../envs/test/python/pythons.ts';
import { listParts } from '../src/registry.ts';
import { documentBlocks } from './support/document-blocks.ts';

const cli = resolve('dist/src/cli/main.js');
const index = pathToFileURL(resolve('dist/src/index.js')).href;
const folder = mkdtempSync(join(tmpdir(), 'agent-state-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The n-th TypeScript block of a document. */
function block(file: string, n: number): string {
  const blocks = [...readFileSync(file, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
  return blocks[n]![1]!;
}

function agentState(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
}

// Inside node_modules both packages are found by name; TypeScript reads the declarations of the build.
const scratch = mkdtempSync(resolve('node_modules', '.docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** TypeScript's complaints about files in `scratch`, all at once. */
function complaints(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(scratch, name), text);
  const strict = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const paths = Object.keys(files).map((name) => join(scratch, name));
  const args = ['node_modules/typescript/bin/tsc', '--ignoreConfig', ...strict, '--types', 'node', ...paths];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

// Node finds this package by its own name in a folder of it that is not node_modules.
const running = mkdtempSync(resolve('dist', '.docs-'));
afterAll(() => rmSync(running, { recursive: true, force: true }));

/** Imports modules one after the other in a process of its own; what each of them threw, one line each. */
function thrown(files: Readonly<Record<string, string>>): string {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const names = Object.entries(files).map(([name, text]) => {
    const file = join(running, `${name}.mjs`);
    writeFileSync(file, ts.transpileModule(text, { compilerOptions: options }).outputText);
    return file;
  });
  const program = `
    console.log = () => undefined;
    for (const name of ${JSON.stringify(names)}) await import(name).catch((error) => console.error(name, error.message));
    process.exit();`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' }).stderr;
}

describe('every TypeScript block of the docs', () => {
  const blocks = Object.fromEntries(
    documentBlocks('ts').map(({ file, line, text }) => [`${file.replaceAll(/[/.]/g, '-')}-${line}.mts`, text]),
  );

  it('type-checks in strict mode', () => {
    expect(Object.keys(blocks).length).toBeGreaterThan(14);
    expect(complaints(blocks)).toBe('');
    expect(complaints({ 'wrong.mts': 'const n: number = "text"; export default n;' })).toContain('TS2322');
  });

  const starts = ([, text]: readonly [string, string]): boolean => /'python\/|PythonEnv/.test(text);

  it.skipIf(!hasAtari)('runs where it starts a Python', () => {
    const theirs = Object.entries(blocks).filter(starts);
    expect(theirs.length).toBeGreaterThan(0);
    const failures = (files: Readonly<Record<string, string>>): string[] =>
      thrown(files)
        .split('\n')
        .filter((line) => line.includes('.mjs')); // Python has a say on stderr too
    expect(failures(Object.fromEntries(theirs))).toEqual([]);
    expect(
      failures({ wrong: "import { makeEnv } from '@rl-tools/envs';\nawait makeEnv('python/None-v0');" }),
    ).toHaveLength(1);
  });

  it('runs as it is', () => {
    const own = Object.entries(blocks).filter((one) => !starts(one));
    expect(own.length).toBeGreaterThan(13);
    expect(thrown(Object.fromEntries(own))).toBe('');
    expect(thrown({ wrong: "import { makeEnv } from '@rl-tools/envs';\nawait makeEnv('no-such-world');" })).toContain(
      'wrong.mjs',
    );
  });
});

describe('the example of docs/stacks.md works as it is, outside the repository', () => {
  it('the agent learns, and its layers are within reach of --set', () => {
    writeFileSync(join(folder, 'stacked.ts'), block('docs/stacks.md', 0));
    const run = (...args: string[]) =>
      agentState('run', '--agent', './stacked.ts', '--env', 'trace-conditioning', '--steps', '300', '--json', ...args);
    const parameters = ({ stdout, stderr }: ReturnType<typeof run>): number => {
      expect(stderr).toBe('');
      const [row] = JSON.parse(stdout) as { status: string; parameters: number }[];
      expect(row!.status).toBe('done');
      return row!.parameters;
    };
    expect(parameters(run('--set', 'agent.cell.layers.0.units=16'))).toBeGreaterThan(1.5 * parameters(run()));
    expect(run('--set', 'agent.cell.layers.0.unit=16').stderr).toContain('there is no option unit');
  });

  it('the gradient check tells how far layer-local is off', () => {
    const [, layers] = /gradcheck stack layer-local --set '(.*)'/.exec(readFileSync('docs/stacks.md', 'utf8'))!;
    const check = (estimator: string) =>
      JSON.parse(agentState('gradcheck', 'stack', estimator, '--set', layers!, '--json').stdout) as Record<
        string,
        number
      >;
    expect(check('layer-local')['relativeError']).toBeGreaterThan(1e-2);
    expect(check('rtrl')['versusFiniteDifferences']).toBeLessThan(1e-6);
  });
});

describe('the examples of docs/dynamic-sparsity.md work', () => {
  it('the library exchanges weights and keeps their number', () => {
    const path = join(scratch, 'exchange.mjs');
    const text = block('docs/dynamic-sparsity.md', 0).replace("'agent-state'", JSON.stringify(index));
    writeFileSync(path, text);
    const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const [before, after, revision, entries] = stdout.trim().split(' ').map(Number);
    expect(after).toBe(before);
    expect(revision).toBeGreaterThan(10); // towards step 1000 the share falls to 0
    expect(revision).toBeLessThan(20);
    expect(entries).toBeGreaterThan(before!);
  });

  it('the commands run, and end with the sizes told', () => {
    const [, shell] = /```sh\n([\s\S]*?)```/.exec(readFileSync('docs/dynamic-sparsity.md', 'utf8'))!;
    const commands = shell!.replaceAll('\\\n', ' ').trim().split('\n');
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const [, , ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
      const short = args.map((arg) => (arg === '100000' ? '1500' : arg.replace('75000', '1200')));
      const result = agentState('run', ...short, '--json');
      expect(JSON.parse(result.stdout)).toMatchObject([{ status: 'done', steps: 1500 }]);
    }
  });
});

describe('the examples of docs/adding-a-part.md work as they are, outside the repository', () => {
  it('the cell passes its gradient check, and a wrong derivative does not', () => {
    const cell = block('docs/adding-a-part.md', 0);
    writeFileSync(join(folder, 'my-cell.ts'), cell);
    writeFileSync(join(folder, 'wrong.ts'), cell.replace('direct[i] = 0.9', 'direct[i] = 0.5'));
    const error = (file: string): number =>
      (JSON.parse(agentState('gradcheck', file, 'columnar', '--json').stdout) as { versusFiniteDifferences: number })
        .versusFiniteDifferences;
    expect(error('./my-cell.ts')).toBeLessThan(1e-6);
    expect(error('./wrong.ts')).toBeGreaterThan(1e-2);
  });

  it('the estimator runs, and is as inexact as it says', () => {
    writeFileSync(join(folder, 'fading.ts'), block('docs/adding-a-part.md', 1));
    const { stdout } = agentState('gradcheck', 'tanh-columns', './fading.ts', '--json');
    const { relativeError } = JSON.parse(stdout) as { relativeError: number };
    expect(relativeError).toBeGreaterThan(1e-2);
    expect(relativeError).toBeLessThan(10);
  });

  it('the step-size rule learns, and with step size 0 does not', () => {
    writeFileSync(join(folder, 'clipped.ts'), block('docs/adding-a-part.md', 2));
    const error = (alpha: number): number => {
      const rule = ['--rule', './clipped.ts', '--set', `agent.rule.alpha=${alpha}`, '--set', 'window=2000'];
      const run = agentState(
        'run',
        'cycle-world',
        '--agent',
        'no-memory',
        '--steps',
        '10000',
        '--seeds',
        '1',
        '--json',
        ...rule,
      );
      expect(run.stderr).toBe('');
      return (JSON.parse(run.stdout) as { msre: number }[])[0]!.msre;
    };
    expect(error(1e-2)).toBeLessThan(0.95 * error(0));
  });

  it('the environment keeps the contract and is learned in', () => {
    writeFileSync(join(folder, 'echo.ts'), block('docs/adding-a-part.md', 3));
    const check = agentState('check-env', './echo.ts');
    expect(check.stdout).toContain('keeps the contract');
    const run = agentState('run', '--env', './echo.ts', '--agent', 'columnar-td', '--steps', '3000', '--json');
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toMatchObject([{ status: 'done', steps: 3000, seed: 0 }]);
  });

  it('the study is measured, and the step size near the Kalman gain, .095, is best', () => {
    writeFileSync(join(folder, 'tracking.ts'), block('docs/adding-a-part.md', 4));
    const { stdout, stderr } = agentState('run', './tracking.ts', '--seeds', '2', '--json');
    expect(stderr).not.toContain('agent-state:');
    const { tables } = JSON.parse(stdout) as { tables: { rows: { alpha: number; mean: number }[] }[] };
    const rows = [...tables[0]!.rows].sort((a, b) => a.mean - b.mean);
    expect(rows.map(({ alpha }) => alpha)).toEqual([0.1, 0.03, 0.01]);
  });
});

it('docs/environments.md has a section for every environment and for nothing else (npm run environments)', () => {
  const sections = [...readFileSync('docs/environments.md', 'utf8').matchAll(/^## (\S+)$/gm)].map(([, id]) => id);
  expect(sections).toEqual(listEnvs());
});

it('docs/step-sizes.md has every rule, its header as it stands, and nothing else (npm run step-sizes)', () => {
  const page = readFileSync('docs/step-sizes.md', 'utf8');
  const sections = [...page.matchAll(/^## (?!The rules)(\S+)$/gm)].map(([, id]) => id);
  expect(sections).toEqual(listParts('step-sizes'));
  for (const id of listParts('step-sizes')) {
    const [, first] = /^\/\*\*\n \* (.*)$/m.exec(readFileSync(`src/step-sizes/${id}.ts`, 'utf8'))!;
    expect(page, `${id}: ${first}`).toContain(first);
  }
});

it('docs/heads.md and docs/growth.md name every head and every way to grow', () => {
  for (const kind of ['heads', 'growth'] as const) {
    const page = readFileSync(`docs/${kind}.md`, 'utf8');
    for (const id of listParts(kind)) expect(page, id).toContain(`\`${id}\``);
  }
});
