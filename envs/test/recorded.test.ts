/** Recording and replay: bit by bit what the environment gave, and one clear line for every damaged file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Action, StepTuple } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { recordEnv } from '../recorder.ts';
import type { RecordOptions } from '../recorder.ts';
import { StreamReader } from '../recording/reader.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { box } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';
import { emptyResult } from './stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

interface Seen {
  x: number[];
  reward: number;
  ends: readonly boolean[];
}

/** Rows as the recorder lives them, and what the actions were. */
function lived(env: AnyEnv, rows: number, act: (t: number) => Action, seed = 3): Seen[] {
  const out = emptyResult(env);
  const seen: Seen[] = [];
  for (let t = 0; t < rows; t++) {
    if (t === 0) env.resetInto(out, { seed });
    else if (seen.at(-1)!.ends.includes(true)) env.resetInto(out);
    else env.stepInto(act(t), out);
    seen.push({ x: [...out.observation], reward: out.reward, ends: [out.terminated, out.truncated] });
  }
  return seen;
}

/** Rewards and observations that use every bit of a double, and a vector of actions. */
class Wild extends FineEnv {
  override readonly observationSpace = box(-Infinity, Infinity, [4]);
  override observe(): Float64Array {
    return Float64Array.of(-0, Math.PI * this.rng.uniform(), 5e-324, this.rng.normal() * 1e300);
  }
  override step(action: number): StepTuple<Float64Array> {
    const [x, , end, cut, info] = super.step(action);
    return [x, this.rng.normal() / 3, end, cut, info];
  }
}

function record(env: AnyEnv, name: string, rows: number, more: Partial<RecordOptions> = {}): string {
  recordEnv(env, { path: path(name), rows, seed: 3, ...more });
  return path(name);
}

const replayed = async (file: string, rows: number, options = {}): Promise<Seen[]> =>
  lived(await makeEnv('recorded', { file, ...options }), rows, () => 0);

describe('a recorded stream', () => {
  test.each([
    ['plain', { gzip: false, block: 7 }],
    ['gzipped', { gzip: true, block: 64 }],
    ['in one block', { gzip: true, block: 100_000 }],
  ])('%s gives back what the environment gave, bit by bit', async (name, more) => {
    const file = record(new Wild(), name, 500, more);
    const policy = createRng('3/policy');
    const expected = lived(new Wild(), 500, () => policy.integer(0, 2));
    expected.at(-1)!.ends = [false, true]; // stopped in the middle of an episode
    const actual = await replayed(file, 500);
    expect(actual).toEqual(expected);
    expect(Object.is(actual[5]!.x[0], -0)).toBe(true);
    expected[123]!.x[1]! *= 1 + 2 ** -52;
    expect(actual).not.toEqual(expected);
  });

  test('of bytes or single floats is smaller, and refuses what does not fit', async () => {
    const make = () => makeEnv('trace-conditioning');
    const bytes = record(await make(), 'bytes', 3000, { type: 'u1', gzip: false });
    const doubles = record(await make(), 'doubles', 3000, { gzip: false });
    expect(await replayed(bytes, 3000)).toEqual(await replayed(doubles, 3000));
    expect(readFileSync(bytes).length).toBeLessThan(readFileSync(doubles).length / 2);
    for (const type of ['u1', 'f4'] as const) {
      const failing = () => record(new Wild(), 'never', 10, { type });
      expect(failing).toThrow(/^Cannot record row 0: .* does not fit a column of type (u1|f4); use f8$/);
      expect(() => readFileSync(path('never'))).toThrow('ENOENT');
    }
  });

  test('carries actions and rewards along where asked', async () => {
    const taken: number[] = [0];
    const policy = (): number => {
      taken.push(taken.length % 3);
      return taken.at(-1)!;
    };
    const file = record(new FineEnv(), 'acts', 10, { policy });
    const env = await makeEnv('recorded', { file, include: ['action', 'reward'] });
    expect(env.observationSpace.size).toBe(4 + 3 + 1);
    expect([...(env.reset({ seed: 1 })[0] as Float64Array)].slice(4)).toEqual([0, 0, 0, 0]);
    for (const action of taken.slice(1)) {
      const [x, reward, , , info] = env.step(0);
      expect(reward).toBe(action); // of FineEnv
      expect([...(x as Float64Array)].slice(4)).toEqual([0, 1, 2].map((a) => Number(a === action)).concat(action));
      expect(info['action']).toBe(action);
      expect(info['discount']).toBe(0.9);
    }
  });

  test('holds vectors of actions', async () => {
    const env = await makeEnv('copy-task');
    const file = record(env, 'vectors', 30, { policy: (x) => Float64Array.of(0.1 + x[2]! / 3), gzip: false });
    const back = await makeEnv('recorded', { file, include: ['action'] });
    let x = back.reset({ seed: 0 })[0] as Float64Array;
    expect([...x]).toEqual([1, 0, 0, 0]);
    for (let t = 1; t < 30; t++) {
      const action = 0.1 + x[2]! / 3;
      const [next, , , , info] = back.step(0);
      x = next as Float64Array;
      expect([x[3], ...(info['action'] as Float64Array)]).toEqual([action, action]);
    }
  });

  test('starts over after its last episode, or says that there is none', async () => {
    const file = record(new FineEnv(), 'twice', 22); // two episodes of 1 + 10 rows
    const rows = await replayed(file, 44);
    expect(rows.slice(22)).toEqual(rows.slice(0, 22));
    expect(rows.slice(11, 33)).not.toEqual(rows.slice(0, 22));
    await expect(replayed(file, 23, { loop: false })).rejects.toThrow(
      'has no further episode; set loop, or give a seed',
    );
    const env = await makeEnv('recorded', { file });
    env.reset({ seed: 0 });
    env.step(0);
    expect([...(env.reset()[0] as Float64Array)]).toEqual(rows[11]!.x); // a reset in the middle goes to the next one
  });

  test('continues from a saved place, whatever the block', async () => {
    const file = record(new Wild(), 'seek', 200, { block: 9 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 150 }), async (moment) => {
        const [a, b] = [await makeEnv('recorded', { file }), await makeEnv('recorded', { file })];
        lived(a, moment, () => 0);
        b.load!(JSON.parse(JSON.stringify(a.save!())));
        for (let t = 0; t < 20; t++) {
          const [x, y] = [a, b].map((env) =>
            (env.save!() as { phase: string }).phase === 'ended' ? env.reset() : env.step(0),
          );
          expect(x).toEqual(y);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a file that is no whole recording', () => {
  const whole = readFileSync(record(new Wild(), 'whole', 300, { block: 50, gzip: false }));
  const body = whole.indexOf(10) + 1;
  const changed = (at: number): Buffer => {
    const copy = Buffer.from(whole);
    copy[at]! ^= 64;
    return copy;
  };
  const header = (text: string): Buffer => Buffer.concat([Buffer.from(text), whole.subarray(body)]);

  test.each([
    ['empty', Buffer.alloc(0), 'it has no header line, so it is no recorded stream'],
    ['something else', Buffer.from('PK\n\x03'), 'its first line is not JSON'],
    ['of another version', header('{"format":"recorded-stream","version":2}\n'), 'version: Invalid input: expected 1'],
    ['cut off in a block', whole.subarray(0, whole.length - 500), 'block 5 is cut off'],
    ['without its end mark', whole.subarray(0, whole.length - 12), 'it is cut off: the end mark is missing'],
    ['cut off after the header', whole.subarray(0, body), 'it is cut off: the end mark is missing'],
    ['with a changed bit', changed(body + 2000), 'block 0 is damaged: a checksum does not agree'],
    ['with an impossible length', changed(body + 7), 'block 0 is damaged: its length is impossible'],
  ])('%s gives one line', async (name, bytes, message) => {
    const file = path('broken');
    writeFileSync(file, bytes);
    const failure = replayed(file, 301);
    await expect(failure, name).rejects.toThrow(`Cannot read ${file}: `);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('\n');
  });

  test('never passes for a whole one, wherever it is cut or changed', () => {
    const readAll = (bytes: Uint8Array): number => {
      const reader = new StreamReader('it', (at, n) => bytes.subarray(at, at + n));
      let rows = 0;
      while (reader.next()) rows++;
      return rows;
    };
    expect(readAll(whole)).toBe(300);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (at) => {
        expect(() => readAll(whole.subarray(0, at))).toThrow('Cannot read it: ');
        if (at >= body && at < whole.length - 12) expect(() => readAll(changed(at))).toThrow('Cannot read it: ');
      }),
    );
  });

  test('that is not there is named', async () => {
    await expect(makeEnv('recorded', { file: path('nowhere') })).rejects.toThrow(
      `Cannot read ${path('nowhere')}: ENOENT`,
    );
  });
});
