/** Environments of lanes: each lives as it would alone, in lockstep or from one start to the next. */
import { type AnyEnv, createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createInteraction } from '../src/interaction.ts';
import { createLanesInteraction, type LanesInteractOptions } from '../src/lane-interaction.ts';
import { loadWorld } from '../src/run/world.ts';
import { Episodes } from './support/episodes.ts';

interface Row {
  readonly x: number[];
  readonly start: boolean;
  readonly waits: boolean;
}

/** The rows of each lane. */
function live(envs: readonly AnyEnv[], options: Partial<LanesInteractOptions> = {}): Row[][] {
  const interaction = createLanesInteraction(envs, { seed: 0, together: false, steps: 30, ...options });
  const { chunk, inputSize: m, waits } = interaction;
  const lanes: Row[][] = envs.map(() => []);
  while (interaction.fill()) {
    lanes.forEach((rows, b) =>
      rows.push({
        x: [...chunk.observation.subarray(b * m, (b + 1) * m)],
        start: chunk.start[b] === 1,
        waits: waits[b] === 1,
      }),
    );
  }
  return lanes;
}

function alone(env: AnyEnv, seed: string | number, steps: number): Omit<Row, 'waits'>[] {
  const { chunk, inputSize: m, fill } = createInteraction(env, { seed, steps, chunk: steps });
  fill();
  return Array.from({ length: steps }, (_, i) => ({
    x: [...chunk.observation.subarray(i * m, (i + 1) * m)],
    start: chunk.start[i] === 1,
  }));
}

const conditioning = async (count: number): Promise<AnyEnv[]> => {
  const { make } = await loadWorld({ id: 'trace-conditioning' });
  return Array.from({ length: count }, () => make());
};

/** Episodes of a length each, without end. */
const lasting = (...lengths: number[]): AnyEnv[] =>
  lengths.map(
    (length) =>
      new Episodes(
        Array.from({ length: 20 }, () => [length, 'terminated']),
        0.9,
      ),
  );

describe('lanes', () => {
  it('live as they would alone, the first from the seed, the others from children of it', async () => {
    const seeds = ['s', 's/lane/1', 's/lane/2'];
    const rows = live(await conditioning(3), { seed: 's' });
    const expected = await Promise.all(seeds.map(async (seed) => alone((await conditioning(1))[0]!, seed, 30)));
    expect(rows.map((lane) => lane.map(({ x, start }) => ({ x, start })))).toEqual(expected);
    expect(expected[1]).not.toEqual(expected[0]);
  });

  it('go on to their next episodes at once', () => {
    const [short, long] = live(lasting(2, 5), { steps: 12 });
    expect(short!.flatMap(({ start }, t) => (start ? t : []))).toEqual([0, 3, 6, 9]);
    expect(long!.flatMap(({ start }, t) => (start ? t : []))).toEqual([0, 6]);
    expect([...short!, ...long!].some(({ waits }) => waits)).toBe(false);
  });

  it('together, wait for the longest episode and start at once', () => {
    const [short, long] = live(lasting(2, 5), { steps: 12, together: true });
    for (const lane of [short!, long!]) expect(lane.flatMap(({ start }, t) => (start ? t : []))).toEqual([0, 6]);
    expect(short!.map(({ waits }) => Number(waits)).join('')).toBe('000111000111');
    expect(long!.some(({ waits }) => waits)).toBe(false);
  });

  it.each([false, true])('go on where they were saved (together: %s)', async (together) => {
    const make = () => loadWorld({ id: 'copy-tokens', level: 6, curriculum: false });
    const envs = async () => Array.from({ length: 3 }, (await make()).make);
    const rng = createRng('policy');
    const said = Float64Array.of(rng.uniform(), 0.5, 0.1, 0.2);
    const options = { seed: 1, together, steps: 80, classes: 4, policy: () => () => said };
    const [whole, half] = [
      createLanesInteraction(await envs(), options),
      createLanesInteraction(await envs(), options),
    ];
    for (let t = 0; t < 33; t++) for (const one of [whole, half]) one.fill();
    const other = createLanesInteraction(await envs(), options);
    await other.load(JSON.parse(JSON.stringify(half.save())));
    while (whole.fill()) {
      expect(other.fill()).toBe(true);
      expect([other.time, [...other.waits]]).toEqual([whole.time, [...whole.waits]]);
      const lived = whole.waits.map((waits) => 1 - waits);
      lived.forEach((lives, b) => {
        if (lives)
          expect(other.chunk.target!.slice(4 * b, 4 * b + 4)).toEqual(whole.chunk.target!.slice(4 * b, 4 * b + 4));
      });
      expect(other.chunk.start).toEqual(whole.chunk.start);
      expect(other.chunk.value).toEqual(whole.chunk.value);
    }
    expect(other.fill()).toBe(false);
    expect(whole.time).toBe(80);
  });
});
