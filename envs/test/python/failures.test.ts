/** What can go wrong in a bridge process, each as its own clear error; with a Python that needs no packages. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ResetOptions, StepTuple } from '../../env.ts';
import { EnvError } from '../../errors.ts';
import { AsyncPythonEnv } from '../../python/async-python-env.ts';
import type { PythonOptions } from '../../python/options.ts';
import { PythonEnv } from '../../python/python-env.ts';
import { PythonEnvError, type PythonEnvErrorCode } from '../../python/python-env-error.ts';
import type { Element } from '../../spaces.ts';
import { fake, groupOf, hasPython, isAlive, until } from './pythons.ts';

/** Both kinds of environment behind one face. */
interface AnyPythonEnv {
  readonly pid: number;
  reset(options?: ResetOptions): unknown;
  step(action: number): Promise<StepTuple<Element>> | StepTuple<Element>;
  close(): Promise<void> | void;
}
/** `of` null: of gymnasium, not of fake.py. */
type Make = (id: string, options?: PythonOptions, of?: string | null) => Promise<AnyPythonEnv>;
const kept: PythonOptions = { stderr: 'keep' };
const kinds: [string, Make][] = [
  ['PythonEnv', async (id, options, of = fake) => new PythonEnv(id, { ...kept, ...options }, of ?? undefined)],
  ['AsyncPythonEnv', (id, options, of = fake) => AsyncPythonEnv.make(id, { ...kept, ...options }, of ?? undefined)],
];

async function failure(act: () => unknown): Promise<PythonEnvError> {
  const error: unknown = await Promise.resolve()
    .then(act)
    .then(
      () => new Error('nothing was thrown'),
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(PythonEnvError);
  const { message } = error as PythonEnvError;
  expect(message).not.toContain('\n');
  return error as PythonEnvError;
}

describe.skipIf(!hasPython).each(kinds)('%s', (_, make) => {
  test('carries observations, rewards, ends and infos there and back', async () => {
    const env = await make('plain', { info: true });
    expect(await env.reset({ seed: 5, options: { a: [1] } })).toEqual([
      Float64Array.of(0, 0, 5),
      { seed: 5, options: { a: [1] } },
    ]);
    expect(await env.step(1)).toEqual([Float64Array.of(1, 1, 5), 0.5, false, false, { big: 'x'.repeat(99) }]);
    for (let t = 2; t < 5; t++) expect((await env.step(2))[2]).toBe(false);
    expect(await env.step(2)).toEqual([Float64Array.of(5, 2, 5), 1, true, false, { big: 'x'.repeat(99) }]);
    await expect(async () => env.step(0)).rejects.toThrow(
      'Cannot step python/plain: the episode has ended; call reset()',
    );
    expect(await env.reset()).toEqual([Float64Array.of(0, 0, 5), { seed: null, options: null }]);
    await env.close();
  });

  test('begins with seed 0 when never given one, takes only whole seeds, and leaves infos out by default', async () => {
    const env = await make('plain');
    await expect(async () => env.step(0)).rejects.toThrow('Cannot step python/plain: call reset() first');
    expect(await env.reset()).toEqual([Float64Array.of(0, 0, 0), {}]);
    await expect(async () => env.reset({ seed: -1 })).rejects.toThrow(
      'the seed must be a non-negative integer, got -1',
    );
    await env.reset({ seed: 3 });
    await expect(async () => env.step(3)).rejects.toThrow(
      'Cannot step python/plain: the action 3 is not in Discrete(3)',
    );
    await env.close();
  });

  test.each<[string, PythonEnvErrorCode, string | RegExp]>([
    ['throw', 'exception', 'Environment python/throw failed in step: ValueError: the door is locked'],
    ['kill', 'exit', /^Environment python\/kill is gone during step: its process (was killed by SIGKILL|ended)$/],
    ['exit', 'exit', /^Environment python\/exit is gone during step: its process ended.*leaving now$/],
    ['child', 'exit', /^Environment python\/child is gone during step: its process (was killed by SIGKILL|ended)$/],
    ['skew', 'protocol', 'Environment python/skew answered request 2 when asked number 1; its process was ended'],
  ])('tells of a step that ends with: %s', async (id, code, message) => {
    const env = await make(id);
    const error = await failure(async () => {
      await env.reset({ seed: 1 });
      await env.step(1);
    });
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(error).toBeInstanceOf(EnvError);
    if (code === 'exception') expect(error.traceback).toMatch(/^Traceback[\s\S]*fake\.py[\s\S]*the door\nis locked/);
    else {
      expect(await failure(() => env.reset())).toMatchObject({ code: 'closed' });
      // The whole group: what the environment had started too.
      expect(await until(() => groupOf(env.pid) === 0)).toBe(true);
    }
    await env.close();
  });

  test('lives on after an exception, once it is reset', async () => {
    const env = await make('throw');
    await env.reset({ seed: 1 });
    await env.step(2);
    await failure(() => env.step(1));
    await expect(async () => env.step(2)).rejects.toThrow('call reset() first');
    await env.reset();
    expect((await env.step(2))[0]).toEqual(Float64Array.of(1, 2, 1));
    await env.close();
    expect(await failure(() => env.step(2))).toMatchObject({ code: 'closed' });
  });

  test('tells of a reset that throws', async () => {
    const env = await make('bad-reset');
    const { code, message } = await failure(() => env.reset());
    expect([code, message]).toEqual([
      'exception',
      expect.stringContaining('failed in reset: RuntimeError: cannot begin'),
    ]);
    await env.close();
  });

  test('tells of a process that is killed -9 from outside: while nothing is asked, and in the middle of a step', async () => {
    const [idle, busy] = [await make('plain'), await make('hang')];
    await idle.reset();
    process.kill(idle.pid, 'SIGKILL');
    const began = performance.now();
    const words = /is gone during step: its process (was killed by SIGKILL|ended)$/;
    const error = await failure(() => idle.step(0));
    expect(error).toMatchObject({ code: 'exit', message: expect.stringMatching(words) as string });
    await busy.reset();
    spawn('sh', ['-c', `sleep 0.2; kill -9 ${busy.pid}`]);
    const other = await failure(() => busy.step(1));
    expect(other).toMatchObject({ code: 'exit', message: expect.stringMatching(words) as string });
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await failure(() => busy.step(1))).toMatchObject({ code: 'closed' });
    expect(await until(() => groupOf(idle.pid) + groupOf(busy.pid) === 0)).toBe(true);
  });

  test.each(['hang', 'hang-busy', 'hang-c'])(
    'ends a step that takes too long and says where it was: %s',
    async (id) => {
      const env = await make(id, { timeout: 0.3 });
      await env.reset();
      await env.step(0);
      const began = performance.now();
      const error = await failure(() => env.step(1));
      expect(performance.now() - began).toBeLessThan(3000);
      expect(error.code).toBe('timeout');
      expect(error.message).toMatch(
        /did not answer step within 0\.3 s in File ".*fake\.py", line \d+ in (act|hold); its process/,
      );
      expect(error.traceback).toContain('in step');
      expect(await until(() => !isAlive(env.pid))).toBe(true);
      await env.close();
    },
  );

  test('ends a reset that takes too long, and an environment that is never made', async () => {
    const env = await make('hang-reset', { timeout: 0.3 });
    const began = performance.now();
    const error = await failure(() => env.reset());
    expect(error).toMatchObject({ code: 'timeout', message: expect.stringContaining('reset within 0.3 s') as string });
    expect(await until(() => !isAlive(env.pid))).toBe(true);
    for (const id of ['slow-make', 'slow-make-c']) {
      const folder = mkdtempSync(join(tmpdir(), 'slow-'));
      const kwargs = { pid: join(folder, 'pid') };
      expect(await failure(() => make(id, { kwargs, startTimeout: 1.5 }))).toMatchObject({
        code: 'timeout',
        message: expect.stringContaining('did not answer within 1.5 s (startTimeout)') as string,
      });
      const pid = Number(readFileSync(kwargs.pid, 'utf8'));
      expect(await until(() => !isAlive(pid))).toBe(true);
      rmSync(folder, { recursive: true });
    }
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 20_000);

  test('does not let prints into the stream, by Python or by C, however many', async () => {
    const env = await make('print');
    await env.reset({ seed: 2 });
    expect((await env.step(1))[0]).toEqual(Float64Array.of(1, 1, 2));
    await env.close();
    const flood = await make('flood'); // 2 MB on one step, thrice
    await flood.reset();
    for (let t = 1; t <= 3; t++) expect((await flood.step(1))[1]).toBe(0.5);
    await flood.close();
  });

  test('lets the environment close itself, waits for the process, and closes twice without harm', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'closed-'));
    const env = await make('plain', { kwargs: { closed: join(folder, 'yes') } });
    expect(isAlive(env.pid)).toBe(true);
    await env.close();
    expect(existsSync(join(folder, 'yes'))).toBe(true);
    expect(await until(() => !isAlive(env.pid))).toBe(true);
    await env.close();
    rmSync(folder, { recursive: true });
  });

  test('does not wait for ever for an environment that does not close', async () => {
    const env = await make('slow-close', { timeout: 0.3 });
    const began = performance.now();
    await env.close();
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await until(() => !isAlive(env.pid))).toBe(true);
  });

  test('tells of an environment that cannot be made, and of a bridge of another version', async () => {
    const error = await failure(() => make('broken'));
    expect(error).toMatchObject({
      code: 'make',
      message: 'Cannot make python/broken: ValueError: no such thing as this',
    });
    expect(error.traceback).toContain('Traceback');
    const other = await failure(() => make('old'));
    expect(other).toMatchObject({ code: 'version', message: expect.stringContaining('speaks protocol 0') as string });
  });

  test.each<[string, PythonEnvErrorCode, string, RegExp]>([
    ['too old', 'version', '__version__ = "0.29.1"', /gymnasium 1\.0 or newer is needed, this Python has 0\.29\.1$/],
    ['not there', 'packages', 'raise ImportError("none here")', /none here; try .* -m pip install gymnasium numpy, or/],
  ])('tells of a gymnasium that is %s', async (_, code, gymnasium, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'gymnasium-'));
    writeFileSync(join(folder, 'gymnasium.py'), gymnasium);
    writeFileSync(join(folder, 'numpy.py'), '__version__ = "0"');
    const path = process.env['PYTHONPATH'];
    process.env['PYTHONPATH'] = folder;
    try {
      const error = await failure(() => make('CartPole-v1', {}, null));
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    } finally {
      if (path === undefined) delete process.env['PYTHONPATH'];
      else process.env['PYTHONPATH'] = path;
      rmSync(folder, { recursive: true });
    }
  });

  test.each<[string, RegExp]>([
    [
      'no-such-python',
      /^Cannot start python\/plain: there is no program "no-such-python"; set the option python, or E/,
    ],
    ['false', /^Cannot start python\/plain: false ended/],
    ['true', /^Cannot start python\/plain: true ended/],
  ])('tells of a Python that is none: %s', async (python, message) => {
    const error = await failure(() => make('plain', { python }));
    expect(error).toMatchObject({ code: 'python', message: expect.stringMatching(message) as string });
  });

  test('tells of a Python that never answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silent-'));
    const python = join(folder, 'python');
    writeFileSync(python, '#!/bin/sh\nsleep 1000\n', { mode: 0o755 });
    const began = performance.now();
    const error = await failure(() => make('plain', { python, startTimeout: 0.3 }));
    expect(error).toMatchObject({ code: 'timeout', message: expect.stringMatching(/did not answer within 0\.3 s/) });
    expect(performance.now() - began).toBeLessThan(3000);
    rmSync(folder, { recursive: true });
  });
});
