/** A bridge process never outlives its parent, however that one ends; from compiled code, as people run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { fake, hasPython, isAlive, until } from './pythons.ts';

const index = new URL('../../dist/index.js', import.meta.url);
const isBuilt = existsSync(index);
if (!isBuilt) console.warn('SKIPPED: tests of orphans: build first');

/** Does `first`, makes an environment, prints its process number, does `then`. */
const script = (kind: string, id: string, then: string, first: string): string => `
  import { AsyncPythonEnv, PythonEnv } from ${JSON.stringify(index.href)};
  const fake = ${JSON.stringify(fake)};
  ${first}
  const env = ${kind === 'PythonEnv' ? 'new PythonEnv' : 'await AsyncPythonEnv.make'}('${id}', { stderr: 'keep' }, fake);
  await env.reset();
  process.stdout.write(env.pid + '\\n');
  ${then}
`;

const parents: ChildProcess[] = [];
afterEach(() => parents.splice(0).forEach((parent) => parent.kill('SIGKILL')));

async function start(
  kind: string,
  id: string,
  then: string,
  first = '',
): Promise<{ parent: ChildProcess; pid: number }> {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script(kind, id, then, first)]);
  parents.push(parent);
  let said = '';
  parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let wrong = '';
  parent.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
  expect(await until(() => said.endsWith('\n'), 20_000), wrong).toBe(true);
  return { parent, pid: Number(said) };
}

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
