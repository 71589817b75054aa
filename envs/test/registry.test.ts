import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EnvError } from '../errors.ts';
import { actionsFor } from '../check/rollout.ts';
import { make } from '../make.ts';
import type { AnyEnv, EnvPart } from '../part.ts';
import { createEnv, optionNames } from '../create-env.ts';
import { listEnvs, loadEnv, makeEnv } from '../registry.ts';
import { Corridor } from './example/corridor.ts';

/** Rewards and ends of 600 random steps. */
function life(env: AnyEnv): (number | 'end')[] {
  const actions = actionsFor(env, 600);
  env.reset({ seed: 4 });
  return actions.flatMap((action) => {
    const [, reward, terminated, truncated] = env.step(action);
    if (!terminated && !truncated) return reward;
    env.reset();
    return 'end' as const;
  });
}

describe('registry', () => {
  test('lists the files of the folder, and the files are the ids', async () => {
    const files = readdirSync(new URL('../tasks/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
    expect(listEnvs()).toEqual(files.sort());
    for (const id of listEnvs()) expect((await makeEnv(id)).metadata.id).toBe(id);
  });

  test('answers an unknown id with the nearest and with all that are known', async () => {
    const failure = loadEnv('trace-paterning');
    await expect(failure).rejects.toThrow(EnvError);
    await expect(failure).rejects.toThrow(
      'Cannot find environment "trace-paterning": did you mean "trace-patterning"? Known: ',
    );
    await expect(makeEnv('../registry')).rejects.toThrow('Cannot find environment "../registry"');
  });

  test('makes every id that a file declares besides its own, as `make` does', async () => {
    let [ids, limits] = [0, 0];
    for (const file of listEnvs()) {
      for (const alias of (await loadEnv(file)).aliases ?? []) {
        const env = await makeEnv(alias.id);
        expect(env.metadata.id).toBe(file);
        const own = { ...alias.options, ...(alias.maxEpisodeSteps && { maxEpisodeSteps: alias.maxEpisodeSteps }) };
        const [seen, same, made] = [env, await makeEnv(file, own), await make(alias.id)].map((one) => life(one));
        expect(seen).toEqual(same);
        expect(seen).toEqual(made);
        const part = await loadEnv(alias.id);
        expect(optionNames(part)).toEqual(optionNames(await loadEnv(file)));
        expect(part.options.parse({})).toMatchObject(own);
        ids++;
        limits += alias.maxEpisodeSteps === undefined ? 0 : 1;
      }
    }
    expect(ids).toBeGreaterThan(40);
    expect(limits).toBeGreaterThan(8);
  });

  test('leaves options of such an id to be chosen, and says which there are', async () => {
    const [short, default_] = [await makeEnv('CartPole-v1', { maxEpisodeSteps: 3 }), await makeEnv('CartPole-v1')];
    expect([short, default_].map((env) => life(env).indexOf('end'))).toEqual([2, expect.toSatisfy((t) => t > 2)]);
    await expect(makeEnv('CartPole-v1', { mas: 1 })).rejects.toThrow(
      'Cannot make environment CartPole-v1: unknown option "mas", did you mean "mask"?',
    );
    await expect(makeEnv('CartPole-v7')).rejects.toThrow(
      /^Cannot find environment "CartPole-v7": did you mean "CartPole-v[01]"\? Known: acrobot, /,
    );
  });

  test.each([
    [{ isii: [7, 13] }, 'unknown option "isii", did you mean "isi"? Known: isi, iti, '],
    [{ isi: [13, 7] }, 'isi: the lowest must not exceed the highest, got [13,7]'],
    [{ isi: [0, 7] }, 'isi[0]: Too small: expected number to be >=1, got 0'],
    [{ patterns: 21 }, 'patterns: there are only C(n, floor(n/2)) half patterns of n cues, 20 of 6, got 21'],
    [{ noise: 2, cues: 1 }, '; '],
  ])('answers wrong options %j in one line', async (options, message) => {
    const failure = makeEnv('trace-patterning', options);
    await expect(failure).rejects.toThrow(EnvError);
    await expect(failure).rejects.toThrow('Cannot make environment trace-patterning: ');
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('\n');
  });

  test('gives every task the generator that the option rng names', async () => {
    const first = async (options: Readonly<Record<string, unknown>>): Promise<unknown> =>
      (await makeEnv('trace-patterning', options)).reset({ seed: 3 })[0];
    expect(await first({ rng: 'fast' })).toEqual(await first({}));
    const kinds = await Promise.all(['fast', 'numpy', 'mt19937'].map((rng) => first({ rng })));
    expect(new Set(kinds.map(String)).size).toBe(3);
    const wrong = makeEnv('trace-patterning', { rng: 'nunpy' });
    await expect(wrong).rejects.toThrow(EnvError);
    await expect(wrong).rejects.toThrow(
      'Cannot make environment trace-patterning: unknown rng "nunpy", did you mean "numpy"? Known: fast, numpy, mt19937',
    );
  });

  test('leaves the option rng to a part that has one, and refuses it where nothing can choose', async () => {
    class Plain extends Corridor {
      closed = false;
      override close(): void {
        this.closed = true;
      }
    }
    const made: Plain[] = [];
    const part = (options: z.ZodObject): EnvPart => ({
      cite: null,
      summary: 'a corridor',
      options,
      create: () => made[made.push(new Plain()) - 1]!,
    });
    expect(() => createEnv('corridor', part(z.strictObject({})), { rng: 'numpy' })).toThrow(
      'Cannot make environment corridor: it has no Rng of ours to choose, so leave out rng',
    );
    expect(made[0]!.closed).toBe(true);
    expect(createEnv('corridor', part(z.strictObject({ rng: z.string() })), { rng: 'own' })).toBe(made[1]);
  });

  test('every part has a citation, a one-line summary and an option for each default', async () => {
    for (const id of listEnvs()) {
      const part = await loadEnv(id);
      expect(part.cite).toBe((await makeEnv(id)).metadata.cite);
      expect(part.summary).toMatch(/^.{10,100}$/);
      const defaults = part.options.parse({}) as Record<string, unknown>;
      expect(Object.keys(defaults).sort()).toEqual(optionNames(part).sort());
    }
  });
});
