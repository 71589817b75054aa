/** Real Gymnasium environments through the bridge; needs a Python with gymnasium (see pythons.ts). */
import { describe, expect, test } from 'vitest';
import { checkEnv } from '../../check.ts';
import { actionsFor, difference, play, record, tupleForm } from '../../check/rollout.ts';
import { AsyncPythonEnv } from '../../python/async-python-env.ts';
import type { PythonOptions } from '../../python/options.ts';
import { PythonEnv } from '../../python/python-env.ts';
import { PythonVectorEnv } from '../../python/python-vector-env.ts';
import { makeEnv } from '../../registry.ts';
import { createRng } from '../../rng.ts';
import { making } from './making.ts';
import { hasGymnasium, thrown } from './pythons.ts';

const make = making();
const odd: PythonOptions = { modules: ['gym_odd'] };

describe.skipIf(!hasGymnasium)('python/CartPole-v1', () => {
  test('keeps the contract, save and load included', () => {
    const report = checkEnv(() => make('CartPole-v1'));
    // Gymnasium warns too: velocities have no bounds.
    expect(report.filter(({ ok }) => !ok).map(({ rule }) => rule)).toEqual(['bounds']);
    expect(make('CartPole-v1').save).toBeDefined();
  });

  test('is made by its id, has the spaces of Gymnasium, and names no discount', async () => {
    const env = (await makeEnv('python/CartPole-v1')) as PythonEnv;
    const { observationSpace: seen, actionSpace } = env;
    expect([seen.kind, seen.shape, seen.size, actionSpace.kind, actionSpace.size]).toEqual([
      'box',
      [4],
      4,
      'discrete',
      2,
    ]);
    expect(String(seen)).toContain('[4], float32)');
    expect(seen.contains(Float64Array.of(4.75, 1e9, 0, -1e9))).toBe(true);
    expect(seen.contains(Float64Array.of(4.875, 0, 0, 0))).toBe(false);
    expect([env.metadata.id, env.metadata.discount, env.maxEpisodeSteps]).toEqual(['python/CartPole-v1', null, 500]);
    expect(env.versions['gymnasium']).toMatch(/^\d+\.\d+/);
    const failure = makeEnv('python/CartPole-v1', { kwarg: {} });
    await expect(failure).rejects.toThrow('unknown option "kwarg", did you mean "kwargs"?');
    env.close();
    await expect(makeEnv('python/')).rejects.toThrow('name one of Gymnasium');
  });

  test('is our cart-pole: single steps from the same state, whole episodes from the same first state', async () => {
    const python = make('CartPole-v1');
    const own = await makeEnv('cart-pole');
    const rng = createRng('test');
    const place = (state: readonly number[]): void => {
      own.reset();
      const saved = own.save?.() as { numbers: number[] };
      own.load?.({ ...saved, numbers: [...saved.numbers.slice(0, -4), ...state] });
    };
    /** Largest difference of the observations; rewards and ends must agree. */
    const stepBoth = (action: number): [error: number, ended: boolean] => {
      const [ours, ...rest] = own.step(action);
      const [theirs, ...others] = python.step(action);
      expect(others.slice(0, 2)).toEqual(rest.slice(0, 2));
      const error = (theirs as Float64Array).map((x, k) => Math.abs(x - (ours as Float64Array)[k]!));
      return [Math.max(...error), others[1] as boolean];
    };
    let off = 0;
    for (let i = 0; i < 500; i++) {
      const state = Array.from({ length: 4 }, () => 0.2 * rng.normal());
      python.reset();
      python.setState(state);
      place(state);
      const [error] = stepBoth(rng.integer(0, 1));
      expect(error).toBeLessThan(1e-6); // sines differ in the last digit: one step of float32 at most, and rarely
      off += error > 0 ? 1 : 0;
    }
    expect(off).toBeLessThan(5);
    for (let episode = 0; episode < 20; episode++) {
      python.reset();
      place(python.getState());
      for (let ended = false; !ended;) {
        const [error, over] = stepBoth(rng.integer(0, 1));
        expect(error).toBeLessThan(1e-6);
        ended = over;
      }
    }
    // The control: a state that is off in the sixth digit is seen.
    python.reset();
    python.setState([0.1, 0, 0, 0]);
    place([0.100001, 0, 0, 0]);
    expect(stepBoth(1)[0]).toBeGreaterThan(5e-7);
  });

  test('is the same over stdio', async () => {
    const [env, other] = [make('CartPole-v1'), await AsyncPythonEnv.make('CartPole-v1')];
    expect(await other.reset({ seed: 4 })).toEqual(env.reset({ seed: 4 }));
    for (let t = 0; t < 5; t++) expect(await other.step(1)).toEqual(env.step(1));
    await other.setState([0, 1, 0, 1]);
    env.setState([0, 1, 0, 1]);
    const [a, b] = [other.step(0), other.step(1)]; // asked at once, answered in turn
    expect([await a, await b]).toEqual([env.step(0), env.step(1)]);
    expect(await other.getState()).toEqual(env.getState());
    expect(other.actionSpace.size).toBe(2);
    await other.close();
  });

  test('steps several in lockstep as it steps one', () => {
    const batch = new PythonVectorEnv('CartPole-v1', { numEnvs: 3, autoreset: 'SameStep' });
    const env = make('CartPole-v1');
    const [first] = env.reset({ seed: 11 });
    expect(batch.reset({ seed: 10 })[0].slice(4, 8)).toEqual(first);
    let ends = 0;
    for (let t = 0; t < 60; t++) {
      const { observations, rewards, terminated, truncated } = batch.step([0, 1, 0]);
      const [observation, reward, isTerminated, isTruncated] = env.step(1);
      const next = isTerminated ? env.reset()[0] : observation;
      expect([observations.slice(4, 8), rewards[1], terminated[1], truncated[1]]).toEqual([
        next,
        reward,
        Number(isTerminated),
        Number(isTruncated),
      ]);
      ends += Number(isTerminated);
    }
    expect(ends).toBeGreaterThan(2);
    expect(() => batch.step([0, 1])).toThrow('it takes 3 numbers, got 2');
    batch.close();
    const several = new PythonVectorEnv('Pendulum-v1', { numEnvs: 2, vectorization: 'async', info: true });
    expect(several.reset({ seed: 1 })[0].length).toBe(6);
    expect(several.step([0.5, -1]).rewards.every((reward) => reward < 0)).toBe(true);
    several.close();
  });
});

describe.skipIf(!hasGymnasium)('save and load', () => {
  const classic = ['CartPole-v1', 'Acrobot-v1', 'MountainCar-v0', 'MountainCarContinuous-v0', 'Pendulum-v1'];
  test.each([...classic, 'FrozenLake-v1', 'Blackjack-v1'])(
    '%s goes on bit by bit from what was saved, in another process',
    (id) => {
      const [env, other] = [make(id), make(id)];
      const actions = actionsFor(env, 700);
      const rest = actions.splice(133);
      record(tupleForm(env), 9, actions);
      const saved: unknown = JSON.parse(JSON.stringify(env.save?.()));
      const goesOn = play(tupleForm(env), rest);
      other.reset({ seed: 1 });
      other.load?.(saved);
      expect(difference(goesOn, play(tupleForm(other), rest))).toBe(null);
      expect(difference(goesOn, play(tupleForm(other), rest))).not.toBe(null);
    },
  );

  test('what was saved elsewhere is refused', () => {
    const env = make('CartPole-v1');
    for (const wrong of [
      null,
      7,
      { env: 'python/Other-v0', phase: 'running', state: '' },
      { env: 'python/CartPole-v1' },
    ]) {
      expect(() => env.load?.(wrong)).toThrow('Cannot load python/CartPole-v1: what was saved belongs to');
    }
  });
});

describe.skipIf(!hasGymnasium)('making and failing', () => {
  test('wrappers and keyword arguments reach Gymnasium', () => {
    const stack = { name: 'gymnasium.wrappers:FrameStackObservation', kwargs: { stack_size: 3 } };
    const env = make('CartPole-v1', {
      wrappers: [stack, 'gymnasium.wrappers:FlattenObservation'],
      kwargs: { max_episode_steps: 4 },
    });
    expect([env.observationSpace.size, env.maxEpisodeSteps]).toEqual([12, 4]);
    env.reset();
    for (let t = 1; t <= 4; t++) expect(env.step(t % 2)[3]).toBe(t === 4);
  });

  test('errors of Gymnasium keep their line and their traceback', () => {
    const error = thrown(() => make('CartPole-v9'));
    expect(error).toMatchObject({
      code: 'make',
      message: expect.stringMatching(/^Cannot make python\/CartPole-v9: .*Version/) as string,
    });
    expect(thrown(() => make('CartPole-v1', { modules: ['no_such_module'] }))).toMatchObject({
      message: expect.stringContaining("ModuleNotFoundError: No module named 'no_such_module'") as string,
    });
    const misfit = make('Odd/Misfit-v0', odd);
    misfit.reset();
    expect(() => misfit.step(1)).toThrow('failed in step: ValueError: observation has shape (3,), its space says (2,)');
    expect(() => make('CartPole-v1', { timeout: -1 })).toThrow('Cannot make environment python/CartPole-v1: timeout');
  });

  test('there is no save where Python holds more than plain data, and the same seed still gives the same steps', () => {
    expect(make('Odd/Multi-v0', odd).save).toBeUndefined();
    const late = make('Odd/Late-v0', odd); // an iterator, from the first reset on
    expect(late.save?.()).toBeTruthy();
    late.reset();
    expect(late.save?.()).toBe(null);
    const [a, b] = [make('FrozenLake-v1'), make('FrozenLake-v1')];
    const actions = Array.from({ length: 100 }, (_, t) => t % 4);
    expect(difference(record(tupleForm(a), 5, actions), record(tupleForm(b), 5, actions))).toBe(null);
    expect(difference(record(tupleForm(a), 5, actions), record(tupleForm(b), 6, actions))).not.toBe(null);
  });
});
