/** Rafiee's tasks under NumPy's legacy generator are the originals seed for seed: golden/make_conditioning.py. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawHalfPatterns, halfPatterns } from '../conditioning/patterns.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { readGolden, started } from './golden.ts';

interface Stream {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly sha256: string;
  readonly us: readonly number[];
  readonly cue: readonly number[];
}
const { streams } = readGolden<{ streams: readonly Stream[] }>('conditioning');

type Run = Pick<Stream, 'sha256' | 'us' | 'cue'>;

/** 2000 observations: their digest, and when the US and the first cue came on. */
async function run({ id, options, seed }: Stream, rng = 'mt19937'): Promise<Run> {
  const env = await makeEnv(id, { ...options, rng });
  const out = started(env, seed);
  const hash = createHash('sha256');
  const came: [number[], number[]] = [[], []];
  const before = [0, 0];
  for (let t = 0; t < 2000; t++) {
    if (t > 0) env.stepInto(0, out);
    hash.update(Uint8Array.from(out.observation));
    for (const i of [0, 1] as const) {
      if (out.observation[i] === 1 && before[i] === 0) came[i].push(t);
      before[i] = out.observation[i]!;
    }
  }
  return { sha256: hash.digest('hex'), us: came[0], cue: came[1] };
}

describe.each(streams)('$id, $options, seed $seed', (stream) => {
  test('shows the 2000 observations of the original', async () => {
    const { sha256, us, cue } = stream;
    expect(await run(stream)).toEqual({ sha256, us, cue });
  });

  test('shows others with another seed, or another generator', async () => {
    expect((await run({ ...stream, seed: stream.seed + 1 })).sha256).not.toBe(stream.sha256);
    expect((await run(stream, 'numpy')).sha256).not.toBe(stream.sha256);
    expect((await run(stream, 'fast')).sha256).not.toBe(stream.sha256);
  });
});

test("the fast generator's patterns are those of a shuffle from the front, one integer each", () => {
  for (const seed of [1, 2, 3]) {
    const rng = createRng(seed);
    const all = halfPatterns(6);
    for (let i = 0; i < 10; i++) {
      const j = rng.integer(i, all.length - 1);
      [all[i], all[j]] = [all[j]!, all[i]!];
    }
    expect(drawHalfPatterns(6, 10, createRng(seed))).toEqual(all.slice(0, 10));
    expect(drawHalfPatterns(6, 10, createRng(seed + 1))).not.toEqual(all.slice(0, 10));
  }
});
