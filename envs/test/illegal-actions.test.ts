/** What is not an action is answered by every environment, with one line that names it and the space. */
import { describe, expect, test } from 'vitest';
import { createRng } from '../rng.ts';
import type { AnyEnv } from '../part.ts';
import { listEnvs, makeEnv } from '../registry.ts';
import type { Action } from '../env.ts';
import { emptyResult } from './stream.ts';

/** Vectors that Gymnasium's originals clip. */
const clipping = new Set(['mountain-car-continuous', 'pendulum', 'popgym-pendulum']);

function junkFor({ actionSpace: space, metadata }: AnyEnv): unknown[] {
  const none = [null, undefined, 'x', '0', 1e9, -1, 0.5, NaN, {}, [], [0], [0.5], true];
  if (space.kind === 'discrete') return [...none, Float64Array.of(0)];
  const sample = space.sample(createRng(1)) as Float64Array;
  const long = new Float64Array(sample.length + 1);
  return [...none, new Float64Array(0), long, ...(clipping.has(metadata.id) ? [] : [sample.map(() => 1e6)])];
}

describe.each(listEnvs())('%s', async (id) => {
  const [env, other]: [AnyEnv, AnyEnv] = [await makeEnv(id), await makeEnv(id)];
  const action = env.actionSpace.sample(createRng(2)) as Action;

  test('refuses what is not an action, in both forms, and goes on', () => {
    const out = emptyResult(env);
    const line = new RegExp(`^Cannot step ${id}: the action .* is not in `);
    for (const junk of junkFor(env)) {
      env.reset({ seed: 1 });
      expect(() => env.step(junk as Action), `step(${String(junk)})`).toThrow(line);
      expect(() => env.stepInto(junk as Action, out), `stepInto(${String(junk)})`).toThrow(line);
      expect(() => env.step(action)).not.toThrow();
    }
  });

  test('refuses it after a load, too', () => {
    env.reset({ seed: 1 });
    other.load?.(env.save?.());
    expect(() => other.step(null as unknown as Action)).toThrow(`Cannot step ${id}: the action null is not in `);
  });
});
