/** Lives that golden/make_wrappers.py records, lived here. */
import type { AnyEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { Pulse } from './pulse.ts';

export interface Life {
  readonly actions: readonly (number | number[])[];
  readonly moments: readonly unknown[];
  readonly uniforms?: readonly number[];
  readonly integers?: readonly number[];
}
/** The same as Pulse, with vectors for actions: they pay their first entry and ten times their second. */
export class Slider extends Pulse {
  override readonly actionSpace = box(-1, 3, [2]) as never;
  override step(action: number): ReturnType<Pulse['step']> {
    const [x, y] = action as unknown as Float64Array;
    const [observation, reward, ...rest] = super.step(0);
    return [observation, reward + (x! + 10 * y!), ...rest];
  }
}

/** Typed arrays as lists; seconds, which differ, left out of statistics. */
export function plain(x: unknown): unknown {
  if (ArrayBuffer.isView(x)) return [...(x as Float64Array)];
  if (Array.isArray(x)) return x.map(plain);
  if (typeof x !== 'object' || x === null) return x;
  const entries = Object.entries(x).filter(([key]) => !(key === 't' && 'r' in x));
  return Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]));
}

export function live(env: AnyEnv, { actions }: Life, resets = true): unknown[] {
  const moments = [plain(env.reset())];
  for (const given of actions) {
    const list = env.actionSpace.kind === 'multi-discrete' ? Int32Array : Float64Array;
    const moment = env.step(typeof given === 'number' ? given : list.from(given));
    moments.push(plain(moment));
    if (resets && (moment[2] || moment[3])) moments.push(plain(env.reset()));
  }
  return moments;
}

export function numbersIn(x: unknown): number[] {
  if (typeof x === 'number') return [x];
  return typeof x === 'object' && x !== null ? Object.values(x).flatMap(numbersIn) : [];
}
