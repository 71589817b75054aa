import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { listEnvs, loadEnv, makeEnv, optionNames } from '../registry.ts';

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
