/** Lines of a file that may be as long as the disk: memory is bounded, the process breathes between two pieces. */
import { open, type FileHandle } from 'node:fs/promises';

const PIECE = 1 << 16; // bytes at a time
export const LONGEST = 1 << 16; // bytes of a line that is read whole; of a longer one the beginning
const HEAD = 2048; // bytes of that beginning
const FARTHEST = 1 << 27; // bytes before a line's end where its beginning is looked for
const FEED = 10;

export interface Line {
  readonly at: number; // byte where it begins
  readonly bytes: number; // without its line feed
  readonly text: string; // of a long one the beginning
  readonly isLong: boolean;
}

export interface Stretch {
  readonly from?: number; // where a line begins
  readonly to?: number; // a line without its end before it is not told
  readonly isWanted?: () => boolean; // whoever asked is still there
}

/** From the first to the last whole line. */
export async function* linesOf(path: string, stretch: Stretch = {}): AsyncGenerator<Line> {
  const { from = 0 } = stretch;
  const file = await open(path, 'r');
  try {
    let begun = from; // of the line at hand
    let kept: Buffer[] = [];
    for await (const { bytes, at } of pieces(file, stretch)) {
      let start = 0;
      for (let end = bytes.indexOf(FEED); end >= 0; end = bytes.indexOf(FEED, start)) {
        kept.push(bytes.subarray(start, end));
        yield lineOf(begun, at + end - begun, kept);
        kept = [];
        start = end + 1;
        begun = at + start;
      }
      if (at + bytes.length - begun <= LONGEST + PIECE) kept.push(Buffer.from(bytes.subarray(start)));
    }
  } finally {
    await file.close();
  }
}

const always = (): boolean => true;

/** From the last to the first, or to one that is longer than anything that is looked for. */
export async function* linesBackwards(path: string, to = Infinity, isWanted = always): AsyncGenerator<Line> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const pieces = [PIECE, FARTHEST / 64].map((bytes) => Buffer.alloc(bytes));
    let end = await lastFeed(file, Math.min(size, to), pieces); // the line feed that ends the line at hand
    while (end >= 0 && isWanted()) {
      const feed = await lastFeed(file, end, pieces);
      if (feed === NOWHERE) return;
      const begin = feed + 1;
      yield await readLine(file, begin, end - begin);
      end = begin - 1;
    }
  } finally {
    await file.close();
  }
}

const NOWHERE = -2;

/** Where the last line feed before `end` lies; -1: before the beginning. Looked for in a small piece, then in large ones. */
async function lastFeed(file: FileHandle, end: number, [small, large]: readonly Buffer[]): Promise<number> {
  for (let to = end; to > 0;) {
    if (end - to > FARTHEST) return NOWHERE;
    const piece = to === end ? small! : large!;
    const from = Math.max(0, to - piece.length);
    const { bytesRead } = await file.read(piece, 0, to - from, from);
    const found = piece.subarray(0, bytesRead).lastIndexOf(FEED);
    if (found >= 0) return from + found;
    to = from;
  }
  return -1;
}

async function readLine(file: FileHandle, at: number, bytes: number): Promise<Line> {
  const isLong = bytes > LONGEST;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(isLong ? HEAD : bytes), 0, isLong ? HEAD : bytes, at);
  return { at, bytes, text: buffer.toString('utf8', 0, bytesRead), isLong };
}

async function* pieces(file: FileHandle, { from = 0, to = Infinity, isWanted = always }: Stretch) {
  const piece = Buffer.alloc(PIECE);
  for (let at = from; at < to && isWanted();) {
    const { bytesRead } = await file.read(piece, 0, Math.min(PIECE, to - at), at);
    if (bytesRead === 0) return;
    yield { bytes: piece.subarray(0, bytesRead), at };
    at += bytesRead;
  }
}

function lineOf(at: number, bytes: number, kept: readonly Buffer[]): Line {
  const isLong = bytes > LONGEST;
  const all = Buffer.concat(kept);
  return { at, bytes, text: all.toString('utf8', 0, isLong ? HEAD : bytes), isLong };
}
