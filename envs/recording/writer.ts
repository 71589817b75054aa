import { crc32, gzipSync } from 'node:zlib';
import { EnvError } from '../errors.ts';
import { blockHead, bytesPerRow, columnsOf, flag, headerLine } from './format.ts';
import type { Column, Header } from './format.ts';

/** One row of a recorded stream. */
export interface Row {
  readonly observation: Float64Array;
  readonly action: number | Float64Array; // of a Discrete space, or flat
  readonly reward: number;
  readonly discount: number;
  readonly flags: number;
}

/** Turns rows into the bytes of a recorded stream; `put` takes them, piece after piece. */
export class StreamWriter {
  rows = 0;
  private readonly header: Header;
  private readonly put: (bytes: Uint8Array) => void;
  private readonly columns: Column[];
  private filled = 0; // rows of the block that is being filled
  private hasEnded = true;

  constructor(header: Header, put: (bytes: Uint8Array) => void) {
    const line = headerLine(header);
    this.header = header;
    this.put = put;
    this.columns = columnsOf(header, header.block, new Uint8Array(header.block * bytesPerRow(header)));
    put(Buffer.from(line));
  }

  append({ observation, action, reward, discount, flags }: Row): void {
    if (this.hasEnded !== (flags & flag.start) > 0) {
      const why = this.hasEnded ? 'an episode has to start' : 'the episode has not ended';
      throw new EnvError(`Cannot record row ${this.rows}: ${why}`);
    }
    // A full block is kept until the next row: the last row of all may have to be marked.
    if (this.filled === this.header.block) this.flush();
    const parts: ArrayLike<number>[] = [
      observation,
      typeof action === 'number' ? [action] : action,
      [reward],
      [discount],
      [flags],
    ];
    parts.forEach((values, c) => this.store(c, values));
    this.hasEnded = (flags & (flag.terminated | flag.truncated)) > 0;
    this.filled++;
    this.rows++;
  }

  /** Writes what is left and the end mark; an unfinished episode is truncated. */
  close(): void {
    if (!this.hasEnded) this.columns[4]![this.filled - 1]! |= flag.truncated;
    if (this.filled > 0) this.flush();
    this.put(new Uint8Array(blockHead));
  }

  private store(c: number, values: ArrayLike<number>): void {
    const column = this.columns[c]!;
    const entries = column.length / this.header.block;
    if (values.length !== entries) {
      throw new EnvError(`Cannot record row ${this.rows}: column ${c} has ${values.length} entries, not ${entries}`);
    }
    for (let i = 0; i < entries; i++) {
      const at = this.filled * entries + i;
      column[at] = values[i]!;
      if (Object.is(column[at], values[i]) || (c > 0 && column[at] === values[i])) continue;
      const { type } = this.header.observation;
      throw new EnvError(`Cannot record row ${this.rows}: ${values[i]} does not fit a column of type ${type}; use f8`);
    }
  }

  private flush(): void {
    const rows = this.filled;
    const columns = this.columns.map((column) => column.subarray(0, (column.length / this.header.block) * rows));
    const plain = Buffer.concat(columns.map((c) => new Uint8Array(c.buffer, c.byteOffset, c.byteLength)));
    const bytes = this.header.gzip ? gzipSync(plain) : plain;
    const head = new Uint32Array([rows, bytes.length, crc32(bytes)]);
    this.put(new Uint8Array(head.buffer));
    this.put(bytes);
    this.filled = 0;
  }
}
