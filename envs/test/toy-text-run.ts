import { expect } from 'vitest';
import type { StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { started } from './golden.ts';

/** A file of golden/make_toy_text.py. */
export interface ToyTextGolden {
  readonly settings: readonly {
    readonly id: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly runs: readonly Run[];
  }[];
}
export interface Run {
  readonly seed: number;
  readonly actions: string;
  readonly marks: string;
  readonly rewards: readonly number[];
  readonly observations: readonly number[];
}

/** The integers behind an observation: where its ones are; a tuple's parts one after the other. */
export function seenIn(id: string, { observation }: StepResult): number[] {
  const ones = [...observation.keys()].filter((i) => observation[i] === 1);
  expect(observation.reduce((sum, x) => sum + x)).toBe(ones.length);
  return id === 'blackjack' ? [ones[0]!, ones[1]! - 32, ones[2]! - 43] : ones;
}

/** Plays a recorded run; gives it back as the environment made it. */
export function replay(id: string, env: AnyEnv, { seed, actions }: Run): Run {
  const out = started(env, seed);
  const observations = seenIn(id, out);
  const rewards: number[] = [];
  let marks = 'r';
  for (const action of actions) {
    env.stepInto(Number(action), out);
    observations.push(...seenIn(id, out));
    rewards.push(out.reward);
    marks += '.tcb'[Number(out.terminated) + 2 * Number(out.truncated)];
    if (!out.terminated && !out.truncated) continue;
    env.resetInto(out);
    observations.push(...seenIn(id, out));
    marks += 'r';
  }
  return { seed, actions, marks, rewards, observations };
}
