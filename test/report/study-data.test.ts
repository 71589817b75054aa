import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defineStudy } from '../../src/experiment/study.ts';
import { readStudy } from '../../src/report/study-data.ts';
import { codeHash } from '../../src/results/code-hash.ts';
import { put, tempFolder } from '../support/temp.ts';

const NAME = 'idbd-tracking'; // whose code is hashed
const study = defineStudy({
  question: '?',
  title: 'A study',
  cite: 'nobody',
  measures: { error: 'error' },
  sweep: (full) => (full ? [{ a: 1 }, { a: 2 }, { a: 3 }] : [{ a: 1 }, { a: 2 }]),
  seeds: () => 1,
  measure: () => ({ error: 0 }),
  figures: [],
});
const line = (setting: object, seed: number, error = 0): string =>
  `${JSON.stringify({ setting, seed, values: { error }, diverged: null })}\n`;
const here = codeHash(NAME);
const told = (folder: string) => {
  const { measured, size, left, missing, code, isPresent } = readStudy(NAME, study, folder);
  return { settings: measured.map(({ setting, seed }) => [setting['a'], seed]), size, left, missing, code, isPresent };
};

describe('what was measured of a study', () => {
  it('comes in the order of the sweep, whatever else lies beside it', () => {
    const folder = tempFolder();
    const lines = [line({ a: 2 }, 0), line({ a: 9 }, 0), line({ a: 1 }, 1), line({ a: 1 }, 0)];
    put(folder, `measured/${here}.jsonl`, `${lines.join('')}{"torn":`);
    const settings = [[1, 0], [1, 1], [2, 0]]; // prettier-ignore
    expect(told(folder)).toEqual({ settings, size: 'as it stands', left: 1, missing: 0, code: here, isPresent: true });
  });

  it('is the published size where more of that was measured', () => {
    const folder = tempFolder();
    put(folder, `measured/${here}.jsonl`, line({ a: 3 }, 0) + line({ a: 1 }, 0));
    expect(told(folder)).toMatchObject({ size: 'the published size', missing: 1, left: 0 });
  });

  it('is a variation where nothing is of the sweep', () => {
    const folder = tempFolder();
    put(folder, `measured/${here}.jsonl`, line({ a: 8 }, 1) + line({ a: 8 }, 0));
    expect(told(folder)).toMatchObject({ settings: [[8, 0], [8, 1]], size: 'a variation of it', missing: 0 }); // prettier-ignore
  });

  it('is of the present code, else of the newest file', () => {
    const folder = tempFolder();
    const old = put(folder, 'measured/0000000001.jsonl', line({ a: 1 }, 1));
    put(folder, 'measured/0000000002.jsonl', line({ a: 1 }, 2));
    utimesSync(old, 1, 1);
    expect(told(folder)).toMatchObject({ code: '0000000002', isPresent: false });
    put(folder, `measured/${here}.jsonl`, line({ a: 1 }, 3));
    utimesSync(join(folder, `measured/${here}.jsonl`), 2, 2);
    expect(told(folder)).toMatchObject({ code: here, isPresent: true });
  });

  it('must be there', () => {
    expect(() => told(tempFolder())).toThrow(`nothing has been measured; agent-state run ${NAME} does it`);
  });
});
