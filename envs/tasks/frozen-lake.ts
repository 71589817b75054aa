/**
 * Frozen lake (Gymnasium's FrozenLake-v1): over the ice from S to G without falling into a hole.
 *
 * Observation: one-hot of the state row * columns + column; with `observation: 'tile'` one-hot of the letter under the
 * agent, [S, F, H, G], the partially observable variant. Actions: 0 left, 1 down, 2 right, 3 up.
 * A slippery lake moves the agent as told with probability successRate, and to either side with half of the rest, in
 * the order (a - 1, a, a + 1); the edge holds. Reward: rewardSchedule [goal, hole, any other tile] of the tile reached.
 * End: on G or H. First state: uniform over the S tiles. Draws: one uniform at reset, one per step, slippery or not.
 * `map: { size, p, seed }` is a random lake, Gymnasium's generate_random_map: the same tiles for the same numbers. Info:
 * `prob`, as in Gymnasium.
 * Best mean return of the slippery 4x4 lake within 100 steps .74, of the 8x8 lake within 200 steps .91 (Gymnasium).
 */
import { z } from 'zod';
import type { EnvMetadata } from '../env.ts';
import { limitOption } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { uniformOver } from '../tabular/categorical.ts';
import { drawGrid, neighbour } from '../tabular/grid.ts';
import type { Direction } from '../tabular/grid.ts';
import { generateRandomMap } from '../tabular/random-map.ts';
import { TabularTask } from '../tabular/tabular-task.ts';
import type { Model, Outcome } from '../tabular/tabular-task.ts';

const maps = {
  '4x4': ['SFFF', 'FHFH', 'FFFH', 'HFFG'],
  '8x8': ['SFFFFFFF', 'FFFFFFFF', 'FFFHFFFF', 'FFFFFHFF', 'FFFHFFFF', 'FHHFFFHF', 'FHFFHFHF', 'FFFHFFFG'],
} as const;
const letters = 'SFHG';

const wanted = 'must be "4x4", "8x8" or equally long rows of S, F, H and G with an S at least, or { size, p, seed }';
const rows = z
  .array(z.string().regex(/^[SFHG]+$/, wanted))
  .min(1, wanted)
  .refine((lines) => lines.every(({ length }) => length === lines[0]!.length) && lines.join('').includes('S'), wanted);

const random = z.strictObject({
  size: z.number().int().min(2).max(100).default(8),
  p: z.number().positive().default(0.8),
  seed: z.number().int().min(0).default(0),
});

const options = z.strictObject({
  map: z
    .union([z.enum(['4x4', '8x8']), rows, random], wanted)
    .default('4x4')
    .describe('"4x4", "8x8", rows of S (start), F (frozen), H (hole), G (goal), or { size, p, seed }: a random one'),
  slippery: z.boolean().default(true).describe('whether the agent may slip sideways'),
  successRate: z
    .number()
    .min(0)
    .max(1)
    .default(1 / 3)
    .describe('probability of moving as told on slippery ice'),
  rewardSchedule: z
    .tuple([z.number(), z.number(), z.number()])
    .default([1, 0, 0])
    .describe('reward for reaching [the goal, a hole, any other tile]'),
  observation: z.enum(['state', 'tile']).default('state').describe('the state, or only the letter of its tile'),
  maxEpisodeSteps: limitOption,
});
type Options = z.output<typeof options>;

const directions: readonly Direction[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];

class FrozenLake extends TabularTask {
  override readonly metadata: EnvMetadata = {
    id: 'frozen-lake',
    cite: 'towers2024gymnasium',
    discount: 0.99,
    floors: null,
  };
  private readonly lines: readonly string[];

  constructor(options: Options) {
    const lines = linesOf(options);
    super(lake(lines, options), options.maxEpisodeSteps);
    this.lines = lines;
  }

  override render(): string {
    return drawGrid(this.lines, this.state);
  }
}

function linesOf({ map }: Options): readonly string[] {
  if (typeof map === 'string') return maps[map];
  return 'size' in map ? generateRandomMap(map) : map;
}

function lake(lines: readonly string[], options: Options): Model {
  const size = { rows: lines.length, columns: lines[0]!.length };
  const tiles = [...lines.join('')];
  const all = tiles.map((tile) => letters.indexOf(tile));
  const reach = (state: number, action: number, probability: number): Outcome => {
    const next = neighbour(size, state, directions[(action + 4) % 4]!);
    return { probability, next, reward: rewardOf(tiles[next]!, options), terminated: isEnd(tiles[next]!) };
  };
  return {
    states: tiles.length,
    actions: 4,
    start: uniformOver(tiles.map((tile) => tile === 'S')),
    ...(options.observation === 'tile' && { seen: all, kinds: letters.length }),
    outcomes(state, action) {
      if (isEnd(tiles[state]!)) return [{ probability: 1, next: state, reward: 0, terminated: true }];
      if (!options.slippery) return [reach(state, action, 1)];
      const slip = (1 - options.successRate) / 2;
      return [
        reach(state, action - 1, slip),
        reach(state, action, options.successRate),
        reach(state, action + 1, slip),
      ];
    },
  };
}

function isEnd(tile: string): boolean {
  return tile === 'G' || tile === 'H';
}

function rewardOf(tile: string, { rewardSchedule: [goal, hole, other] }: Options): number {
  return tile === 'G' ? goal : tile === 'H' ? hole : other;
}

export default defineEnv({
  cite: 'towers2024gymnasium',
  summary: 'cross slippery ice around holes; only the tile underfoot may be visible',
  options,
  aliases: [
    { id: 'FrozenLake-v1', maxEpisodeSteps: 100, rewardThreshold: 0.7 },
    { id: 'FrozenLake8x8-v1', maxEpisodeSteps: 200, rewardThreshold: 0.85, options: { map: '8x8' } },
  ],
  create: (chosen) => new FrozenLake(chosen),
});
