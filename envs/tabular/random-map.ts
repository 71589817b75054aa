/** Gymnasium's generate_random_map: a square lake on which there is a way from S to G. */
import { EnvError } from '../errors.ts';
import { createRng } from '../rng.ts';
import type { Seed } from '../rng/seed-sequence.ts';
import { type Direction, neighbour } from './grid.ts';

export interface RandomMap {
  /** Rows and columns, at least 2. */
  readonly size?: number;
  /** Probability that a tile is frozen, and no hole; above 1 counts as 1. */
  readonly p?: number;
  /** Of the map; the same seed, the same map. */
  readonly seed?: Seed;
}

const tries = 100_000;

/**
 * The same map as in Gymnasium for the same seed: NumPy's generator, one uniform per tile, row by row, for as many maps
 * as it takes. Unlike there a map must have come after 100,000 of them.
 */
export function generateRandomMap({ size = 8, p = 0.8, seed = 0 }: RandomMap = {}): string[] {
  const act = 'Cannot generate a map';
  if (!Number.isSafeInteger(size) || size < 2)
    throw new EnvError(`${act}: size must be an integer from 2 on, got ${size}`);
  if (!(p > 0)) throw new EnvError(`${act}: p must be above 0, got ${p}`);
  const rng = createRng(seed, 'numpy');
  const frozen = Math.min(1, p);
  const threshold = frozen / (frozen + (1 - frozen)); // NumPy divides by the sum, which rounding may leave beside 1
  for (let n = 0; n < tries; n++) {
    const tiles: string[] = Array.from({ length: size * size }, () => (rng.uniform() < threshold ? 'F' : 'H'));
    tiles[0] = 'S';
    tiles[tiles.length - 1] = 'G';
    if (hasWay(tiles, size))
      return Array.from({ length: size }, (_, r) => tiles.slice(r * size, (r + 1) * size).join(''));
  }
  throw new EnvError(`${act}: none of ${tries} of size ${size} has a way to the goal, p is ${p}`);
}

const directions: readonly Direction[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/** Whether the last tile can be reached from the first one past the holes. */
function hasWay(tiles: readonly string[], size: number): boolean {
  const grid = { rows: size, columns: size };
  const known = new Set([0]);
  for (const tile of known) {
    for (const direction of directions) {
      const next = neighbour(grid, tile, direction);
      if (tiles[next] !== 'H') known.add(next);
    }
  }
  return known.has(tiles.length - 1);
}
