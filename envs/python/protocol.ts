/**
 * The protocol between this package and bridge.py, version 2. Little-endian throughout.
 *
 * 1. One JSON line each way: what to make; what was made (Hello), or why not.
 * 2. Requests  [u8 op][u32 seq] + for a step [action], for all others [u32 length][JSON].
 *    Replies   [u8 status][u32 seq][f64 reward][u8 terminated | truncated << 1][u32 length] + for step and reset, where
 *    all went well, [observation] + [JSON of that length: the info, a result, or the error].
 * One reply per request, with its number. Numbers are as wide as the space's dtype; int64 and Discrete go as float64;
 * nested spaces of numbers leaf by leaf, each from a multiple of 8 bytes on (Layout). Where a space has no fixed length
 * (Text, Sequence, Graph, OneOf), an action is [u32 length][JSON], and an observation is [observation, info] in JSON.
 */
import { endianness } from 'node:os';
import { EnvError } from '../errors.ts';
import type { SpaceJSON } from '../spaces.ts';

export const PROTOCOL = 2;
export const OPS = {
  step: 1,
  reset: 2,
  setState: 3,
  getState: 4,
  save: 5,
  load: 6,
  stepJson: 7,
  resetJson: 8,
  echo: 9,
  close: 10,
} as const;
export type Op = keyof typeof OPS;

/** Bytes before a reply's observation. */
export const HEADER = 18;
const PAD = 6; // brings the observation to a multiple of 8
const ACTION_PAD = 3; // the same for the action, 5 bytes into a request
/** Where they lie in the memory of Reply and Requests. */
export const OBSERVATION_AT = PAD + HEADER;
export const ACTION_AT = 8;

/** How bridge.py describes a space. */
export interface SpaceSaid {
  readonly space: SpaceJSON | null; // null: none of ours
  readonly wires: readonly Wire[] | null; // what the numbers of each leaf travel as; null: JSON
  readonly text: string; // Python's
}

/** What bridge.py says of what it made. */
export interface Hello {
  readonly protocol: number;
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly action: SpaceSaid;
  readonly observation: SpaceSaid;
  readonly maxEpisodeSteps: number | null;
  readonly saves: boolean;
  readonly error?: { readonly code: string; readonly message: string; readonly traceback: string };
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};
export type Wire = keyof typeof arrays;
export type Numbers = InstanceType<(typeof arrays)[Wire]>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The request that is being sent. */
export class Requests {
  seq = 0;
  /** The next step's action, from ACTION_AT on. */
  readonly memory: ArrayBuffer;
  private readonly stepFrame: Uint8Array;
  private readonly stepView: DataView;

  constructor(actionBytes: number) {
    if (endianness() !== 'LE') throw new EnvError('Cannot talk to Python environments: this machine is big-endian');
    this.memory = new ArrayBuffer(ACTION_AT + actionBytes);
    this.stepFrame = new Uint8Array(this.memory, ACTION_PAD);
    this.stepView = new DataView(this.memory, ACTION_PAD);
    this.stepView.setUint8(0, OPS.step);
  }

  step(): Uint8Array {
    this.stepView.setUint32(1, this.next(), true);
    return this.stepFrame;
  }

  json(op: Op, value: unknown): Uint8Array {
    const body = encoder.encode(JSON.stringify(value ?? null));
    const frame = new Uint8Array(9 + body.length);
    const view = new DataView(frame.buffer);
    view.setUint8(0, OPS[op]);
    view.setUint32(1, this.next(), true);
    view.setUint32(5, body.length, true);
    frame.set(body, 9);
    return frame;
  }

  private next(): number {
    this.seq = (this.seq + 1) >>> 0;
    return this.seq;
  }
}

/** Memory for one reply, and what is in it. */
export class Reply {
  bytes!: Uint8Array; // fill from 0
  received = 0;
  /** The observation lies in it from OBSERVATION_AT on; larger answers take a new one. */
  memory!: ArrayBuffer;
  private view!: DataView;
  private readonly observationBytes: number;
  private carries = true; // an observation, if all goes well

  constructor(observationBytes: number) {
    this.observationBytes = observationBytes;
    this.allocate(HEADER + observationBytes + 256);
  }

  /** Before a request: does its reply carry an observation? */
  expect(op: Op): void {
    this.received = 0;
    this.carries = op === 'step' || op === 'reset';
  }

  /** Bytes of the whole reply, as far as is known from what has come; makes room for them. */
  needed(): number {
    if (this.received < HEADER) return HEADER;
    const total = HEADER + this.observationSize() + this.view.getUint32(14, true);
    if (total > this.bytes.length) this.allocate(total);
    return total;
  }

  private observationSize(): number {
    return this.carries && this.failed === false ? this.observationBytes : 0;
  }

  get failed(): boolean {
    return this.view.getUint8(0) !== 0;
  }
  get seq(): number {
    return this.view.getUint32(1, true);
  }
  get reward(): number {
    return this.view.getFloat64(5, true);
  }
  get terminated(): boolean {
    return (this.view.getUint8(13) & 1) !== 0;
  }
  get truncated(): boolean {
    return (this.view.getUint8(13) & 2) !== 0;
  }

  /** `count` numbers of the observation, `at` bytes into it: a view of this memory. */
  numbers(wire: Wire, count: number, at = 0): Numbers {
    return viewOf(wire, this.memory, OBSERVATION_AT + at, count);
  }

  json(): unknown {
    const size = this.view.getUint32(14, true);
    if (size === 0) return {};
    const from = HEADER + this.observationSize();
    return JSON.parse(decoder.decode(this.bytes.subarray(from, from + size)));
  }

  private allocate(size: number): void {
    const kept = this.received > 0 ? this.bytes.slice(0, this.received) : null;
    this.memory = new ArrayBuffer(PAD + size);
    this.bytes = new Uint8Array(this.memory, PAD);
    this.view = new DataView(this.memory, PAD);
    if (kept) this.bytes.set(kept);
  }
}

export const viewOf = (wire: Wire, memory: ArrayBuffer, at: number, count: number): Numbers =>
  new arrays[wire](memory, at, count);
export const bytesOf = (wire: Wire, count: number): number => arrays[wire].BYTES_PER_ELEMENT * count;
