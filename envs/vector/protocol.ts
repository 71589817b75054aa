/** What the main thread and the threads of an AsyncVectorEnv say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { Info } from '../env.ts';
import type { Kwargs } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import * as errors from '../gymnasium-errors.ts';
import type { VectorMemory } from './memory.ts';
import type { AutoresetMode } from './sub-env.ts';
import type { ResetPlan } from './reset-plan.ts';

/** Words of a thread's control block. `request` and `answer` count; `told`: whether the answer comes with a message. */
export const word = { request: 0, answer: 1, told: 2, words: 3 } as const;

export interface ThreadData {
  readonly spec: string; // JSON
  readonly options: Kwargs;
  readonly indices: readonly number[]; // of its environments
  readonly autoresetMode: AutoresetMode;
  readonly memory: VectorMemory;
  readonly control: Int32Array;
  readonly port: MessagePort;
}

/** Sent before the request is counted. A step's actions lie in the shared memory. */
export type Request =
  | { readonly kind: 'reset'; readonly plan: ResetPlan }
  | { readonly kind: 'step' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'set'; readonly name: string; readonly values: readonly unknown[] }
  | { readonly kind: 'save' }
  | { readonly kind: 'load'; readonly saved: readonly unknown[] }
  | { readonly kind: 'close' };

/** Left out where every info is empty. */
export interface Answer {
  readonly infos?: readonly (Info | null)[];
  readonly results?: readonly unknown[];
  readonly failure?: Failure;
}

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** An error in words that pass between threads: its class does not. */
export function failureOf(error: unknown): Failure {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const name = error instanceof Error ? error.constructor.name : 'Error';
  return { name, message, stack };
}

const known: Readonly<Record<string, new (message: string) => Error>> = { ...errors, EnvError, TypeError, RangeError };

/** The error again, of its class where that is one of ours or of the language. */
export function errorOf({ name, message, stack }: Failure): Error {
  const error = new (known[name] ?? Error)(message);
  error.stack = stack;
  return error;
}
