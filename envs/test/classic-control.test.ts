/** Gymnasium's classic control, step by step: teacher-forced, and left to itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StepResult } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { loadEnv, makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { ControlReference, numbersFor, stateError } from './control-reference.ts';
import { numbersOf, place, started } from './golden.ts';

/** How many of all observation entries differ by one single-precision step: sin and cos differ in their last digit. */
const oneStepOff: Record<string, number> = {
  'cart-pole': 0,
  'mountain-car': 0,
  'mountain-car-continuous': 0,
  acrobot: 0,
  pendulum: 0,
};
const ids = Object.keys(oneStepOff);

describe.each(ids)('%s', async (id) => {
  const { aliases } = await loadEnv(id);
  const reference = new ControlReference(id);
  const { golden } = reference;
  const limited = (): Promise<AnyEnv> => makeEnv(id, { maxEpisodeSteps: golden.limit });
  const moments = golden.run.terminated.length;

  test('has the time limit that Gymnasium registers', () => {
    expect(aliases?.find((alias) => alias.id === golden.id)?.maxEpisodeSteps).toBe(golden.limit);
  });

  test('makes every single step that Gymnasium makes from the same state', async () => {
    const env = await limited();
    const out = started(env);
    let off = 0;
    for (let i = 0; i + 1 < moments; i++) {
      if (golden.run.resets.includes(i + 1)) continue;
      const episode = Math.max(...golden.run.resets.filter((at) => at <= i));
      place(env, numbersFor(id, i - episode, reference.state(golden.run.states, i), i === episode));
      env.stepInto(reference.action(env, golden.run, i), out);
      const error = stateError(numbersOf(env).slice(1), reference.state(golden.run.states, i + 1));
      expect(error).toBeLessThanOrEqual(id === 'mountain-car-continuous' ? 0 : 1e-14);
      off += reference.expectMoment(out, golden.run, i + 1, 1e-14);
    }
    for (let i = 0; i < golden.jumps.terminated.length; i++) {
      place(env, numbersFor(id, 0, reference.state(golden.jumps.before, i), false));
      env.stepInto(reference.action(env, golden.jumps, i), out);
      const error = stateError(numbersOf(env).slice(1), reference.state(golden.jumps.states, i));
      expect(error).toBeLessThanOrEqual(id === 'mountain-car-continuous' ? 0 : 1e-14);
      off += reference.expectMoment(out, golden.jumps, i, 1e-14);
    }
    expect(off).toBe(oneStepOff[id]);
  });

  test('sees a state that is off by 1e-12', async () => {
    const env = await limited();
    const out = started(env);
    const shifted = reference
      .state(golden.run.states, 3)
      .map((x) => x + (id === 'mountain-car-continuous' ? 1e-7 : 1e-12));
    place(env, numbersFor(id, 3, shifted, false));
    env.stepInto(reference.action(env, golden.run, 3), out);
    expect(stateError(numbersOf(env).slice(1), reference.state(golden.run.states, 4))).toBeGreaterThan(1e-14);
  });

  test('stays within 1e-9 when left to itself, and ends where Gymnasium ends', async () => {
    const env = await limited();
    const out = started(env);
    for (let i = 0; i + 1 < moments; i++) {
      const isStart = golden.run.resets.includes(i);
      if (isStart) place(env, numbersFor(id, 0, reference.state(golden.run.states, i), true));
      if (golden.run.resets.includes(i + 1)) continue;
      env.stepInto(reference.action(env, golden.run, i), out);
      expect(stateError(numbersOf(env).slice(1), reference.state(golden.run.states, i + 1))).toBeLessThanOrEqual(1e-9);
      reference.expectMoment(out, golden.run, i + 1, 1e-9);
    }
  });

  test('shows through a mask the entries of the whole observation that it leaves', async () => {
    const [whole, positions, velocities] = await Promise.all(
      ['none', 'positions', 'velocities'].map((mask) => makeEnv(id, { mask })),
    );
    const kept = { p: positions!.observationSpace.size, v: velocities!.observationSpace.size };
    expect(kept.p + kept.v).toBe(whole!.observationSpace.size);
    const outs = [whole!, positions!, velocities!].map((env) => started(env, 4));
    const rng = createRng(5);
    for (let t = 0; t < 10; t++) {
      const [all, p, v] = outs.map(({ observation }) => [...observation]);
      if (id === 'cart-pole') expect([p![0], v![0], p![1], v![1]]).toEqual(all);
      else expect([...p!, ...v!]).toEqual(all);
      const action = whole!.actionSpace.sample(rng);
      [whole!, positions!, velocities!].forEach((env, i) => env.stepInto(action, outs[i]!));
    }
  });

  test('never leaves its observation space, however it is moved', async () => {
    const env = await limited();
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 200 }),
        (seed, us) => {
          const out = started(env, seed);
          expect(env.observationSpace.contains(out.observation)).toBe(true);
          for (const u of us) {
            const { kind } = env.actionSpace;
            env.stepInto(kind === 'discrete' ? Math.floor(u * env.actionSpace.size) : Float64Array.of(8 * u - 4), out);
            expect(env.observationSpace.contains(out.observation)).toBe(true);
            if (out.terminated || out.truncated) break;
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('refuses what is no action', async () => {
    const env = await limited();
    env.reset();
    const wrong =
      env.actionSpace.kind === 'discrete' ? [3, -1, 0.5, NaN] : [Float64Array.of(NaN), Float64Array.of(1, 2)];
    for (const action of wrong) expect(() => env.step(action)).toThrow(/: the action .* is not in (Discrete|Box)/);
  });

  test('draws itself as text', async () => {
    const env = await limited();
    env.reset();
    const before = env.render?.() ?? '';
    expect(before.split('\n').length).toBeGreaterThan(5);
    place(env, numbersFor(id, 0, Float64Array.from([0.3, 0.05, 0.2, 0]).subarray(0, reference.size), false));
    expect(env.render?.()).not.toBe(before);
  });
});

describe('options', () => {
  const push = (env: AnyEnv, numbers: readonly number[], action: number | Float64Array): StepResult => {
    const out = started(env);
    place(env, numbers);
    env.stepInto(action, out);
    return out;
  };

  test("cart-pole's rewards: 1 per step, or 0 and -1 at the end", async () => {
    const [plain, book] = [await makeEnv('cart-pole'), await makeEnv('cart-pole', { suttonBartoReward: true })];
    const [upright, falling] = [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0.209, 3],
    ];
    expect([push(plain, upright!, 1).reward, push(book, upright!, 1).reward]).toEqual([1, 0]);
    expect(push(plain, falling!, 1)).toMatchObject({ reward: 1, terminated: true });
    expect(push(book, falling!, 1)).toMatchObject({ reward: -1, terminated: true });
  });

  test('a mountain car must be as fast at the goal as goalVelocity says', async () => {
    for (const [id, action, extra] of [
      ['mountain-car', 2, []],
      ['mountain-car-continuous', Float64Array.of(1), [0]],
    ] as const) {
      const ends = async (goalVelocity: number): Promise<boolean> =>
        push(await makeEnv(id, { goalVelocity }), [0, 0.49, 0.03, ...extra], action).terminated;
      expect([await ends(0), await ends(0.02), await ends(0.05)]).toEqual([true, true, false]);
    }
  });

  test('a pendulum without gravity and torque keeps its speed', async () => {
    const spin = async (gravity: number): Promise<number> =>
      push(await makeEnv('pendulum', { gravity }), [0, 1, 0.5], Float64Array.of(0)).observation[2]!;
    expect(await spin(0)).toBe(0.5);
    expect(await spin(10)).toBeCloseTo(0.5 + 0.05 * 15 * Math.sin(1), 6);
  });

  test('maxEpisodeSteps truncates, and without it nothing does', async () => {
    const lengths = await Promise.all(
      [7, null].map(async (maxEpisodeSteps) => {
        const env = await makeEnv('mountain-car', { maxEpisodeSteps });
        const out = started(env);
        for (let t = 1; t <= 1000; t++) {
          env.stepInto(1, out);
          if (out.truncated) return t;
        }
        return Infinity;
      }),
    );
    expect(lengths).toEqual([7, Infinity]);
  });
});
