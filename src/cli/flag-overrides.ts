/** What the flags of `run` and `sweep` say, as one tree to be laid over every setting; --set comes after it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { realNumber, wholeNumber } from './numbers.ts';

export interface SettingFlags {
  readonly cell?: string;
  readonly estimator?: string;
  readonly features?: string;
  readonly head?: string;
  readonly rule?: string;
  readonly steps?: string;
  readonly discount?: string;
  readonly include?: string;
  readonly load?: string;
  readonly path?: string;
  readonly precision?: string;
  readonly simd?: string;
  readonly threads?: string;
  readonly learn: boolean;
}

const PARTS = ['cell', 'estimator', 'features', 'head', 'rule'] as const;
const WORDS = ['path', 'precision', 'simd'] as const;

export function flagOverrides(flags: SettingFlags): Record<string, unknown> {
  const parts = PARTS.flatMap((kind) => (flags[kind] === undefined ? [] : [[kind, { id: flags[kind] }] as const]));
  const { steps, discount, include, threads, load, learn } = flags;
  return {
    ...(parts.length === 0 ? {} : { agent: Object.fromEntries(parts) }),
    ...(steps === undefined ? {} : { steps: wholeNumber('--steps', steps), every: null, window: null }),
    ...(discount === undefined ? {} : { discount: realNumber('--discount', discount) }),
    ...(include === undefined ? {} : { include: include.split(',') }),
    ...Object.fromEntries(WORDS.flatMap((name) => (flags[name] ? [[name, flags[name]]] : []))),
    ...(threads === undefined ? {} : { threads: wholeNumber('--threads', threads) }),
    ...(load === undefined ? {} : { load: checkpointOf(load) }),
    ...(learn ? {} : { learn: false }),
  };
}

/** A run's folder stands for the checkpoint in it. */
function checkpointOf(path: string): string {
  if (!existsSync(path)) throw new UserError(`Cannot load ${path}: there is no such checkpoint or run folder`);
  return statSync(path).isDirectory() ? join(path, 'checkpoint', 'state.ckpt') : path;
}
