/** Records any environment under any policy as a stream file (recording/format.ts), which `recorded` replays. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import type { Action, StepResult } from './env.ts';
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { suggest } from './nearest.ts';
import type { AnyEnv } from './part.ts';
import { flag, headerLine } from './recording/format.ts';
import type { Header } from './recording/format.ts';
import { StreamWriter } from './recording/writer.ts';
import { createRng } from './rng.ts';
import type { Rng } from './rng.ts';

/** Where to record, how much, and who acts meanwhile. */
export interface RecordOptions {
  /** The file to write. */
  readonly path: string;
  /** Rows to record: every reset is one, and every step. */
  readonly rows: number;
  readonly seed?: number; // of the environment and, by name, of the policy; default 0
  /** From the flat observation; default: uniform over the action space. */
  readonly policy?: (observation: Float64Array, rng: Rng) => Action;
  readonly discount?: number; // default: the environment's
  readonly type?: 'u1' | 'f4' | 'f8'; // of the observation; default f8; a value that does not fit is refused
  readonly gzip?: boolean; // default true
  readonly block?: number; // rows per block, default 4096
  readonly about?: string; // a line for people
}

/** Writes the file; it is there only when it is whole. */
export function recordEnv(env: AnyEnv, options: RecordOptions): void {
  checkOptions(options);
  const { path, rows, seed = 0 } = options;
  if (!Number.isSafeInteger(rows) || rows < 1)
    throw new EnvError(`Cannot record ${describe(rows)} rows: give a positive integer`);
  const header = headerOf(env, options);
  headerLine(header); // before there is a file
  const part = `${path}.part`;
  const file = openOrSay(path, part);
  try {
    const writer = new StreamWriter(header, (bytes) => writeWhole(file, bytes));
    const rng = createRng(`${seed}/policy`);
    const policy = options.policy ?? (() => env.actionSpace.sample(rng));
    live(env, { rows, seed, discount: header.discount }, writer, (observation) => policy(observation, rng));
    writer.close();
  } catch (error) {
    closeSync(file);
    rmSync(part, { force: true });
    throw error;
  }
  closeSync(file);
  renameOrSay(part, path);
}

const names = ['path', 'rows', 'seed', 'policy', 'discount', 'type', 'gzip', 'block', 'about'];

/** What the header's schema does not check. */
function checkOptions(options: RecordOptions): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new EnvError(`Cannot record: unknown option "${unknown}", ${suggest(unknown, names)}`);
  const { path, policy } = options;
  if (typeof path !== 'string' || path === '') {
    throw new EnvError(`Cannot record: path must name the file to write, got ${describe(path)}`);
  }
  if (policy !== undefined && typeof policy !== 'function') {
    throw new EnvError(`Cannot record: policy must be a function, got ${describe(policy)}`);
  }
}

function openOrSay(path: string, part: string): number {
  try {
    if (existsSync(path) && statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return openSync(part, 'w');
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function renameOrSay(part: string, path: string): void {
  try {
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): EnvError {
  return new EnvError(`Cannot record to ${path}: ${(error as NodeJS.ErrnoException).code ?? 'it cannot be written'}`);
}

function live(
  env: AnyEnv,
  { rows, seed, discount }: { rows: number; seed: number; discount: number },
  writer: StreamWriter,
  policy: (observation: Float64Array) => Action,
): void {
  const out: StepResult = {
    observation: new Float64Array(env.observationSpace.size),
    reward: 0,
    terminated: false,
    truncated: false,
  };
  const flat = env.actionSpace.kind === 'discrete' ? null : new Float64Array(env.actionSpace.size);
  const { observation } = out;
  let ended = true;
  for (let row = 0; row < rows; row++) {
    if (ended) {
      env.resetInto(out, row === 0 ? { seed } : undefined);
      writer.append({ observation, action: flat?.fill(0) ?? 0, reward: 0, discount: 0, flags: flag.start });
      ended = false;
      continue;
    }
    const action = policy(observation);
    env.stepInto(action, out);
    if (flat !== null) env.actionSpace.flatten(action as never, flat);
    const { reward, terminated, truncated } = out;
    const flags = (terminated ? flag.terminated : 0) | (truncated ? flag.truncated : 0);
    writer.append({
      observation,
      action: flat ?? (action as number),
      reward,
      discount: terminated ? 0 : discount,
      flags,
    });
    ended = terminated || truncated;
  }
}

function headerOf(env: AnyEnv, { discount, type = 'f8', gzip = true, block = 4096, about }: RecordOptions): Header {
  const { observationSpace, actionSpace, metadata } = env;
  const gamma = discount ?? metadata.discount;
  if (gamma === null) throw new EnvError(`Cannot record ${metadata.id}: it names no discount; give one in [0, 1]`);
  const space = actionSpace as { kind: string; n?: number; start?: number; size: number };
  const isDiscrete = space.kind === 'discrete';
  return {
    format: 'recorded-stream',
    version: 1,
    id: metadata.id,
    discount: gamma,
    observation: { type, size: observationSpace.size },
    action: isDiscrete ? { n: space.n ?? space.size, start: space.start ?? 0 } : { size: space.size },
    block,
    gzip,
    ...(about === undefined ? {} : { about }),
  };
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
