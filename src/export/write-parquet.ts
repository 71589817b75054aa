/**
 * Apache Parquet, one row group at a time: text is STRING, real DOUBLE, whole INT64, truth BOOLEAN, every column may hold
 * nulls. Key-value metadata says where the file comes from.
 */
import { fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { BasicType, ColumnSource } from 'hyparquet-writer';
import type { Cell, Column, ColumnType, Table } from './table.ts';

const TYPES: Readonly<Record<ColumnType, BasicType>> = {
  text: 'STRING',
  real: 'DOUBLE',
  whole: 'INT64',
  truth: 'BOOLEAN',
};

const GROUP = 20_000; // rows

/** The number of rows. */
export function writeParquet(
  path: string,
  { columns, rows }: Table,
  notes: Readonly<Record<string, string>>,
  group = GROUP,
): number {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: columns.map((column) => source(column, [])) }),
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
    createdBy: 'agent-state',
  });
  let count = 0;
  let waiting: (readonly Cell[])[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const columnData = columns.map((column, j) =>
      source(
        column,
        waiting.map((row) => stored(row[j]!, column)),
      ),
    );
    void writer.write({ columnData, rowGroupSize: group }); // a promise only where the writer gives one: files do not
    waiting = [];
  };
  for (const row of rows()) {
    count++;
    if (waiting.push(row) === group) flush();
  }
  flush();
  void writer.finish();
  return count;
}

/** Without an index of pages, which would stay in memory until the end: row groups are small enough. */
const source = ({ name, type }: Column, data: (Cell | bigint)[]): ColumnSource => ({
  name,
  data,
  type: TYPES[type],
  nullable: true,
  offsetIndex: false,
});

const stored = (value: Cell, { type }: Column): Cell | bigint =>
  type === 'whole' && typeof value === 'number' ? BigInt(value) : value;
