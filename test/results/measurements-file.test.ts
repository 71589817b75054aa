/** Measurements on disk: whole lines or none, and what was measured is known again. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMeasurements } from '../../src/results/measurements-file.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const one = { setting: { rule: 'a', size: 0.1 }, seed: 3, values: { error: 0.1 + 0.2 }, diverged: null };

it('are known again after the file was closed, to the last bit, in any order of keys, and no others', () => {
  const path = join(folder, 'new', 'a.jsonl');
  const first = openMeasurements(path);
  expect(first.get(one.setting, 3)).toBeUndefined();
  first.add(one);
  first.close();
  const second = openMeasurements(path);
  expect(second.get({ size: 0.1, rule: 'a' }, 3)).toEqual(one);
  expect(second.get(one.setting, 4)).toBeUndefined();
  expect(second.get({ ...one.setting, size: 0.2 }, 3)).toBeUndefined();
});

it('keep what is not finite as null, before as after', () => {
  const path = join(folder, 'b.jsonl');
  const measurements = openMeasurements(path);
  measurements.add({ ...one, values: { error: NaN } });
  expect(measurements.get(one.setting, 3)!.values).toEqual({ error: null });
  expect(openMeasurements(path).get(one.setting, 3)!.values).toEqual({ error: null });
});

it('lose a line that a crash has torn, and go on after it', () => {
  const path = join(folder, 'c.jsonl');
  openMeasurements(path).add(one);
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, '{"setting":{"rule":"a","si');
  const again = openMeasurements(path);
  expect(readFileSync(path, 'utf8')).toBe(whole);
  again.add({ ...one, seed: 4 });
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
});

it('name a line that is none', () => {
  const path = put(folder, 'd.jsonl', '{"step":1}\n');
  expect(() => openMeasurements(path)).toThrow(/line 1 is no measurement/);
  expect(() => openMeasurements('/proc/nowhere/e.jsonl')).toThrow(/^Cannot write .*; pass --results/);
});
