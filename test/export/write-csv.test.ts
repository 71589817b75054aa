import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvRecord, writeCsv } from '../../src/export/write-csv.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();

test('fields with commas, quotes and line breaks are quoted, and no others', () => {
  expect(csvRecord(['plain words', 'a,b', 'say "no"', 'one\ntwo', ''])).toBe(
    'plain words,"a,b","say ""no""","one\ntwo",\r\n',
  );
});

test('what is unknown or not finite is empty, and numbers keep their bits', () => {
  expect(csvRecord([null, NaN, Infinity, true, -0, 1e-320, 0.1 + 0.2])).toBe(
    ',,,true,-0,1e-320,0.30000000000000004\r\n',
  );
});

test('rows come one at a time: none is taken before the one ahead of it has been dealt with', () => {
  const path = join(folder, 'many.csv');
  let given = 0;
  const table = {
    columns: [{ name: 'i', type: 'whole' } as const],
    *rows() {
      for (; given < 50_000; given++) {
        if (given === 40_000) expect(readFileSync(path, 'utf8').length).toBeGreaterThan(100_000); // on disk by then
        yield [given];
      }
    },
  };
  expect(writeCsv(path, table)).toBe(50_000);
  const lines = readFileSync(path, 'utf8').split('\r\n');
  expect(lines).toHaveLength(50_002);
  expect(lines.slice(0, 3)).toEqual(['i', '0', '1']);
});
