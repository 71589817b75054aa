/** An environment lived step by step: what a step is, where episodes begin and end, and how a life goes on. */
import { type AnyEnv, discrete, makeEnv, sequence } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createInteraction, type InteractOptions } from '../src/interaction.ts';
import { Episodes, Ring } from './support/episodes.ts';

/** Every step of a life, in plain numbers. */
function live(env: AnyEnv, options: Partial<InteractOptions> = {}) {
  const interaction = createInteraction(env, { seed: 0, ...options });
  const { chunk, inputSize: m } = interaction;
  const steps: { x: number[]; c: number; gamma: number; start: boolean }[] = [];
  while (interaction.fill()) {
    for (let i = 0; i < chunk.length; i++) {
      const x = [...chunk.observation.subarray(i * m, (i + 1) * m)];
      steps.push({ x, c: chunk.cumulant[i]!, gamma: chunk.discount[i]!, start: chunk.start[i] === 1 });
    }
  }
  return steps;
}

const two = (discount: number | null = 0.9): Episodes =>
  new Episodes(
    [
      [2, 'terminated'],
      [3, 'truncated'],
    ],
    discount,
  );

describe('an episode of T transitions', () => {
  it('is T + 1 steps: the observation of reset(), then one per transition with the observation it returned', () => {
    const seen = live(two(), { steps: 9 });
    expect(seen.map(({ x }) => x)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 0],
      [2, 1],
    ]);
    expect(seen.map(({ start }) => start)).toEqual([true, false, false, true, false, false, false, true, false]);
  });

  it('carries the importance ratio of an off-policy question, and 1 where there is none', async () => {
    const interaction = createInteraction(await makeEnv('baird'), { seed: 1, chunk: 64 });
    const { chunk, inputSize: m } = interaction;
    interaction.fill();
    const expected = Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : chunk.observation[i * m + 6] === 1 ? 7 : 0));
    expect([...chunk.ratio]).toEqual(expected);
    expect(new Set(expected).size).toBe(3);
    const onPolicy = createInteraction(two(), { seed: 1, chunk: 64 });
    onPolicy.fill();
    expect([...onPolicy.chunk.ratio]).toEqual(new Array(64).fill(1));
  });

  it('has the reward for cumulant, and discount 0 where it terminated but not where it was cut off', () => {
    const seen = live(two(), { steps: 9 });
    expect(seen.map(({ c }) => c)).toEqual([0, 1, 2, 0, 101, 102, 103, 0, 201]);
    expect(seen.map(({ gamma }) => gamma)).toEqual([0, 0.9, 0, 0, 0.9, 0.9, 0.9, 0, 0.9]);
  });

  it('may begin and end anywhere in a chunk', () => {
    const whole = live(two(), { steps: 40 });
    for (const chunk of [1, 2, 7]) expect(live(two(), { steps: 40, chunk })).toEqual(whole);
    expect(live(two(), { steps: 39 })).not.toEqual(whole);
  });

  it('is seeded once, at its first reset', () => {
    const env = two();
    live(env, { steps: 9 });
    expect(env.seeds).toEqual([expect.any(Number), undefined, undefined]);
    const [again, other] = [two(), two()];
    live(again, { steps: 3 });
    live(other, { steps: 3, seed: 1 });
    expect(again.seeds[0]).toBe(env.seeds[0]);
    expect(other.seeds[0]).not.toBe(env.seeds[0]);
  });
});

describe('the question', () => {
  it('takes its discount from the option before the environment', () => {
    expect(live(two(), { steps: 2, discount: 0.25 })[1]!.gamma).toBe(0.25);
    expect(live(two(), { steps: 2, discount: null })[1]!.gamma).toBe(0.9);
  });

  it('needs one from somewhere, in [0, 1]', () => {
    expect(() => live(two(null))).toThrow('Cannot learn from episodes: it names no discount; pass --discount');
    expect(() => live(two(), { discount: 1.5 })).toThrow('Cannot use discount 1.5: it must lie in [0, 1]');
    expect(() => live(two(), { discount: NaN })).toThrow('must lie in [0, 1]');
    expect(live(two(null), { steps: 2, discount: 0 })).toHaveLength(2);
  });

  it('may ask for another cumulant than the reward', () => {
    const seen = live(two(), { steps: 3, cumulant: ({ observation }) => -observation[1]! });
    expect(seen.map(({ c }) => c)).toEqual([0, -1, -2]);
  });

  it("carries the environment's own target along, NaN where it has none", async () => {
    const value = async (id: string): Promise<number> => {
      const interaction = createInteraction(await makeEnv(id), { seed: 0, steps: 5 });
      interaction.fill();
      return interaction.chunk.value[4]!;
    };
    expect(await value('trace-conditioning')).toBeNaN();
    expect(await value('ccn-trace-patterning')).not.toBeNaN();
  });
});

describe('what is observed', () => {
  it('is one-hot for a Discrete space', () => {
    const seen = live(new Ring(), { steps: 4, policy: () => 1 });
    expect(seen.map(({ x }) => x)).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
  });

  it('is followed by the last action and the last reward where asked for, 0 at the start of an episode', () => {
    const policy = ([, t]: Float64Array): number => Number(t) % 3;
    const seen = live(two(), { steps: 5, policy, include: ['lastAction', 'lastReward'] });
    expect(seen.map(({ x }) => x)).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 1, 1, 0, 0, 1],
      [0, 2, 0, 1, 0, 2],
      [1, 0, 0, 0, 0, 0],
      [1, 1, 1, 0, 0, 101],
    ]);
    expect(live(two(), { steps: 2, policy, include: ['lastReward'] })[1]!.x).toEqual([0, 1, 1]);
    expect(live(two(), { steps: 2, policy, include: ['lastAction'] })[1]!.x).toEqual([0, 1, 1, 0, 0]);
  });

  it('is what the policy sees, with random numbers of its own', () => {
    const actionsOf = (seed: number): unknown[] => {
      const env = two();
      live(env, { steps: 60, seed });
      return env.actions;
    };
    expect(actionsOf(0)).toEqual(actionsOf(0));
    expect(actionsOf(0)).not.toEqual(actionsOf(1));
    expect(new Set(actionsOf(0)).size).toBe(3);
  });
});

describe('a life that was saved', () => {
  const tail = async (env: () => AnyEnv, until: number, chunk = 5) => {
    const options = { seed: 3, steps: 40, chunk, include: ['lastAction', 'lastReward'] as const };
    const first = createInteraction(env(), options);
    while (first.time < until) first.fill();
    const saved: unknown = JSON.parse(JSON.stringify(first.save()));
    const second = createInteraction(env(), options);
    await second.load(saved);
    const rest = (of: typeof first) => {
      const out: number[][] = [];
      while (of.fill()) out.push([...of.chunk.observation, ...of.chunk.cumulant, ...of.chunk.start]);
      return out;
    };
    return { time: second.time, resumed: rest(second), lived: rest(first) };
  };

  it('goes on as if nothing had happened', async () => {
    const tasks = { isi: [3, 5], iti: [6, 8], distractors: 2 };
    const env = await makeEnv('trace-conditioning', tasks);
    const again = await makeEnv('trace-conditioning', tasks);
    const worlds = [env, again];
    const { time, resumed, lived } = await tail(() => worlds.pop()!, 15);
    expect(time).toBe(15);
    expect(lived.length).toBe(5);
    expect(resumed).toEqual(lived);
  });

  it.each([5, 10, 20])('is lived again where the environment cannot save itself, until step %i', async (until) => {
    const { time, resumed, lived } = await tail(() => new Ring(), until);
    expect(time).toBe(until);
    expect(resumed).toEqual(lived);
    const episodic = await tail(two, until);
    expect(episodic.resumed).toEqual(episodic.lived);
    expect((await tail(() => new Ring(), until + 5)).resumed).not.toEqual(lived);
  });

  it('cannot be lived again in chunks of another size, and says so', async () => {
    const saved = { time: 5, env: null };
    const interaction = createInteraction(new Ring(), { seed: 3, chunk: 4 });
    await expect(interaction.load(saved)).rejects.toThrow('Cannot resume at step 5: chunks of this size end at step 8');
  });

  it('cannot be lived again beyond the end of the run, and says so', async () => {
    const interaction = createInteraction(new Ring(), { seed: 3, steps: 10 });
    await expect(interaction.load({ time: 256, env: null })).rejects.toThrow(
      'Cannot resume at step 256: the run is 10 steps long',
    );
  });

  it('hears a signal while it is lived again', async () => {
    const interaction = createInteraction(new Ring(), { seed: 3 });
    const stop = new AbortController();
    const load = interaction.load({ time: 256e6, env: null }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    await load;
    expect(interaction.time).toBeGreaterThan(0);
    expect(interaction.time).toBeLessThan(256e6);
  });
});

describe('an environment that fails', () => {
  class Failing extends Episodes {
    override step(): never {
      throw new TypeError('no such\nthing');
    }
  }

  it('is named in one line, with the error itself as its cause', () => {
    const act = (): unknown => live(new Failing([[2, 'terminated']]), { steps: 3 });
    expect(act).toThrow('Environment episodes failed at step 1: no such');
    expect(act).toThrow(expect.objectContaining({ name: 'UserError', cause: expect.any(TypeError) as unknown }));
  });

  it('breaks its contract in one line too', () => {
    const env = two();
    env.step = () => [new Float64Array(3), 0, false, false, {}];
    const short = 'Environment episodes broke its contract at step 1: observation has 3 entries';
    expect(() => live(env, { steps: 3 })).toThrow(short);
    expect(() => live(two(), { steps: 3 })).not.toThrow();
  });
});

it('refuses in one line what has no flat form', () => {
  const ring = new Ring();
  const act = (include: ('lastAction' | 'lastReward')[]) => () =>
    createInteraction(ring, { seed: 0, include, discount: 0.9 });
  expect(act(['lastAction'])).not.toThrow();
  Object.assign(ring, { actionSpace: sequence(discrete(2)) });
  expect(act(['lastReward'])).not.toThrow();
  expect(act(['lastAction'])).toThrow('its actions have no flat form');
  Object.assign(ring, { observationSpace: sequence(discrete(2)) });
  expect(act([])).toThrow('its observations have no flat form');
});
