/** A bridge process never outlives its parent, however that one ends; from compiled code, as people run it. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asked, fake, groupOf, hasGymnasium, hasPython, isAlive, until } from './pythons.ts';

const index = new URL('../../dist/index.js', import.meta.url);
const isBuilt = existsSync(index);
if (!isBuilt) console.warn('SKIPPED: tests of orphans: build first');

/** Does `first`, makes an environment, prints its process number, does `then`. */
const script = (kind: string, id: string, then: string, first = '', timeout = 60, kwargs = {}): string => `
  import { AsyncPythonEnv, PythonEnv } from ${JSON.stringify(index.href)};
  const fake = ${JSON.stringify(fake)};
  ${first}
  const options = ${JSON.stringify({ stderr: 'keep', timeout, startTimeout: timeout, kwargs })};
  const env = ${kind === 'PythonEnv' ? 'new PythonEnv' : 'await AsyncPythonEnv.make'}('${id}', options, fake);
  await env.reset();
  process.stdout.write(env.pid + '\\n');
  ${then}
`;

const parents: ChildProcess[] = [];
afterEach(() => parents.splice(0).forEach((parent) => parent.kill('SIGKILL')));

function launch(code: string, surroundings = {}): ChildProcessWithoutNullStreams {
  const env = { ...process.env, ...surroundings };
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: 'pipe' });
  parents.push(parent);
  return parent;
}

async function start(
  kind: string,
  id: string,
  then: string,
  first = '',
  timeout = 60,
): Promise<{ parent: ChildProcess; pid: number }> {
  const parent = launch(script(kind, id, then, first, timeout));
  let said = '';
  parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let wrong = '';
  parent.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
  expect(await until(() => said.includes('\n'), 20_000), wrong).toBe(true);
  return { parent, pid: parseInt(said) };
}

describe.skipIf(!hasGymnasium || !isBuilt)('PythonVectorEnv', () => {
  test('ends with a parent that is killed -9, and so do the processes of its copies', async () => {
    const parent = launch(`
      import { PythonVectorEnv } from ${JSON.stringify(index.href)};
      const env = new PythonVectorEnv('CartPole-v1', { numEnvs: 2, vectorization: 'async', stderr: 'keep' });
      env.reset();
      process.stdout.write(env.pid + '\\n');
      setInterval(() => 0, 1000);
    `);
    let said = '';
    parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await until(() => said.endsWith('\n'), 30_000)).toBe(true);
    const members = (): number => groupOf(Number(said));
    expect(members()).toBeGreaterThanOrEqual(3);
    parent.kill('SIGKILL');
    expect(await until(() => members() === 0)).toBe(true);
  });
});

describe.skipIf(!hasPython || !isBuilt).each(['PythonEnv', 'AsyncPythonEnv'])('%s', (kind) => {
  test.each([
    ['waits', 'plain', 'setInterval(() => undefined, 1000);'],
    ['is in a step that sleeps', 'hang', 'setInterval(() => undefined, 1000); await env.step(1);'],
    ['is in a step that never rests', 'hang-busy', 'setInterval(() => undefined, 1000); await env.step(1);'],
  ])('ends with a parent that is killed -9 while it %s', async (_, id, then) => {
    const { parent, pid } = await start(kind, id, then);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid))).toBe(true);
  });

  test('ends with a parent that is killed -9, and so does what the environment has started', async () => {
    const { parent, pid } = await start(
      kind,
      'parent',
      'await env.step(1); console.log(0); setInterval(() => 0, 1000);',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(groupOf(pid)).toBe(2);
    parent.kill('SIGKILL');
    expect(await until(() => groupOf(pid) === 0)).toBe(true);
  });

  test('ends within the limit of a call where not even its own threads run', async () => {
    const { parent, pid } = await start(kind, 'hang-c', 'setInterval(() => 0, 1000); await env.step(1);', '', 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), 8000)).toBe(true);
  }, 20_000);

  test.each(['slow-make', 'slow-make-c'])('ends with a parent that is killed -9 while it is made: %s', async (id) => {
    const folder = mkdtempSync(join(tmpdir(), 'orphans-'));
    const path = join(folder, 'pid');
    const parent = launch(script(kind, id, '', '', 1, { pid: path }));
    expect(await until(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'), 20_000)).toBe(true);
    const pid = Number(readFileSync(path, 'utf8'));
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), 4000)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test('leaves no process and no file, at whatever moment of its start the parent is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orphans-'));
    const [python, temporary] = [join(folder, 'a-python'), join(folder, 'tmp')];
    const { stdout } = spawnSync(asked, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), python); // a name by which to find them
    mkdirSync(temporary);
    const surroundings = { TMPDIR: temporary, ENVS_PYTHON: python };
    const code = script(kind, 'plain', 'setInterval(() => 0, 1000);');
    const running = (): boolean =>
      spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout.includes(`${python} -u`);
    const first = launch(code, surroundings);
    const began = performance.now();
    expect(await until(running, 20_000)).toBe(true); // the control: they are found by that name
    const starting = performance.now() - began;
    first.kill('SIGKILL');
    for (let i = 0; i < 8; i++) {
      const parent = launch(code, surroundings);
      await new Promise((resolve) => setTimeout(resolve, starting * (0.6 + 0.1 * i)));
      parent.kill('SIGKILL');
    }
    expect(await until(() => !running())).toBe(true);
    const last = launch(code, surroundings); // sweeps
    expect(await until(running, 20_000)).toBe(true);
    expect(await until(() => readdirSync(temporary).length === 0)).toBe(true);
    last.kill('SIGKILL');
    expect(await until(() => !running())).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test('does not keep a parent alive that has nothing left to do, and ends with it', async () => {
    const { parent, pid } = await start(kind, 'plain', '');
    expect(await until(() => parent.exitCode === 0, 10_000)).toBe(true);
    expect(await until(() => !isAlive(pid))).toBe(true);
  });

  test('ends with a parent that throws or exits', async () => {
    for (const then of ['throw new Error("x");', 'process.exit(7);']) {
      const { parent, pid } = await start(kind, 'plain', then);
      expect(await until(() => parent.exitCode !== null, 10_000)).toBe(true);
      expect(await until(() => !isAlive(pid))).toBe(true);
    }
  });

  test('goes on when Ctrl-C reaches the parent, which may have steps to finish', async () => {
    const { parent, pid } = await start(
      kind,
      'plain',
      'setInterval(() => 0, 1000);',
      'process.on("SIGINT", () => 0);', // before the number is told, at which the signal comes
    );
    parent.kill('SIGINT');
    process.kill(pid, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid))).toBe(true);
  });
});
