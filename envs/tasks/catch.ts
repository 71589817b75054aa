/**
 * Catch (bsuite; Osband et al. 2020, bsuite 0.3.6): move a paddle under a falling ball.
 *
 * Observation [rows x columns], row by row from the top: 1 at the ball and at the paddle, else 0. The ball starts in the
 * top row in a uniform column and falls a row per step; the paddle starts in the middle of the bottom row. Actions: 0
 * left, 1 stay, 2 right (at the edge: stay). When the ball reaches the bottom row, after rows - 1 steps: terminated,
 * reward 1 if the paddle is there, else -1; before it 0.
 * Partially observable (not in bsuite): with `visibleRows` k the ball is shown in the top k rows only.
 * Draws: one integer at reset, the column. Best return 1; moving at random -.6 (bsuite: regret 1.6). Discount .99.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';

const options = z.strictObject({
  rows: count(10, 2, 1000, 'rows of the board'),
  columns: count(5, 1, 1000, 'columns of the board'),
  visibleRows: z.int().min(1).nullable().default(null).describe('top rows in which the ball is shown; null = all'),
});
type Options = z.output<typeof options>;

class Catch extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(3);
  private readonly rows: number;
  private readonly columns: number;
  private readonly visibleRows: number;
  private ballColumn = 0;
  private ballRow = 0;
  private paddle = 0;

  constructor({ rows, columns, visibleRows }: Options) {
    super(null);
    this.metadata = { id: 'catch', cite: 'osband2020behaviour', discount: 0.99, floors: null, delay: rows - 1 };
    this.observationSpace = box(0, 1, [rows, columns]);
    this.rows = rows;
    this.columns = columns;
    this.visibleRows = visibleRows ?? rows;
  }

  protected override start(observation: Float64Array): void {
    this.ballColumn = this.rng.integer(0, this.columns - 1);
    this.ballRow = 0;
    this.paddle = Math.floor(this.columns / 2);
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    this.paddle = Math.min(Math.max(this.paddle + action - 1, 0), this.columns - 1);
    this.ballRow++;
    out.terminated = this.ballRow === this.rows - 1;
    if (out.terminated) out.reward = this.paddle === this.ballColumn ? 1 : -1;
    this.observe(out.observation);
  }

  private observe(observation: Float64Array): void {
    const { rows, columns, ballRow } = this;
    observation.fill(0);
    if (ballRow < this.visibleRows) observation[ballRow * columns + this.ballColumn] = 1;
    observation[(rows - 1) * columns + this.paddle] = 1;
  }

  /** The board as it is, hidden ball included: o the ball, = the paddle. */
  override render(): string {
    const board = Array.from({ length: this.rows }, () => new Array<string>(this.columns).fill('.'));
    board[this.rows - 1]![this.paddle] = '=';
    board[this.ballRow]![this.ballColumn] = 'o';
    return board.map((row) => row.join('')).join('\n');
  }

  protected override stateNumbers(): number[] {
    return [this.ballColumn, this.ballRow, this.paddle];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    [this.ballColumn, this.ballRow, this.paddle] = numbers as [number, number, number];
  }
}

export default defineEnv({
  cite: 'osband2020behaviour',
  summary: 'move a paddle under a falling ball, which may be hidden on its way (bsuite)',
  options,
  create: (chosen) => new Catch(chosen),
});
