/**
 * The file format of a recorded stream, version 1; all numbers little-endian.
 *
 *   header   one line of JSON, UTF-8, at most 64 KiB, ended by a newline: the fields of `Header`
 *   blocks   u32 rows (1 .. header.block), u32 bytes, u32 CRC-32 of those bytes, then the bytes: the columns of so many
 *            rows one after the other, gzipped as a whole where header.gzip says so
 *   end      twelve zero bytes; a file without them has been cut off
 *
 * Columns, in this order, each row after row:
 *   observation  header.observation.type x size    what the environment showed, flat (one-hot for a Discrete space)
 *   action       i4, or f8 x size                  the action that led to it; 0 at the start of an episode
 *   reward       f8                                that came with it; 0 at the start
 *   discount     f8                                gamma_t: 0 where the episode terminated or starts, else the header's
 *   flags        u1                                1 start of an episode, 2 terminated, 4 truncated
 * Types: u1 byte, i4 signed 32-bit, f4 and f8 floats. The first row is a start, a start follows an ended row, and the
 * last row has ended (a recording that stops in the middle of an episode is truncated there).
 */
import { z } from 'zod';
import { EnvError } from '../errors.ts';

export const blockHead = 12; // bytes before the columns of a block
export const longestHeader = 65_536;
const largestBlock = 2 ** 30; // bytes: it is kept in memory
export const flag = { start: 1, terminated: 2, truncated: 4 } as const;

const size = z.int().min(1).max(100_000_000);
const header = z.object({
  format: z.literal('recorded-stream'),
  version: z.literal(1),
  id: z.string(), // of the environment that was recorded
  discount: z.number().min(0).max(1), // gamma of the question
  observation: z.object({ type: z.enum(['u1', 'f4', 'f8']), size }),
  action: z.union([z.object({ n: size, start: z.int() }), z.object({ size })]), // Discrete, or Box in flat form
  block: z.int().min(1).max(1_000_000), // rows per block, the last one excepted
  gzip: z.boolean(),
  about: z.string().optional(), // for people
});
export type Header = z.output<typeof header>;

export type ColumnType = 'u1' | 'i4' | 'f4' | 'f8';
export type Column = Uint8Array | Int32Array | Float32Array | Float64Array;
const makers = {
  u1: (memory: ArrayBuffer, at: number, n: number) => new Uint8Array(memory.slice(at, at + n)),
  i4: (memory: ArrayBuffer, at: number, n: number) => new Int32Array(memory.slice(at, at + 4 * n)),
  f4: (memory: ArrayBuffer, at: number, n: number) => new Float32Array(memory.slice(at, at + 4 * n)),
  f8: (memory: ArrayBuffer, at: number, n: number) => new Float64Array(memory.slice(at, at + 8 * n)),
};
const bytesOf = { u1: 1, i4: 4, f4: 4, f8: 8 };

/** Type and entries per row of every column, in the order of the file. */
export function layoutOf({ observation, action }: Header): readonly [type: ColumnType, entries: number][] {
  const acts: [ColumnType, number] = 'n' in action ? ['i4', 1] : ['f8', action.size];
  return [[observation.type, observation.size], acts, ['f8', 1], ['f8', 1], ['u1', 1]];
}

export function bytesPerRow(header: Header): number {
  return layoutOf(header).reduce((sum, [type, entries]) => sum + bytesOf[type] * entries, 0);
}

/** Columns over the bytes of a block, copied so that each is aligned. */
export function columnsOf(header: Header, rows: number, bytes: Uint8Array): Column[] {
  const memory = new Uint8Array(bytes).buffer; // a copy: a Buffer may be a piece of a larger one, and its slice too
  let at = 0;
  return layoutOf(header).map(([type, entries]) => {
    const column = makers[type](memory, at, rows * entries);
    at += column.byteLength;
    return column;
  });
}

export function parseHeader(name: string, line: string): Header {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new EnvError(`Cannot read ${name}: its first line is not JSON, so it is no recorded stream`);
  }
  const parsed = header.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new EnvError(`Cannot read ${name}: its header is not that of a recorded stream: ${firstProblem(parsed.error)}`);
}

/** The header line, which `parseHeader` reads; what it would refuse is refused here. */
export function headerLine(given: unknown): string {
  const parsed = header.safeParse(given);
  if (!parsed.success) throw new EnvError(`Cannot record: ${firstProblem(parsed.error)}`);
  const bytes = parsed.data.block * bytesPerRow(parsed.data);
  if (bytes > largestBlock) {
    throw new EnvError(`Cannot record: a block of ${parsed.data.block} rows takes ${bytes} bytes; give a smaller one`);
  }
  const line = `${JSON.stringify(parsed.data)}\n`;
  const length = Buffer.byteLength(line);
  if (length <= longestHeader) return line;
  throw new EnvError(`Cannot record: the header takes ${length} bytes, of at most ${longestHeader}; shorten about`);
}

function firstProblem({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!;
  return `${path.join('.')}: ${message}`;
}
