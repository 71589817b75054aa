/**
 * RockSample[n, k] (Smith & Simmons 2004): a rover on an n x n grid with k rocks, some of them worth taking, and a
 * sensor that sees less the farther away a rock is.
 *
 * Actions: north, east, south, west, sample, check rock 1 .. k. Observation [2 n + k]: row (0 is the north) one-hot,
 * column one-hot, and for the rock that was checked 1 (good) or -1 (bad), else 0. A check is right with probability
 * (1 + 2^(-d / reach)) / 2 at distance d. Sampling a good rock pays 10 and makes it bad, a bad one -10, no rock nothing;
 * leaving pays 10 and terminates. Walls elsewhere stop the rover. `limit` steps truncate.
 *
 * variant 'pobax' (Tao et al. 2025): the rover starts anywhere but in the last column, and has left when it enters that
 * column; no rock lies there; discount .99. 'classic' (Smith & Simmons): it starts in the middle of the first column, and
 * leaves by going east from the last; discount .95. Reach 20 and the sizes 5, 5; 7, 8; 11, 11; 15, 15 are pobax's; the
 * classic paper draws its maps, here they are random. Two rocks never share a place.
 * The map is drawn once per stream, or, with map >= 0, from that number alone: the same map whatever the seed.
 * Draws, per stream: choose(places, k). reset: k integers (1 is good), then for pobax one for the place. A check: one
 * uniform. No value(), no floors.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import { box, discrete } from '../spaces.ts';
import type { Box, Discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const sample = 4; // the actions before it are moves, those after it checks
const rowStep = [-1, 0, 1, 0];
const columnStep = [0, 1, 0, -1];

const options = z
  .strictObject({
    size: count(5, 2, 200, 'n: the grid is n x n'),
    rocks: count(5, 1, 1000, 'k: number of rocks'),
    variant: z.enum(['pobax', 'classic']).default('pobax').describe('where it starts and leaves, and the discount'),
    reach: z.number().gt(0).default(20).describe('distance at which a check is right three times in four'),
    map: count(-1, -1, 2 ** 31 - 1, 'number of the map; -1 = drawn from the seed of the stream'),
    limit: count(1000, 1, 1_000_000, 'steps after which an episode is truncated'),
  })
  .refine(({ size, rocks }) => rocks <= size * (size - 1), {
    path: ['rocks'],
    message: 'must fit outside the last column',
  });
type Options = z.output<typeof options>;

class RockSample extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  private readonly options: Options;
  private readonly isClassic: boolean;
  private readonly width: number; // columns in which rocks may lie
  private readonly places: Int32Array; // of the rocks: row x n + column
  private readonly isGood: Uint8Array;
  private row = 0;
  private column = 0;
  private time = 0;

  constructor(options: Options) {
    super();
    const { size, rocks, variant } = options;
    this.options = options;
    this.isClassic = variant === 'classic';
    this.width = this.isClassic ? size : size - 1;
    const discount = this.isClassic ? 0.95 : 0.99;
    this.metadata = { id: 'rock-sample', cite: 'smith2004heuristic', discount, floors: null };
    this.observationSpace = box(-1, 1, [2 * size + rocks]);
    this.actionSpace = discrete(sample + 1 + rocks);
    this.places = new Int32Array(rocks);
    this.isGood = new Uint8Array(rocks);
  }

  protected override seeded(): void {
    const { size, rocks, map } = this.options;
    const rng = map < 0 ? this.rng : createRng(`rock-sample/${map}`);
    const chosen = rng.choose(size * this.width, rocks);
    chosen.forEach((place, i) => (this.places[i] = Math.floor(place / this.width) * size + (place % this.width)));
  }

  protected override begin(observation: Float64Array): void {
    const { size, rocks } = this.options;
    for (let i = 0; i < rocks; i++) this.isGood[i] = this.rng.integer(0, 1);
    const place = this.isClassic ? Math.floor((size - 1) / 2) * this.width : this.rng.integer(0, size * this.width - 1);
    this.row = Math.floor(place / this.width);
    this.column = place % this.width;
    this.time = 0;
    this.show(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (!this.actionSpace.contains(action)) throw illegalAction('rock-sample', action, this.actionSpace);
    this.time++;
    if (action < sample) this.move(action, out);
    else if (action === sample) out.reward = this.take();
    this.show(out.observation);
    if (action > sample) this.check(action - sample - 1, out.observation);
    out.truncated = !out.terminated && this.time === this.options.limit;
  }

  private move(direction: number, out: StepResult): void {
    const last = this.options.size - 1;
    const column = this.column + columnStep[direction]!;
    out.terminated = this.isClassic ? column > last : column === last;
    if (out.terminated) out.reward = 10;
    this.column = Math.min(last, Math.max(0, column));
    this.row = Math.min(last, Math.max(0, this.row + rowStep[direction]!));
  }

  private take(): number {
    const rock = this.places.indexOf(this.row * this.options.size + this.column);
    if (rock < 0) return 0;
    const reward = this.isGood[rock] === 1 ? 10 : -10;
    this.isGood[rock] = 0;
    return reward;
  }

  private check(rock: number, observation: Float64Array): void {
    const { size, reach } = this.options;
    const place = this.places[rock]!;
    const down = Math.floor(place / size) - this.row;
    const across = (place % size) - this.column;
    const distance = Math.sqrt(down * down + across * across); // Math.hypot leaves its result on the heap
    const isRight = this.rng.uniform() < (1 + 2 ** (-distance / reach)) / 2;
    observation[2 * size + rock] = (this.isGood[rock] === 1) === isRight ? 1 : -1;
  }

  private show(observation: Float64Array): void {
    observation.fill(0);
    observation[this.row] = 1;
    observation[this.options.size + this.column] = 1;
  }

  protected override saveNumbers(): number[] {
    return [this.row, this.column, this.time, ...this.places, ...this.isGood];
  }

  protected override loadNumbers([row, column, time, ...rocks]: readonly number[]): void {
    this.row = row!;
    this.column = column!;
    this.time = time!;
    this.places.set(rocks.slice(0, this.places.length));
    this.isGood.set(rocks.slice(this.places.length));
  }
}

export default defineEnv({
  cite: 'smith2004heuristic',
  summary: 'a rover on a grid checks rocks from afar and takes those that are worth it',
  options,
  create: (chosen) => new RockSample(chosen),
});
