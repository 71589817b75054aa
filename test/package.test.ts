/** Both packages as a user gets them: packed, installed in an empty folder, imported, type-checked and run from there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './browser/bundle.ts';
import { put, tempFolder } from './support/temp.ts';

const folder = tempFolder();
const user = join(folder, 'user');

const SCRIPT = `
import { makeEnv, createRng } from '@rl-tools/envs';
import cycleWorld from '@rl-tools/envs/tasks/cycle-world';
import { assemble, defineAgent, interact, learn, type Learner } from 'agent-state';
import columns from 'agent-state/cells/lstm-columns';
import recipe from 'agent-state/agents/columnar-td';
import { sample } from 'agent-state/stream/sample';
import { lastValueFrom, toArray } from 'rxjs';

const env = await makeEnv('cycle-world', { states: cycleWorld.summary.length });
const agent = defineAgent({ ...recipe, cell: { id: 'lstm-columns', columns: 2 } });
const { learner, chosen } = await assemble(agent, { inputSize: env.observationSpace.size, seed: 0 });
const mine: Learner = learner;
const samples$ = interact(env, { seed: 0, steps: 1000 }).pipe(learn(mine), sample(100), toArray());
const samples = await lastValueFrom(samples$);
const cell = columns.create(columns.options.parse({ columns: 3 }), createRng(0), { inputSize: 2 });
console.log(JSON.stringify({ path: chosen.path, samples: samples.length, units: cell.units, finite: samples.every((s) => Number.isFinite(s.prediction)) }));
`;

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', ['--loglevel', 'error', ...args], { cwd, encoding: 'utf8', stdio: 'pipe' });
}
const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: user, encoding: 'utf8', stdio: 'pipe' });

beforeAll(() => {
  mkdirSync(user);
  // The build was made by `npm test`; the scripts of packing would make it again while other tests read it.
  for (const path of ['.', 'envs']) npm(resolve(path), 'pack', '--ignore-scripts', '--pack-destination', folder);
  const packs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  expect(packs).toHaveLength(2);
  put(user, 'package.json', JSON.stringify({ private: true, type: 'module' }));
  const tarballs = packs.map((name) => join(folder, name));
  npm(user, 'install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs);
  put(user, 'use.ts', SCRIPT);
}, 120_000);

describe('the packages, installed', () => {
  it('are imported by name and by sub-path, and learn', () => {
    const typescript = resolve('node_modules/typescript/lib/typescript.js');
    const compile = `
      import ts from ${JSON.stringify(typescript)};
      import { readFileSync, writeFileSync } from 'node:fs';
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      writeFileSync('use.js', ts.transpileModule(readFileSync('use.ts', 'utf8'), { compilerOptions: options }).outputText);`;
    node('--input-type=module', '-e', compile);
    expect(JSON.parse(node('use.js'))).toEqual({ path: 'compiled', samples: 10, units: 3, finite: true });
  });

  it('bring types that stand up to a strict check, and catch a mistake', () => {
    const options = {
      module: 'NodeNext',
      target: 'ES2022',
      lib: ['ES2023', 'DOM'],
      types: [],
      strict: true,
      noEmit: true,
    };
    put(user, 'wrong.ts', SCRIPT.replace('inputSize: env.observationSpace.size, ', ''));
    put(user, 'tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['use.ts', 'wrong.ts'] }));
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd: user,
      encoding: 'utf8',
    });
    const errors = stdout.split('\n').filter((line) => /^\S.*error TS/.test(line));
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts.*AssembleNeeds/)]);
  });

  it('give a command that lists, runs and reads files of the user', () => {
    const bin = join('node_modules', '.bin', 'agent-state');
    const run = (...args: string[]): string => execFileSync(bin, args, { cwd: user, encoding: 'utf8', stdio: 'pipe' });
    const cells = JSON.parse(npm(user, 'exec', '--', 'agent-state', 'list', 'cells', '--json')) as { id: string }[];
    expect(cells.map(({ id }) => id)).toContain('lstm-columns');
    put(
      user,
      'agent.ts',
      "import recipe from 'agent-state/agents/columnar-td';\nexport default { ...recipe, cell: { id: 'tanh-columns' } };",
    );
    const [result] = JSON.parse(
      run('run', '--agent', './agent.ts', '--env', 'cycle-world', '--steps', '500', '--json'),
    ) as object[];
    expect(result).toMatchObject({ status: 'done', steps: 500 });
  });

  it('make a bundle for browsers, which learns where there is nothing of Node', async () => {
    put(
      user,
      'entry.js',
      `import { makeEnv } from '@rl-tools/envs';
      import { assemble, createInteraction } from 'agent-state';
      import columnar from 'agent-state/agents/columnar-td';
      export async function run() {
        const interaction = createInteraction(await makeEnv('cycle-world'), { seed: 0, steps: 1000 });
        return (await assemble(columnar, { inputSize: interaction.inputSize, seed: 0 })).chosen.path;
      }`,
    );
    const made = await bundle(join(user, 'entry.js'));
    try {
      const script = resolve('test/browser/run-in-context.mjs');
      const printed = node('--experimental-vm-modules', '--no-warnings', script, made.folder, 'entry.js', '[{}]');
      expect(JSON.parse(printed)).toMatchObject({ outcomes: ['compiled'], nodes: [] });
      expect(made.modules.filter((id) => id.includes('/zod/v4/locales/')).length).toBeLessThan(5); // of 50
      const outside = made.modules.filter((id) => id.startsWith('/') && !id.startsWith(realpathSync(user)));
      expect(outside).toEqual([]); // nothing comes from the repository
    } finally {
      made.remove();
    }
  }, 120_000);

  it('carry what they need and nothing else', () => {
    const files = readdirSync(join(user, 'node_modules', 'agent-state'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.test\.|(^|\/)(test|bench|node_modules)\//.test(name))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md']));
    expect(files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))).toEqual([]);
  });
});
