/**
 * Checkpoints: every named array and whatever else changes as JSON, bit by bit. One file:
 *   line 1   the words "agent-state checkpoint 1" and the SHA-256 of all that follows
 *   line 2   JSON: { step, state, arrays: [[name, length], ...] }
 *   the rest the arrays in that order, float64 little-endian
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { atomicWrite } from './results/atomic-write.ts';
import { systemReason } from './results/system-reason.ts';
import type { Stateful } from './types.ts';
import { UserError } from './user-error.ts';

const MAGIC = 'agent-state checkpoint 1';

/** All that a run needs to go on: the step it stands at, every named array, and the rest as JSON. */
export interface Checkpoint {
  readonly step: number;
  readonly state: unknown; // JSON: environment, random streams, evaluator
  readonly arrays: ReadonlyMap<string, Float64Array>;
}

/** Copies every array of the learner; `state` is anything that JSON can hold. */
export function takeCheckpoint(step: number, learner: Stateful, state: unknown): Checkpoint {
  const arrays = new Map<string, Float64Array>();
  for (const [name, length] of Object.entries(learner.arrays)) {
    const values = new Float64Array(length);
    learner.read(name, values);
    arrays.set(name, values);
  }
  return { step, state, arrays };
}

/** Writes a checkpoint's arrays back; a learner of another structure is refused before anything is learned from it. */
export function restoreArrays({ arrays }: Checkpoint, learner: Stateful, path = 'the checkpoint'): void {
  const shape = learner.shape ?? [];
  for (const name of shape) {
    const saved = arrays.get(name);
    if (saved?.length === learner.arrays[name]) learner.write(name, saved!); // how long others are follows from it
  }
  for (const [name, length] of Object.entries(learner.arrays)) {
    const saved = arrays.get(name)?.length;
    if (saved === length) continue;
    const what =
      saved === undefined ? `has no array ${name}` : `holds ${saved} numbers in ${name}, the agent ${length}`;
    throw new UserError(`Cannot restore ${path}: it ${what}; use the settings it was made with`);
  }
  for (const name of arrays.keys()) {
    if (name in learner.arrays) continue;
    throw new UserError(
      `Cannot restore ${path}: it holds an array ${name} that the agent lacks; use the settings it was made with`,
    );
  }
  for (const name of Object.keys(learner.arrays)) {
    if (!shape.includes(name)) learner.write(name, arrays.get(name)!);
  }
}

/** Writes a file in one act: it is there whole or not at all. `durable` waits until the disk has it. */
export function writeCheckpoint(path: string, { step, state, arrays }: Checkpoint, durable = true): void {
  const names = [...arrays].map(([name, values]) => [name, values.length]);
  const header = Buffer.from(`${JSON.stringify({ step, state, arrays: names })}\n`);
  const body = Buffer.concat([header, ...[...arrays.values()].map(littleEndian)]);
  atomicWrite(path, Buffer.concat([Buffer.from(`${MAGIC} ${digest(body)}\n`), body]), { durable });
}

/** Reads a file that `writeCheckpoint` wrote; a UserError where it is missing, of another program, or damaged. */
export function readCheckpoint(path: string): Checkpoint {
  const file = readFile(path);
  const first = file.indexOf(10) + 1;
  const [, sum] = /^agent-state checkpoint 1 ([0-9a-f]{64})\n$/.exec(file.subarray(0, first).toString()) ?? [];
  const body = file.subarray(first);
  if (sum === undefined) throw new UserError(`Cannot restore ${path}: it is not a checkpoint of this program`);
  if (digest(body) !== sum) {
    throw new UserError(
      `Cannot restore ${path}: it is damaged (its checksum does not fit); use an older checkpoint or start anew`,
    );
  }
  const second = body.indexOf(10) + 1;
  const { step, state, arrays: names } = JSON.parse(body.subarray(0, second).toString()) as Header;
  const arrays = new Map<string, Float64Array>();
  let at = second;
  for (const [name, length] of names) {
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++, at += 8) values[i] = body.readDoubleLE(at);
    arrays.set(name, values);
  }
  return { step, state, arrays };
}

interface Header {
  readonly step: number;
  readonly state: unknown;
  readonly arrays: readonly (readonly [name: string, length: number])[];
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(`Cannot restore ${path}: ${missing ? 'there is no such file' : systemReason(error)}`);
  }
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function littleEndian(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap64();
}
