/** The T-mazes, by scripted policies: with memory of the sign each gets its best return, without it the known mean. */
import { describe, expect, test } from 'vitest';
import type { AnyEnv } from '../part.ts';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { TimeLimit } from '../wrappers/time-limit.ts';
import { meanOf } from './stream.ts';

/** Chooses an action from the latest observation; `t` counts from the start of the episode. */
type Policy = (observation: readonly number[], t: number) => number;

/** The returns of one episode per seed; `policy()` makes a new policy, without memory of earlier episodes. */
function returnsOf(env: AnyEnv, policy: () => Policy, episodes = 200): number[] {
  return Array.from({ length: episodes }, (_, seed) => {
    const act = policy();
    let [observation] = env.reset({ seed });
    let sum = 0;
    for (let t = 0; ; t++) {
      const [next, reward, terminated, truncated] = env.step(act([...(observation as Float64Array)], t));
      observation = next;
      sum += reward;
      if (terminated || truncated) return sum;
    }
  });
}
const is = (observation: readonly number[], ...expected: number[]): boolean => observation.join() === expected.join();
const [right, up, down] = [1, 2, 3];

/** Bakker's maze: remember the first observation, and turn by it. */
const reader = (): Policy => {
  let turn = up;
  return (observation, t) => {
    if (t === 0) turn = is(observation, 1, 1, 0) ? up : down;
    return is(observation, 0, 1, 0) ? turn : right;
  };
};
const blind = (turn: number) => (): Policy => (observation) => (is(observation, 0, 1, 0) ? turn : right);

describe('t-maze', () => {
  test('pays 3.1 at N = 10 to who remembers the sign, and .6 on average to who does not', async () => {
    const env = await makeEnv('t-maze');
    for (const g of returnsOf(env, reader)) expect(g).toBeCloseTo(3.1, 12);
    const always = [up, down].map((turn) => returnsOf(env, blind(turn)));
    // The two blind policies are each other's mirror image: their mean over both is exact, episode by episode.
    for (let i = 0; i < 200; i++) expect((always[0]![i]! + always[1]![i]!) / 2).toBeCloseTo(0.6, 12);
    expect(new Set(always[0]!.map((g) => g.toFixed(3)))).toEqual(new Set(['3.100', '-1.900']));
  });

  test.each([2, 5, 30])('pays 4 - .1 (N - 1) at N = %i', async (size) => {
    for (const g of returnsOf(await makeEnv('t-maze', { size }), reader))
      expect(g).toBeCloseTo(4 - 0.1 * (size - 1), 9);
  });

  test('with rewards: bumps costs .1 for standing still and for the wrong arm alone', async () => {
    const env = await makeEnv('t-maze', { size: 4, rewards: 'bumps' });
    expect(new Set(returnsOf(env, reader))).toEqual(new Set([4]));
    expect(new Set(returnsOf(env, blind(up)))).toEqual(new Set([4, -0.1]));
    const bumps = (): Policy => {
      const act = reader();
      return (observation, t) => (t === 0 ? (act(observation, 0), 0) : t === 2 ? up : act(observation, t));
    };
    // Left at the start, up in the corridor: two bumps.
    for (const g of returnsOf(env, bumps)) expect(g).toBeCloseTo(3.8, 12);
  });

  test('shows the sign, the corridor and the junction, and draws itself', async () => {
    const env = await makeEnv('t-maze', { size: 3 });
    const signs = Array.from({ length: 20 }, (_, seed) => String(env.reset({ seed })[0]));
    expect(new Set(signs)).toEqual(new Set(['1,1,0', '0,1,1']));
    const upSeed = signs.indexOf('1,1,0');
    env.reset({ seed: upSeed });
    expect(env.render?.()).toBe('  *\na..\n  .');
    expect([...(env.step(right)[0] as Float64Array)]).toEqual([1, 0, 1]);
    expect([...(env.step(right)[0] as Float64Array)]).toEqual([0, 1, 0]);
    const [observation, reward, terminated, truncated] = env.step(down);
    expect([...(observation as Float64Array), reward, terminated, truncated]).toEqual([0, 1, 0, -1, true, false]);
    expect(env.render?.()).toBe('  *\n...\n  a');
    expect(() => (env.reset(), env.step(4))).toThrow('t-maze');
  });

  test('is cut short by its time limit', async () => {
    const env = await makeEnv('t-maze', { maxEpisodeSteps: 3 });
    env.reset();
    expect([0, 0, 0].map((action) => env.step(action)[3])).toEqual([false, false, true]);
  });
});

describe('directional-t-maze', () => {
  const [left, forward, rightTurn] = [0, 1, 2];
  /**
   * Finds its heading from what it sees while it turns right: empty at the start is east. Then it looks to one side,
   * walks east, and turns to the side of the good arm.
   */
  const seeker = (): Policy => {
    const plan: number[] = [];
    let walked = 0;
    let phase: 'find east' | 'look north' | 'walk' = 'find east';
    let goalNorth = false;
    return (observation) => {
      if (phase === 'find east') {
        if (!is(observation, 0, 0, 1)) return rightTurn;
        phase = 'look north';
        return left;
      }
      if (phase === 'look north') {
        goalNorth = is(observation, 1, 1, 0);
        phase = 'walk';
        return rightTurn;
      }
      if (walked++ < 9) return forward;
      if (plan.length === 0) plan.push(goalNorth ? left : rightTurn, forward);
      return plan.shift()!;
    };
  };

  test('is solved every time by a policy that looks for the sign and counts its steps', async () => {
    const returns = returnsOf(await makeEnv('directional-t-maze'), seeker);
    // 13 steps from a heading to the east, one more for each turn from south, two and three from ... west and north.
    const possible = [0, 1, 2, 3].map((turns) => (4 - 0.1 * (12 + turns)).toFixed(3));
    expect(new Set(returns.map((g) => g.toFixed(3)))).toEqual(new Set(['2.800', '2.700', '2.600', '2.500']));
    expect(possible).toEqual(['2.800', '2.700', '2.600', '2.500']);
  });

  test('has the best return that its header claims: 2.9 from north and south, 2.8 from east and west', async () => {
    const env = await makeEnv('directional-t-maze');
    const returns = Array.from({ length: 200 }, (_, seed) => {
      let [observation] = env.reset({ seed });
      const heading = 'NESW'['^>v<'.indexOf(env.render!().replace(/[.* \n]/g, ''))]!;
      let sum = 0;
      const step = (action: number): void => {
        const [next, reward] = env.step(action);
        observation = next;
        sum += reward;
      };
      const sees = (): boolean => is([...(observation as Float64Array)], 1, 1, 0);
      let north = heading === 'N' ? sees() : !sees();
      const turns = { N: [rightTurn], S: [left], E: [left, rightTurn], W: [rightTurn, rightTurn] }[heading]!;
      turns.forEach((action, i) => {
        step(action);
        if (turns.length === 2 && i === 0) north = sees();
      });
      for (let i = 0; i < 9; i++) step(forward);
      step(north ? left : rightTurn);
      step(forward);
      return [heading, sum.toFixed(3)].join();
    });
    expect(new Set(returns)).toEqual(new Set(['N,2.900', 'S,2.900', 'E,2.800', 'W,2.800']));
  });

  test('sends half the episodes of a policy that never looked to the wrong arm', async () => {
    const env = await makeEnv('directional-t-maze');
    const forgetful = (): Policy => {
      const act = seeker();
      const kept = (observation: readonly number[]) => (is(observation, 1, 1, 0) ? [0, 1, 0] : observation);
      return (observation, t) => act(kept(observation), t);
    };
    const won = returnsOf(env, forgetful, 400).map((g) => Number(g > 0));
    expect(meanOf(won)).toBeGreaterThan(0.4);
    expect(meanOf(won)).toBeLessThan(0.6);
  });
});

describe.each([
  ['passive-t-maze', 0],
  ['active-t-maze', 1],
] as const)('%s', (id, lead) => {
  const [ahead, upwards, back, downwards] = [0, 1, 2, 3];
  /** Fetches the cue, walks on and turns by it, if it still remembers: `span` is how many steps a cue is kept. */
  const keeper =
    (length: number, span = Infinity) =>
    (): Policy => {
      let [cue, age] = [0, 0];
      return (observation, t) => {
        age++;
        if (observation[0] === 0 && observation[1] !== 0) [cue, age] = [observation[1]!, 0];
        if (t < lead) return back;
        if (t < length + 2 * lead) return ahead;
        return age <= span && cue === -1 ? downwards : upwards;
      };
    };

  test.each([1, 10, 40])(
    'with length %i pays 1 to who keeps the cue for that long, not a step less',
    async (length) => {
      const env = await makeEnv(id, { length });
      expect(new Set(returnsOf(env, keeper(length)))).toEqual(new Set([1]));
      const needed = length + lead;
      expect(new Set(returnsOf(env, keeper(length, needed)))).toEqual(new Set([1]));
      const short = meanOf(returnsOf(env, keeper(length, needed - 1), 400));
      expect(short).toBeGreaterThan(0.4);
      expect(short).toBeLessThan(0.6);
    },
  );

  test('charges -1 / length for every step behind, and pays for distraction', async () => {
    const env = await makeEnv(id);
    const lazy = (): Policy => (_, t) => (t < lead ? back : downwards); // stays at the cue for 10 + lead steps
    for (const g of returnsOf(env, lazy)) expect(g).toBeCloseTo(-(10 + lead) / 10, 12);
    const distracted = await makeEnv(id, { distraction: 0.5, penalty: 0 });
    for (const g of returnsOf(distracted, lazy)) expect(g).toBeCloseTo(0.5 * (10 + 2 * lead), 12);
  });

  test('shows the cue once, and the junction and its arms', async () => {
    const env = await makeEnv(id, { length: 2 });
    const actions = lead === 0 ? [ahead, ahead, upwards] : [back, ahead, ahead, ahead, upwards];
    const [first] = env.reset({ seed: 3 });
    const seen = [first, ...actions.map((action) => env.step(action)[0])].map(String);
    expect(seen.join(' ')).toMatch(lead === 0 ? /^0,-?1 0,0 1,0 1,1$/ : /^0,0 0,-?1 0,0 0,0 1,0 1,1$/);
    env.reset();
    const again = [...(lead === 0 ? [] : [back]), ahead, back].map((action) => String(env.step(action)[0]));
    expect(again.at(-1)).toBe('0,0');
    expect(env.render?.()).toMatch(lead === 0 ? /^ {2}[*.]\na\.\.\n {2}[*.]$/ : /^ {3}[*.]\na\.\.\.\n {3}[*.]$/);
  });

  test('ends after the same number of steps whatever one does', async () => {
    const env = await makeEnv(id);
    const rng = createRng('ends');
    for (let seed = 0; seed < 20; seed++) {
      env.reset({ seed });
      let steps = 1;
      while (!env.step(env.actionSpace.sample(rng))[2]) steps++;
      expect(steps).toBe(11 + 2 * lead);
    }
  });
});

test.each([
  ['t-maze', {}],
  ['directional-t-maze', {}],
  ['active-t-maze', { length: 1 }],
  ['passive-t-maze', { length: 1 }],
])('%s says whether an episode ended at its goal, through wrappers too', async (id, options) => {
  const env = await makeEnv(id, options);
  const wrapped = new TimeLimit(env as never, { maxEpisodeSteps: 100_000 });
  const rng = createRng('success');
  const told = new Set<boolean>();
  for (let episode = 0; episode < 300; episode++) {
    wrapped.reset({ seed: episode });
    for (let ended = false; !ended;) {
      const [, reward, terminated] = wrapped.step(wrapped.actionSpace.sample(rng) as never);
      ended = terminated;
      if (!ended) continue;
      expect(env.success!()).toBe(reward >= 1);
      expect(wrapped.success!()).toBe(reward >= 1);
      told.add(reward >= 1);
    }
  }
  expect(told).toEqual(new Set([true, false]));
});
