/** Golden episodes as test/golden/recording.py packs them, and the same episodes played here. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { Action } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { emptyResult } from './stream.ts';

export interface GoldenCase {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly dtype: string;
  readonly moments: number;
  readonly observations: string;
  readonly rewards: string;
  readonly ends: string;
  /** Of discrete parts: how many values each has. The observation here is their one-hot, in turn. */
  readonly nvec?: readonly number[];
}

/** What was seen at every moment, resets included. */
export interface Episodes {
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  /** 1 terminated, 2 truncated, 3 both, 4 a reset. */
  readonly ends: readonly number[];
}

export function goldenCases(name: string): GoldenCase[] {
  const text = readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: GoldenCase[] }).cases;
}

/** The episodes that Python recorded, in this package's form. */
export function unpack({ observations, rewards, ends, dtype, moments, nvec }: GoldenCase): Episodes {
  const all = numbers(observations, dtype);
  const size = all.length / moments;
  const rows = Array.from({ length: moments }, (_, t) => all.slice(t * size, (t + 1) * size));
  return {
    observations: nvec === undefined ? rows : rows.map((row) => row.flatMap((x, i) => oneHot(x, nvec[i]!))),
    rewards: numbers(rewards, '<f8'),
    ends: numbers(ends, 'u1'),
  };
}

/** Actions by the formula of recording.py. */
export class Actions {
  private x: number;

  constructor(seed: number) {
    this.x = seed + 1;
  }

  real(): number {
    this.x = (75 * this.x + 74) % 65537;
    return this.x / 65537;
  }

  among(n: number): number {
    this.real();
    return Math.floor((this.x * n) / 65537);
  }
}

/** Plays as many moments as the case has, from its seed on (or from another, with the same actions: the control). */
export function playCase(
  env: AnyEnv,
  { seed, moments }: GoldenCase,
  act: (actions: Actions) => Action,
  from = seed,
): Episodes {
  const actions = new Actions(seed);
  const out = emptyResult(env);
  const observations: number[][] = [];
  const rewards: number[] = [];
  const ends: number[] = [];
  for (let t = 0; t < moments; t++) {
    const over = t === 0 || (ends[t - 1]! & 3) !== 0;
    if (over) env.resetInto(out, t === 0 ? { seed: from } : {});
    else env.stepInto(act(actions), out);
    observations.push([...out.observation]);
    rewards.push(out.reward);
    ends.push(over ? 4 : Number(out.terminated) + 2 * Number(out.truncated));
  }
  return { observations, rewards, ends };
}

function numbers(packed: string, dtype: string): number[] {
  const { buffer, byteOffset, byteLength } = inflateSync(Buffer.from(packed, 'base64'));
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  if (dtype === 'u1') return [...new Uint8Array(bytes)];
  return [...(dtype === '<f4' ? new Float32Array(bytes) : new Float64Array(bytes))];
}

function oneHot(x: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => Number(i === x));
}
