/**
 * Mine sweeper (POPGym 1.0.7; Morad et al. 2023): clear all squares without mines, told only the count around the last.
 *
 * `mines` mines lie on a board of size x size. Actions: MultiDiscrete [row, column]. Observation [min(mines + 1, 10)],
 * one-hot: mines on the square of the action and its eight neighbours; reset shows 0. With M = size^2 - mines, reward:
 * 1 / M for a new square; -.5 / (M - 2) for one that is clear already; a mine -.5 - 1 / M, and the end. Terminated by a
 * mine or when all is clear; truncated after M steps otherwise.
 * The observation does not say which square it belongs to: give the agent its last action.
 * Draws at reset: the mines, chosen without replacement. Published sizes (size, mines): (4, 2), (6, 6), (8, 10). Best
 * return 1. Discount .99.
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { gridText } from '../popgym/grid-text.ts';
import { difficulty, popgymIds, writeOneHot } from '../popgym/options.ts';
import { squareOf } from '../popgym/square.ts';
import { box, multiDiscrete } from '../spaces.ts';
import type { Box, MultiDiscrete } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({ difficulty });
const published = { easy: { size: 4, mines: 2 }, medium: { size: 6, mines: 6 }, hard: { size: 8, mines: 10 } };
const [clear, mine, viewed] = [0, 1, 2];

class MineSweeper extends Task<Int32Array> {
  override readonly metadata: EnvMetadata = {
    id: 'mine-sweeper',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace: Box;
  readonly actionSpace: MultiDiscrete;
  private readonly size: number;
  private readonly mines: number;
  private readonly squares: Uint8Array; // [size x size] clear, mine or viewed
  private readonly around: Uint8Array; // [size x size] mines around and on the square
  private steps = 0;
  private left = 0; // clear squares not yet viewed

  constructor({ size, mines }: { size: number; mines: number }) {
    super();
    this.observationSpace = box(0, 1, [Math.min(mines + 1, 10)]);
    this.actionSpace = multiDiscrete([size, size]);
    this.size = size;
    this.mines = mines;
    this.squares = new Uint8Array(size * size);
    this.around = new Uint8Array(size * size);
  }

  protected override begin(observation: Float64Array): void {
    this.squares.fill(clear!);
    for (const square of this.rng.choose(this.squares.length, this.mines)) this.squares[square] = mine!;
    this.countMines();
    this.steps = 0;
    this.left = this.squares.length - this.mines;
    writeOneHot(observation, 0, this.observationSpace.size, 0);
  }

  protected override advance(action: Int32Array, out: StepResult): void {
    const square = squareOf(action, this.size);
    if (square < 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    const most = this.squares.length - this.mines;
    const isMine = this.squares[square] === mine;
    out.reward = isMine ? -0.5 - 1 / most : this.view(square, most);
    out.terminated = isMine || this.left === 0;
    out.truncated = ++this.steps === most && !out.terminated;
    writeOneHot(out.observation, 0, this.observationSpace.size, this.around[square]!);
  }

  private view(square: number, most: number): number {
    if (this.squares[square] === viewed) return -0.5 / (most - 2);
    this.squares[square] = viewed!;
    this.left--;
    return 1 / most;
  }

  private countMines(): void {
    const { size, squares, around } = this;
    const mineAt = (row: number, column: number): boolean =>
      row >= 0 && row < size && column >= 0 && column < size && squares[row * size + column] === mine;
    for (let i = 0; i < squares.length; i++) {
      const [row, column] = [Math.floor(i / size), i % size];
      around[i] = 0;
      for (let j = 0; j < 9; j++) if (mineAt(row - 1 + Math.floor(j / 3), column - 1 + (j % 3))) around[i]!++;
    }
  }

  /** Counts of the squares viewed, * mines, . the rest. */
  override render(): string {
    return gridText(this.size, this.size, (i) =>
      this.squares[i] === viewed ? String(this.around[i]) : this.squares[i] === mine ? '*' : '.',
    );
  }

  protected override saveNumbers(): number[] {
    return [this.steps, ...this.squares];
  }

  protected override loadNumbers([steps, ...squares]: readonly number[]): void {
    this.steps = steps!;
    this.squares.set(squares);
    this.left = squares.filter((square) => square === clear).length;
    this.countMines();
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'clear a board of mines, told only the count around the last square (POPGym)',
  options,
  aliases: popgymIds('MineSweeper'),
  create: ({ difficulty }) => new MineSweeper(published[difficulty]),
});
