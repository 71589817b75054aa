import { afterAll, describe, expect, test, vi } from 'vitest';
import { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { UnsupportedMode } from '../gymnasium-errors.ts';
import { make } from '../make.ts';
import { register } from '../registration.ts';
import { Wrapper } from '../wrapper.ts';
import { ClipReward } from '../wrappers/clip-reward.ts';
import { Pulse } from './pulse.ts';

const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
afterAll(() => warnings.mockRestore());

const clip = { name: 'ClipReward', entryPoint: 'ClipReward', kwargs: { min: -0.5, max: 0.5 } };
register('Pulse-v0', { entryPoint: () => new Pulse(), maxEpisodeSteps: 5, additionalWrappers: [clip] });

describe('make', () => {
  test('wraps in Gymnasium’s order', async () => {
    const env = await make('Pulse-v0');
    const around = '<ClipReward<TimeLimit<OrderEnforcing<PassiveEnvChecker<Pulse<Pulse-v0>>>>>>';
    expect(String(env)).toBe(around);
    expect(env.unwrapped).toBeInstanceOf(Pulse);
    expect(String(await make('cycle-world'))).toBe('<OrderEnforcing<PassiveEnvChecker<CycleWorld<cycle-world>>>>');
  });

  test('its options go before those of the spec', async () => {
    const env = await make('Pulse-v0', { maxEpisodeSteps: -1, disableEnvChecker: true });
    expect(String(env)).toBe('<ClipReward<OrderEnforcing<Pulse<Pulse-v0>>>>');
    expect(env.spec).toMatchObject({ maxEpisodeSteps: null, disableEnvChecker: true, orderEnforce: true });
    const limited = await make('cycle-world', { maxEpisodeSteps: 3, states: 4 });
    expect(limited.spec).toMatchObject({ maxEpisodeSteps: 3, kwargs: { states: 4 } });
    limited.reset();
    expect([1, 2, 3].map(() => limited.step(0)[3])).toEqual([false, false, true]);
    expect(limited.metadata.delay).toBe(4);
  });

  test('the spec of what it made makes the same again, through JSON too', async () => {
    const first = new ClipReward(await make('cycle-world', { states: 3, maxEpisodeSteps: 9 }), { max: 0.25 });
    const again = await make(EnvSpec.fromJSON(JSON.stringify(first.spec)));
    expect(String(again)).toBe(String(first));
    expect(again.spec).toEqual(first.spec);
    const rewards = [first, again].map((env) => {
      env.reset({ seed: 1 });
      return [1, 2, 3, 4].map(() => env.step(0)[1]);
    });
    expect(rewards[0]).toEqual([0, 0, 0.25, 0]);
    expect(rewards[1]).toEqual(rewards[0]);
  });

  test('a wrapper that did not record its options is not made again', async () => {
    class Mine extends Wrapper {}
    const { spec } = new Mine(await make('Pulse-v0'));
    expect(spec!.additionalWrappers.map(({ name }) => name)).toEqual(['ClipReward', 'Mine']);
    await expect(make(spec!)).rejects.toThrow('Cannot make the wrapper Mine again');
    class Open extends Wrapper {}
    const open = new Open(await make('Pulse-v0'), {});
    expect(String(await make(open.spec!))).toBe(String(open));
  });

  test('an entry point is a task, a function, a class, or an export of a module', async () => {
    const file = new URL('./pulse.ts', import.meta.url).href;
    for (const entryPoint of [() => new Pulse(), async () => new Pulse(), Pulse as never, `${file}#Pulse`]) {
      const env = await make(new EnvSpec({ id: 'P', entryPoint }));
      expect(String(env)).toBe('<OrderEnforcing<PassiveEnvChecker<Pulse<P>>>>');
    }
    const task = new URL('../tasks/cycle-world.ts', import.meta.url).href;
    expect((await make(new EnvSpec({ id: 'P', entryPoint: `${task}#default` }), { states: 9 })).metadata.delay).toBe(9);
  });

  test.each([
    ['an option unknown to the task', 'cycle-world', { state: 4 }, 'unknown option "state", did you mean "states"?'],
    ['a limit of 0', 'cycle-world', { maxEpisodeSteps: 0 }, 'maxEpisodeSteps must be a positive integer'],
    ['a limit of 1.5', 'cycle-world', { maxEpisodeSteps: 1.5 }, 'got 1.5'],
    ['an unknown id', 'cycle-wrld', {}, 'did you mean "cycle-world"?'],
    ['no id', 7, {}, 'Cannot make an environment of 7: an id or an EnvSpec is needed'],
    ['no Env', new EnvSpec({ id: 'P', entryPoint: (() => 7) as never }), {}, 'gave 7, not an Env'],
    ['no export', new EnvSpec({ id: 'P', entryPoint: 'node:path#joinn' }), {}, 'did you mean "join"?'],
    ['no function', new EnvSpec({ id: 'P', entryPoint: 'node:path#sep' }), {}, 'not a function, class or part'],
    [
      'no wrapper',
      new EnvSpec({ id: 'P', entryPoint: Pulse as never, additionalWrappers: [{ ...clip, entryPoint: 'ClipRewad' }] }),
      {},
      'did you mean "ClipReward"?',
    ],
  ])('answers %s in one line', async (_, id, options, message) => {
    const failure = make(id as string, options);
    await expect(failure).rejects.toThrow(EnvError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('\n');
  });

  test('renders as text where the environment does, and in no other mode', async () => {
    const env = await make('Pulse-v0', { renderMode: 'ansi' });
    env.reset();
    env.step(0);
    expect(env.render!()).toBe('t=1');
    await expect(make('Pulse-v0', { renderMode: 'human' })).rejects.toThrow(UnsupportedMode);
    const mute = new EnvSpec({ id: 'M', entryPoint: () => Object.assign(new Pulse(), { render: undefined }) as never });
    await expect(make(mute, { renderMode: 'ansi' })).rejects.toThrow('it does not render');
    expect((await make(mute)).render).toBe(undefined);
  });
});
