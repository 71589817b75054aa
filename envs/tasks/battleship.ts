/**
 * Battleship (POPGym 1.0.7; Morad et al. 2023): sink hidden ships, told of each shot only whether it hit.
 *
 * Ships of 2, 3, 3 and 4 squares lie on a board of size x size. Actions: MultiDiscrete [row, column]. Observation [2],
 * one-hot: miss, hit; a square that was hit before counts as a miss. Reset shows a miss. Reward: 1/12 for a hit, else
 * -1 / (size^2 - 12). Terminated with the 12th hit, truncated after size^2 steps (both may be).
 * The observation does not say where the shot went: give the agent its last action.
 * Draws at reset, ship by ship until it fits: row, column, axis (0 down, 1 across), sense (0 on, 1 back).
 * Published sizes: 8, 10, 12. Best return 1, all misses -size^2 / (size^2 - 12), every square once 0. Discount .99.
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { gridText } from '../popgym/grid-text.ts';
import { difficulty, popgymIds, sizeOption, writeOneHot } from '../popgym/options.ts';
import { squareOf } from '../popgym/square.ts';
import { box, multiDiscrete } from '../spaces.ts';
import type { MultiDiscrete } from '../spaces.ts';

const options = z.strictObject({ difficulty, size: sizeOption(5, 1000, 'rows and columns of the board') });
const published = { easy: 8, medium: 10, hard: 12 };
const ships = [2, 3, 3, 4];
const shipSquares = 12;

class Battleship extends LimitedTask<Int32Array> {
  override readonly metadata: EnvMetadata = {
    id: 'battleship',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace: MultiDiscrete;
  private readonly size: number;
  private readonly board: Uint8Array; // [size x size] 1 where a ship is
  private readonly shots: Uint8Array; // [size x size]
  private hits = 0;

  constructor(size: number) {
    super(size * size);
    this.actionSpace = multiDiscrete([size, size]);
    this.size = size;
    this.board = new Uint8Array(size * size);
    this.shots = new Uint8Array(size * size);
  }

  protected override start(observation: Float64Array): void {
    this.board.fill(0);
    this.shots.fill(0);
    this.hits = 0;
    for (const length of ships) while (!this.place(length));
    writeOneHot(observation, 0, 2, 0);
  }

  protected override accepts(action: Int32Array): boolean {
    return squareOf(action, this.size) >= 0;
  }

  protected override move(action: Int32Array, out: StepResult): void {
    const square = squareOf(action, this.size);
    const isHit = this.board[square] === 1 && this.shots[square] === 0;
    this.shots[square] = 1;
    if (isHit) this.hits++;
    out.reward = isHit ? 1 / shipSquares : -1 / (this.size ** 2 - shipSquares);
    out.terminated = this.hits === shipSquares;
    writeOneHot(out.observation, 0, 2, isHit ? 1 : 0);
  }

  /** Tries one place for a ship; whether it fits. */
  private place(length: number): boolean {
    const { rng, size } = this;
    const row = rng.integer(0, size - 1);
    const column = rng.integer(0, size - 1);
    const isAcross = rng.integer(0, 1) === 1;
    const back = rng.integer(0, 1) === 1;
    const first = (isAcross ? column : row) - (back ? length - 1 : 0);
    if (first < 0 || first + length > size) return false;
    const [origin, stride] = isAcross ? [row * size + first, 1] : [first * size + column, size];
    for (let i = 0; i < length; i++) if (this.board[origin + i * stride] === 1) return false;
    for (let i = 0; i < length; i++) this.board[origin + i * stride] = 1;
    return true;
  }

  /** x hit, o miss, s ship, . water */
  override render(): string {
    return gridText(this.size, this.size, (i) => {
      if (this.shots[i] === 0) return this.board[i] === 1 ? 's' : '.';
      return this.board[i] === 1 ? 'x' : 'o';
    });
  }

  protected override stateNumbers(): number[] {
    return [...this.board, ...this.shots];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    const { length } = this.board;
    this.board.set(numbers.slice(0, length));
    this.shots.set(numbers.slice(length));
    this.hits = this.board.reduce((sum, ship, i) => sum + ship * this.shots[i]!, 0);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'sink hidden ships, told of each shot only whether it hit (POPGym)',
  options,
  aliases: popgymIds('Battleship'),
  create: ({ difficulty, size }) => new Battleship(size ?? published[difficulty]),
});
