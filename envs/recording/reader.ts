import { closeSync, openSync, readSync } from 'node:fs';
import { crc32, gunzipSync } from 'node:zlib';
import { EnvError } from '../errors.ts';
import { blockHead, bytesPerRow, columnsOf, flag, longestHeader, parseHeader } from './format.ts';
import type { Column, Header } from './format.ts';

/** Up to `length` bytes from `at`. */
type Read = (at: number, length: number) => Uint8Array;

/** Goes through a recorded stream row by row; one block is in memory at a time. */
export class StreamReader {
  readonly header: Header;
  readonly name: string;
  block = -1; // number of the block in memory
  row = -1; // within the block
  private readonly read: Read;
  private readonly first: number; // where the blocks begin
  private readonly largest: number; // bytes that the columns of a block can have
  private at: number; // where the next block begins
  private rows = 0; // of the block in memory
  private held = { from: -1, to: -1, rows: 0 }; // which block that is, where it ends
  private columns: Column[] = [];
  private readonly release: () => void;

  constructor(name: string, read: Read, release: () => void = () => undefined) {
    this.name = name;
    this.read = read;
    this.release = release;
    const start = read(0, longestHeader);
    const newline = start.indexOf(10);
    if (newline < 0) throw new EnvError(`Cannot read ${name}: it has no header line, so it is no recorded stream`);
    this.header = parseHeader(name, Buffer.from(start.subarray(0, newline)).toString());
    this.first = newline + 1;
    this.at = this.first;
    this.largest = this.header.block * bytesPerRow(this.header);
  }

  static open(path: string): StreamReader {
    const file = openOrSay(path);
    let isOpen = true;
    const release = (): void => {
      if (isOpen) closeSync(file);
      isOpen = false;
    };
    const read: Read = (at, length) => {
      if (!isOpen) throw new EnvError(`Cannot read ${path}: it was closed`);
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, at));
    };
    try {
      return new StreamReader(path, read, release);
    } catch (error) {
      release();
      throw error instanceof EnvError ? error : cannotRead(path, error);
    }
  }

  get flags(): number {
    return this.columns[4]![this.row]!;
  }
  get discount(): number {
    return this.columns[3]![this.row]!;
  }
  get reward(): number {
    return this.columns[2]![this.row]!;
  }
  get hasEnded(): boolean {
    return (this.flags & (flag.terminated | flag.truncated)) > 0;
  }
  /** Entry of the action of this row: the number of a Discrete one, or one of a vector. */
  action(i = 0): number {
    const entries = 'n' in this.header.action ? 1 : this.header.action.size;
    return this.columns[1]![this.row * entries + i]!;
  }

  /** Copied here: numbers that are returned one by one land on the heap. */
  copyObservation(into: Float64Array): void {
    const { size } = this.header.observation;
    const column = this.columns[0]!;
    const from = this.row * size;
    for (let i = 0; i < size; i++) into[i] = column[from + i]!;
  }

  copyReward(into: { reward: number }): void {
    into.reward = this.columns[2]![this.row]!;
  }

  /** To the next row; false at the end of the stream. */
  next(): boolean {
    if (this.row + 1 < this.rows) {
      this.row++;
      return true;
    }
    return this.nextBlock();
  }

  rewind(): void {
    this.at = this.first;
    this.block = -1;
    this.row = -1;
    this.rows = 0;
  }

  /** To a row named by `block` and `row`; blocks on the way are passed over unread. */
  seek(block: number, row: number): void {
    this.rewind();
    if (block < 0) return;
    for (let b = 0; b < block; b++) this.pass();
    if (!this.nextBlock() || row >= this.rows) throw this.damaged(`has no row ${row} in block ${block}`);
    this.row = row;
  }

  close(): void {
    this.release();
  }

  private pass(): void {
    this.at += blockHead + this.head().bytes;
    this.block++;
  }

  private nextBlock(): boolean {
    if (this.at === this.held.from) return this.enterHeld(); // a stream of one block, which starts over
    const { rows, bytes, sum } = this.head();
    if (rows === 0) return false;
    const stored = this.read(this.at + blockHead, bytes);
    if (stored.length < bytes) throw this.damaged('is cut off', 'block');
    if (crc32(stored) !== sum) throw this.damaged('is damaged: a checksum does not agree', 'block');
    const plain = this.unpack(stored, rows);
    this.columns = columnsOf(this.header, rows, plain);
    this.held = { from: this.at, to: this.at + blockHead + bytes, rows };
    return this.enterHeld();
  }

  private enterHeld(): boolean {
    this.at = this.held.to;
    this.block++;
    this.rows = this.held.rows;
    this.row = 0;
    return true;
  }

  private unpack(stored: Uint8Array, rows: number): Uint8Array {
    const expected = rows * bytesPerRow(this.header);
    let plain = stored;
    try {
      if (this.header.gzip) plain = gunzipSync(stored, { maxOutputLength: this.largest });
    } catch {
      throw this.damaged('is damaged: it does not unzip', 'block');
    }
    if (plain.length !== expected)
      throw this.damaged(`is damaged: it holds ${plain.length} bytes, not ${expected}`, 'block');
    return plain;
  }

  private head(): { rows: number; bytes: number; sum: number } {
    const head = this.read(this.at, blockHead);
    if (head.length < blockHead) throw this.damaged('is cut off: the end mark is missing');
    const view = new DataView(head.buffer, head.byteOffset, blockHead);
    const [rows, bytes, sum] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
    // gzip adds at most a few bytes to what it cannot make smaller.
    if (rows > this.header.block || bytes > 2 * this.largest + 1024)
      throw this.damaged('is damaged: its length is impossible', 'block');
    return { rows, bytes, sum };
  }

  private damaged(what: string, where: 'block' | 'file' = 'file'): EnvError {
    const place = where === 'block' ? ` block ${this.block + 1}` : ' it';
    return new EnvError(`Cannot read ${this.name}:${place} ${what}`);
  }
}

function openOrSay(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): EnvError {
  return new EnvError(`Cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? 'it cannot be opened'}`);
}
