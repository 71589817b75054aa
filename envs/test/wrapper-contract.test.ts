/** The contract, for every file under wrappers/. */
import { describe, expect, test } from 'vitest';
import { checkEnv, checkRules } from '../check.ts';
import { actionsFor, difference, intoForm, play, record, tupleForm } from '../check/rollout.ts';
import { listWrappers } from '../entry-point.ts';
import { Env } from '../env.ts';
import { EnvSpec } from '../env-spec.ts';
import * as gym from '../gymnasium.ts';
import type { AnyEnv } from '../part.ts';
import { wrapped, wrapperCases } from './wrappers.ts';

/** Gymnasium's normalising wrappers go on with their statistics when a seed starts the environment anew. */
const remembering = new Set(['NormalizeObservation', 'NormalizeReward']);
/** Options that are functions do not go through JSON. */
const functional = new Set(['TransformObservation', 'TransformAction', 'TransformReward']);

test('every wrapper is tried here', () => {
  expect(Object.keys(wrapperCases).sort()).toEqual(listWrappers());
});

describe.each(listWrappers())('%s', (name) => {
  const make = (): AnyEnv => wrapped(name);

  test('keeps every rule of checkEnv, or breaks the one it is meant to', () => {
    const broken = checkEnv(make).filter(({ ok, rule }) => !ok && rule !== 'bounds');
    const meant = remembering.has(name) ? ['step-seed'] : ['unwrapped'];
    if (name === 'RecordEpisodeStatistics') meant.push('info'); // seconds
    expect(broken.map(({ rule }) => rule)).toEqual(meant);
    if (!remembering.has(name)) expect(checkEnv(make).map(({ rule }) => rule)).toEqual(checkRules);
  });

  test('writes the same in the allocation-free form as in tuples', () => {
    const actions = actionsFor(make(), 100);
    const tuples = record(tupleForm(make()), 8, actions);
    expect(difference(tuples, record(intoForm(make()), 8, actions))).toBe(null);
    expect(difference(tuples, record(intoForm(make()), 9, actions))).not.toBe(null);
  });

  test('continues bit by bit from what was saved, at every step of two episodes', () => {
    const actions = actionsFor(make(), 60);
    for (let moment = 0; moment < 22; moment++) {
      const [env, copy] = [make(), make()];
      record(tupleForm(env), 3, actions.slice(0, moment));
      record(tupleForm(copy), 4, actions.slice(0, 5));
      copy.load!(JSON.parse(JSON.stringify(env.save!())) as unknown);
      const rest = actions.slice(moment);
      expect(difference(play(intoForm(env), rest), play(tupleForm(copy), rest))).toBe(null);
    }
  });

  test('refuses what another wrapper saved', () => {
    const env = make();
    expect(() => env.load!(null)).toThrow('what was saved belongs to no wrapper');
    expect(() => env.load!({ wrapper: 'Other' })).toThrow(
      `Cannot load ${String(env)}: what was saved belongs to Other`,
    );
  });

  test('is made again from the spec of the whole, which goes through JSON where its options do', async () => {
    expect(make().spec).toBe(null);
    const { inner } = wrapperCases[name]!;
    const bare = Object.assign(inner(), { spec: new EnvSpec({ id: 'Fine', entryPoint: inner }) });
    const { spec } = wrapped(name, bare);
    const again = await gym.make(spec!, { disableEnvChecker: name !== 'PassiveEnvChecker' });
    const actions = actionsFor(again, 50);
    expect(String(again)).toContain(name);
    expect(difference(record(tupleForm(again), 1, actions), record(tupleForm(make()), 1, actions))).toBe(null);
    const json = (): unknown => JSON.parse(JSON.stringify(spec!.with({ entryPoint: 'cycle-world' }))) as unknown;
    if (functional.has(name)) expect(json).toThrow('is a function');
    else expect(EnvSpec.fromJSON(json() as object)).toEqual(spec!.with({ entryPoint: 'cycle-world' }));
  });

  test('has the name under which JSON knows it, and prints around what is inside', () => {
    const env = make();
    expect((env.constructor as typeof gym.Wrapper).entryPoint).toBe(name);
    expect(env).toBeInstanceOf(Env);
    expect(String(env)).toMatch(new RegExp(`^<${name}<.*fine>+$`));
    expect(env.unwrapped).not.toBeInstanceOf(gym.Wrapper);
  });

  test('lacks what the environment inside lacks', () => {
    const part = { value: undefined, render: undefined, save: undefined, load: undefined };
    const env = wrapped(name, Object.assign(wrapperCases[name]!.inner(), part) as never);
    for (const method of ['value', 'render', 'save', 'load'] as const) expect(env[method]).toBe(undefined);
  });
});
