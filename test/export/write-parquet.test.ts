import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/export/table.ts';
import { writeParquet } from '../../src/export/write-parquet.ts';
import { canImport, python } from '../support/python.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const far = 2 ** 40; // needs more than 32 bits
const table: Table = {
  columns: [
    { name: 'agent', type: 'text' },
    { name: 'agent.rule.alpha', type: 'real' },
    { name: 'step', type: 'whole' },
    { name: 'learn', type: 'truth' },
    { name: 'nothing', type: 'real' },
  ],
  rows: () => [
    ['größer, "so"', 0.1 + 0.2, 1, true, null],
    [null, null, far, null, null],
    ['b', -0, null, false, null],
    ['b', 5e-324, 4, false, null],
    ['b', 1e300, 5, true, null],
  ],
};
const notes = { experiment: 'kept', command: 'agent-state export kept', version: '0.1.0' };
const path = join(folder, 'x.parquet');
const written = writeParquet(path, table, notes, 2);
const empty = join(folder, 'empty.parquet');
writeParquet(empty, { ...table, rows: () => [] }, notes);

const buffer = (file: string): ArrayBuffer => {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
};

describe('hyparquet reads', () => {
  test('the values, bit by bit, over several row groups', async () => {
    expect(written).toBe(5);
    const rows = await parquetReadObjects({ file: buffer(path) });
    const cells = rows.map((row) => table.columns.map(({ name }) => (row as Record<string, unknown>)[name]));
    const expected = [...table.rows()].map((row) => row.map((one, j) => (j === 2 && one !== null ? BigInt(one) : one)));
    expect(cells).toEqual(expected);
  });

  test('row groups of the asked size, and where the file comes from', () => {
    const { row_groups, key_value_metadata, num_rows } = parquetMetadata(buffer(path));
    expect(row_groups.map((group) => Number(group.num_rows))).toEqual([2, 2, 1]);
    expect(Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value]))).toEqual(notes);
    expect(num_rows).toBe(5n);
    expect(parquetMetadata(buffer(empty)).num_rows).toBe(0n);
  });
});

describe.runIf(canImport('pyarrow'))('pyarrow reads', { timeout: 60_000 }, () => {
  const READ = `import json, sys, pyarrow.parquet as pq
f = pq.ParquetFile(sys.argv[1]); t = f.read(); m = f.schema_arrow.metadata or {}
print(json.dumps({'types': [str(x) for x in t.schema.types], 'columns': t.to_pydict(),
  'notes': {k.decode(): v.decode() for k, v in m.items()}, 'groups': f.num_row_groups}))`;

  test('types, values, nulls and notes', () => {
    const cells = [...table.rows()];
    expect(python(READ, path)).toEqual({
      types: ['string', 'double', 'int64', 'bool', 'double'],
      columns: Object.fromEntries(table.columns.map(({ name }, j) => [name, cells.map((row) => row[j])])),
      notes,
      groups: 3,
    });
    expect(python(READ, empty)).toMatchObject({ columns: { step: [] }, groups: 0 });
  });

  test('nothing of a file that is cut short', () => {
    const short = join(folder, 'short.parquet');
    writeFileSync(short, readFileSync(path).subarray(0, -9));
    expect(() => python(READ, short)).toThrow(/ArrowInvalid/);
  });
});
