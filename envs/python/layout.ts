import { EnvError } from '../errors.ts';
import { byKind } from '../spaces/any-space.ts';
import { isWhole } from '../spaces/dtype.ts';
import { productOf } from '../spaces/nested.ts';
import type { Box, Discrete, Element, MultiBinary, MultiDiscrete, Space } from '../spaces.ts';
import { bytesOf, type Numbers, viewOf, type Wire } from './protocol.ts';

type Leaf = Box | Discrete | MultiDiscrete | MultiBinary;

/** The numbers of one leaf. */
interface Part {
  readonly space: Leaf;
  readonly wire: Wire;
  readonly count: number; // numbers in one element
  readonly at: number; // bytes before them
}

/**
 * Where the numbers of an element lie on their way: one leaf of the space after the other, each from a multiple of 8
 * bytes on; of several `copies`, those of all side by side. bridge_spaces.py lays them out alike.
 */
export class Layout {
  readonly bytes: number;
  /** Numbers of one element. */
  readonly entries: number;
  private readonly space: Space<Element>;
  private readonly copies: number;
  private readonly parts: readonly Part[];
  private memory: ArrayBuffer | null = null;
  private views: readonly Numbers[] = []; // of `memory`, one per part
  private next = 0; // part to be read or written

  constructor(space: Space<Element>, wires: readonly Wire[], copies = 1) {
    this.space = space;
    this.copies = copies;
    let bytes = 0;
    this.parts = leavesOf(space).map((leaf, i) => {
      const [wire, count, at] = [wires[i]!, productOf(leaf.shape), Math.ceil(bytes / 8) * 8];
      bytes = at + bytesOf(wire, copies * count);
      return { space: leaf, wire, count, at };
    });
    this.bytes = bytes;
    this.entries = this.parts.reduce((sum, { count }) => sum + count, 0);
  }

  /** From here on the numbers are those of `memory`, `at` bytes into it: a multiple of 8. */
  over(memory: ArrayBuffer, at: number): this {
    if (memory === this.memory) return this;
    this.memory = memory;
    this.views = this.parts.map((part) => viewOf(part.wire, memory, at + part.at, this.copies * part.count));
    return this;
  }

  /** The element, in fresh memory. */
  read(): Element {
    this.next = 0;
    return this.elementOf(this.space);
  }

  /** Its flat form. Allocates nothing. */
  readFlat(out: Float64Array): void {
    let at = 0;
    for (let i = 0; i < this.parts.length; i++) at = flatten(this.parts[i]!.space, this.views[i]!, out, at);
  }

  /** False where x is no element, but a box of real numbers may be left: many environments clip. */
  write(x: unknown): boolean {
    this.next = 0;
    return this.put(this.space, x);
  }

  /** All copies, element by element, each as its numbers [copies x entries]. */
  readRows(): Float64Array {
    const rows = new Float64Array(this.copies * this.entries);
    this.eachRow((view, from, count, to) => rows.set(view.subarray(from, from + count), to));
    return rows;
  }

  writeRows(rows: ArrayLike<number>): void {
    this.eachRow((view, to, count, from) => {
      for (let i = 0; i < count; i++) view[to + i] = rows[from + i]!;
    });
  }

  private eachRow(move: (view: Numbers, place: number, count: number, row: number) => void): void {
    let before = 0;
    this.parts.forEach(({ count }, i) => {
      for (let copy = 0; copy < this.copies; copy++) {
        move(this.views[i]!, copy * count, count, copy * this.entries + before);
      }
      before += count;
    });
  }

  private elementOf(given: Space<unknown>): Element {
    const space = byKind(given);
    if (space.kind === 'tuple') return space.spaces.map((part) => this.elementOf(part));
    if (space.kind === 'dict') {
      return Object.fromEntries(space.keys.map((key) => [key, this.elementOf(space.spaces[key]!)]));
    }
    const view = this.views[this.next++]!;
    if (space.kind === 'discrete') return view[0]!;
    if (space.kind === 'multi-discrete') return Int32Array.from(view);
    return space.kind === 'multi-binary' ? Int8Array.from(view) : Float64Array.from(view);
  }

  private put(given: Space<unknown>, x: unknown): boolean {
    const space = byKind(given);
    if (space.kind === 'tuple') {
      return Array.isArray(x) && x.length === space.spaces.length && space.spaces.every((s, i) => this.put(s, x[i]));
    }
    if (space.kind === 'dict') {
      if (typeof x !== 'object' || x === null || Object.keys(x).length !== space.keys.length) return false;
      const record = x as Readonly<Record<string, unknown>>;
      return space.keys.every((key) => Object.hasOwn(record, key) && this.put(space.spaces[key]!, record[key]));
    }
    const view = this.views[this.next++]!;
    const isReal = space.kind === 'box' && !isWhole(space.dtype);
    const fits = isReal ? x instanceof Float64Array && x.length === view.length : space.contains(x);
    if (fits && typeof x === 'number') view[0] = x;
    else if (fits) view.set(x as ArrayLike<number>);
    return fits;
  }
}

/** The spaces of numbers that a space consists of. */
function leavesOf(given: Space<unknown>): Leaf[] {
  const space = byKind(given);
  if (space.kind === 'tuple') return space.spaces.flatMap(leavesOf);
  if (space.kind === 'dict') return space.keys.flatMap((key) => leavesOf(space.spaces[key]!));
  return [space as Leaf];
}

/** As Gymnasium's flatten; returns where the next begins. */
function flatten(space: Leaf, numbers: Numbers, out: Float64Array, at: number): number {
  if (space.kind === 'discrete') return one(space, numbers[0]! - space.start, space.n, out, at);
  if (space.kind === 'multi-discrete') {
    for (let i = 0; i < numbers.length; i++) at = one(space, numbers[i]! - space.start[i]!, space.nvec[i]!, out, at);
    return at;
  }
  if (at === 0) out.set(numbers);
  else for (let i = 0; i < numbers.length; i++) out[at + i] = numbers[i]!;
  return at + numbers.length;
}

function one(space: Leaf, hot: number, n: number, out: Float64Array, at: number): number {
  if (!(hot >= 0 && hot < n)) {
    throw new EnvError(`Cannot flatten the observation: a value, ${hot} above the least, is not in ${space}`);
  }
  out.fill(0, at, at + n);
  out[at + hot] = 1;
  return at + n;
}
