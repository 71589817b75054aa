/** What the playground knows of its worlds is what they do. */
import { makeEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { inputGroups, knownReturns, trialOf } from '../../src/playground/known.ts';
import { presets } from '../../src/playground/presets.ts';

describe('inputs by name', () => {
  const worlds = [
    { id: 'cycle-world' },
    { id: 'trace-conditioning' },
    { id: 'trace-conditioning', distractors: 0 },
    { id: 'ccn-trace-patterning', isi: [14, 26] },
    { id: 'ccn-trace-patterning', cues: 4, patterns: 3, distractors: 2 },
    { id: 'tracking', inputs: 7, relevant: 3 },
  ];
  it.each(worlds)('are all that is seen: %o', async ({ id, ...options }) => {
    const env = await makeEnv(id, options);
    const groups = inputGroups({ id, ...options });
    expect(groups[0]!.from).toBe(0);
    groups.slice(1).forEach(({ from }, i) => expect(from).toBe(groups[i]!.to));
    expect(groups.at(-1)!.to).toBe(env.observationSpace.size);
    const reward = groups.find(({ name }) => name === 'reward');
    if (!reward) return;
    env.reset({ seed: 1 });
    let rewards = 0;
    for (let t = 0; t < 1000; t++) {
      const [seen, came] = env.step(0) as unknown as [Float64Array, number];
      expect(seen[reward.from]).toBe(came);
      rewards += came;
    }
    expect(rewards).toBeGreaterThan(0);
  });

  it('are unknown where nobody said', () => {
    expect(inputGroups({ id: 'own' })).toEqual([]);
    expect(trialOf('tracking')).toBeNull();
    expect(presets.filter(({ id }) => trialOf(id) === null).map(({ id }) => id)).toEqual(['tracking']);
  });
});

describe('returns of the T-maze', () => {
  const [right, up, down] = [1, 2, 3];
  /** The return of an episode that goes straight, then as `turn` says. */
  const episode = async (options: Record<string, unknown>, seed: number, turn: (sign: number) => number) => {
    const env = await makeEnv('t-maze', options);
    const [seen] = env.reset({ seed }) as unknown as [Float64Array];
    const sign = seen[0]!;
    let sum = 0;
    for (let isOver = false, x = 1; !isOver; x++) {
      const atEnd = x === (options['size'] ?? 10);
      const [, reward, ended] = env.step(atEnd ? turn(sign) : right) as unknown as [Float64Array, number, boolean];
      sum += reward;
      isOver = ended;
    }
    return sum;
  };

  it.each([{}, { size: 6 }, { rewards: 'bumps' }])(
    'are those of who remembers, and who does not: %o',
    async (options) => {
      const [without, best] = knownReturns({ id: 't-maze', ...options });
      const turned: number[] = [];
      for (let seed = 0; seed < 12; seed++) {
        expect(await episode(options, seed, (sign) => (sign === 1 ? up : down))).toBeCloseTo(best!.value, 9);
        turned.push(await episode(options, seed, () => up));
      }
      const [most, least] = [Math.max(...turned), Math.min(...turned)]; // both arms are as likely
      expect(least).toBeLessThan(most);
      expect((most + least) / 2).toBeCloseTo(without!.value, 9);
    },
  );
});
