/** What the recorder refuses, and that nothing is left behind. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import { recordEnv } from '../recorder.ts';
import { StreamReader } from '../recording/reader.ts';
import { makeEnv } from '../registry.ts';
import { FineEnv } from './fine-env.ts';
import { Pulse } from './pulse.ts';

const folder = mkdtempSync(join(tmpdir(), 'recorder-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
mkdirSync(path('folder'));

/** Open files of this process, where the system tells. */
const openFiles = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

describe('recordEnv refuses in one line', () => {
  test.each<[string, object, string]>([
    ['a discount of 2', { discount: 2 }, 'discount: Too big'],
    ['a discount of NaN', { discount: NaN }, 'discount: Invalid input'],
    ['a text longer than the header may be', { about: 'x'.repeat(70_000) }, 'of at most 65536; shorten about'],
    ['gzip that is no boolean', { gzip: 'no' }, 'gzip: Invalid input'],
    ['blocks larger than are read', { block: 2e6 }, 'block: Too big'],
    ['blocks larger than memory', { block: 1e6, type: 'f8' }, ''],
    ['blocks of less than a row', { block: -1 }, 'block: Too small'],
    ['blocks of half a row', { block: 1.5 }, 'block: Invalid input'],
    ['a type that is none', { type: 'f16' }, 'observation.type: Invalid option'],
    ['a policy that is none', { policy: 5 }, 'policy must be a function, got 5'],
    ['no path', { path: '' }, 'path must name the file to write, got ""'],
    ['a path into nowhere', { path: path('no/where') }, 'no/where: ENOENT'],
    ['a folder', { path: path('folder') }, 'folder: EISDIR'],
    ['an option that is misspelt', { polcy: () => 0 }, 'unknown option "polcy", did you mean "policy"?'],
    ['no rows', { rows: NaN }, 'Cannot record NaN rows'],
  ])('%s', (_, options, words) => {
    const wide = words === '' ? new Wide() : new FineEnv();
    const act = (): void => recordEnv(wide, { path: path('bad'), rows: 30, ...options });
    const open = openFiles();
    expect(act).toThrow(EnvError);
    expect(act).toThrow(words === '' ? 'give a smaller one' : words);
    expect(act).not.toThrow('\n');
    expect(openFiles()).toBe(open);
    expect(readdirSync(folder)).toEqual(['folder']);
  });

  test('and what an environment throws in the middle leaves no file, neither open nor there', () => {
    const open = openFiles();
    for (let i = 0; i < 5; i++) {
      expect(() => recordEnv(new Pulse(), { path: path('bad'), rows: 30, policy: () => -1 })).toThrow('told to fail');
    }
    expect(openFiles()).toBe(open);
    expect(readdirSync(folder)).toEqual(['folder']);
  });
});

test('what it writes, a reader reads: at the limits, too', () => {
  const about = 'x'.repeat(65_000);
  for (const [name, options] of Object.entries({
    about: { about },
    zero: { discount: 0 },
    one: { discount: 1, block: 1 },
  })) {
    recordEnv(new FineEnv(), { path: path(name), rows: 12, ...options });
    const reader = StreamReader.open(path(name));
    expect(reader.next()).toBe(true);
    reader.close();
    rmSync(path(name));
  }
});

test('a truncation keeps the discount, a termination is 0', () => {
  const discounts = (limit: number): number[] => {
    const env = new gym.TimeLimit(new FineEnv(), { maxEpisodeSteps: limit });
    recordEnv(env, { path: path('ends'), rows: 11, gzip: false });
    const reader = StreamReader.open(path('ends'));
    const seen: number[] = [];
    while (reader.next()) seen.push(reader.discount);
    reader.close();
    rmSync(path('ends'));
    return seen;
  };
  expect(discounts(4).slice(0, 6)).toEqual([0, 0.9, 0.9, 0.9, 0.9, 0]);
  expect(discounts(20)).toEqual([0, ...new Array<number>(9).fill(0.9), 0]);
});

describe('a recording', () => {
  test('that is a folder is refused in one line, and leaves nothing open', async () => {
    const open = openFiles();
    await expect(makeEnv('recorded', { file: path('folder') })).rejects.toThrow(
      `Cannot read ${path('folder')}: EISDIR`,
    );
    expect(openFiles()).toBe(open);
  });

  test('that was closed says so', async () => {
    recordEnv(new FineEnv(), { path: path('short'), rows: 200, block: 5 });
    const env = await makeEnv('recorded', { file: path('short') });
    env.reset();
    env.close();
    env.close();
    const act = (): void => {
      for (let t = 0; t < 9; t++) env.step(0);
    };
    expect(act).toThrow(`Cannot read ${path('short')}: it was closed`);
    expect(readFileSync(path('short')).length).toBeGreaterThan(100);
    rmSync(path('short'));
  });

  test('is closed where its environment is not made after all', async () => {
    recordEnv(new FineEnv(), { path: path('held'), rows: 20 });
    const open = openFiles();
    for (const options of [{ renderMode: 'ansi' }, { maxEpisodeSteps: 0 }, { renderMode: 'rgb_array' }]) {
      await expect(gym.make('recorded', { file: path('held'), ...options })).rejects.toThrow(EnvError);
    }
    const wrappers = [{ name: 'ClipAction', entryPoint: 'ClipAction', kwargs: {} }];
    await expect(gym.makeVec('recorded', { file: path('held'), numEnvs: 3, wrappers })).rejects.toThrow(EnvError);
    expect(openFiles()).toBe(open);
    const env = await gym.make('recorded', { file: path('held') });
    if (process.platform === 'linux') expect(openFiles()).toBe(open + 1);
    env.close();
    rmSync(path('held'));
  });
});

test('vectors close what they made where they are not made', () => {
  const closed: number[] = [];
  const make = (i: number) => (): FineEnv => Object.assign(new FineEnv(), { close: () => closed.push(i) });
  const fail = (): FineEnv => {
    throw new EnvError('cannot');
  };
  expect(() => new gym.SyncVectorEnv([make(0), make(1), fail])).toThrow('cannot');
  expect(() => new gym.SyncVectorEnv([make(2), () => new Pulse()])).toThrow('observations differ');
  expect(closed).toEqual([0, 1, 2]);
});

/** Shows very much. */
class Wide extends FineEnv {
  override readonly observationSpace = new Proxy(new FineEnv().observationSpace, {
    get: (space, key) => (key === 'size' ? 100_000 : (Reflect.get(space, key) as unknown)),
  });
}
