/**
 * Compass world (Schlegel et al., JAIR 2021; as in ActionRNNs.jl): a room with coloured walls,
 * seen only by standing right in front of one.
 *
 * State: x = 1 .. width (from the west), y = 1 .. height (from the north), heading N, E, S, W. Actions: 0 turn left,
 * 1 turn right, 2 forward (at a wall: stay). Observation [6], one-hot: orange, yellow, red, blue, green, white. Facing an
 * adjacent wall shows its colour, north orange, east yellow, south red, west blue but green at y = 1; else white.
 * Reward: the bit of `colour` in the returned observation (the original has none). No end.
 * Draws: at reset x, y, heading, one integer each; steps draw nothing.
 * value() is the on-policy question: the continuing return when all actions are equally likely (exact, by repeated
 * backups over all states). Floors: for that target, in the long run under that policy; who has seen two walls can know
 * where it is for good, so ideal 0 is what is left later on.
 * oracle(horde) answers the published off-policy sets of questions in the present state, questions(horde) tells what they
 * are: forward [5], gammas [100], rafols [40], rafols-sum [40] (worlds/compass-hordes.ts). oracle() is `forward`: "go
 * forward until there is a wall: is it orange, .., green?" Facing a wall already, the answer is that wall: the next step
 * shows it again. (The reference answers `forward` alone; `rafols` and `gammas` throw there.)
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, ErrorFloors, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { type CompassHorde, colours, compassHordes, compassQuestions } from '../worlds/compass-hordes.ts';
import { oneHot } from '../worlds/hordes.ts';
import { policyValues, stationary, valueFloors } from '../worlds/policy-values.ts';
import { type Question, trueAnswers } from '../worlds/questions.ts';

const [orange, yellow, red, blue, green, white] = [0, 1, 2, 3, 4, 5];
const [north, east, south, west] = [0, 1, 2, 3];
const across = [0, 1, 0, -1]; // change of x by heading
const down = [-1, 0, 1, 0]; // change of y by heading

const options = z.strictObject({
  width: count(8, 1, 50, 'squares from west to east'),
  height: count(8, 1, 50, 'squares from north to south'),
  colour: z.enum(colours).default('green').describe('the colour that pays a reward of 1 whenever it is seen'),
  discount: z.number().min(0).max(0.999).default(0.9).describe('gamma of the question, in value()'),
});
type Options = z.output<typeof options>;

export class CompassWorld extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [6]);
  readonly actionSpace = discrete(3);
  private readonly options: Options;
  private readonly paid: number;
  private readonly solve: () => Float64Array;
  private values: Float64Array | null = null; // [height x width x 4]
  private readonly answers = new Map<CompassHorde, Float64Array[]>(); // [states][questions]
  private state = 0; // (y * width + x) * 4 + heading, counted from 0

  constructor(options: Options) {
    super(null);
    const { width, height, discount } = options;
    this.options = options;
    this.paid = colours.indexOf(options.colour);
    const world = {
      states: height * width * 4,
      discount,
      policy: [1 / 3, 1 / 3, 1 / 3],
      next: (state: number, action: number) => this.next(state, action),
      cumulant: (state: number) => (this.seen(state) === this.paid ? 1 : 0),
    };
    // When asked for: a large room takes seconds.
    const solve = () => (this.values ??= policyValues(world));
    this.solve = solve;
    let floors: ErrorFloors | null = null;
    this.metadata = {
      id: 'compass-world',
      cite: 'schlegel2021general',
      discount,
      get floors() {
        return (floors ??= valueFloors(solve(), stationary(world)));
      },
    };
  }

  protected override start(observation: Float64Array): void {
    const { width, height } = this.options;
    const x = this.rng.integer(0, width - 1);
    const y = this.rng.integer(0, height - 1);
    this.state = (y * width + x) * 4 + this.rng.integer(0, 3);
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    this.state = this.next(this.state, action);
    this.observe(out.observation);
    out.reward = out.observation[this.paid]!;
  }

  override value(): number {
    return (this.values ?? this.solve())[this.state]!;
  }

  /** What a set of questions asks. */
  questions(horde: CompassHorde): Question[] {
    if (compassHordes.includes(horde)) return compassQuestions(horde);
    throw new EnvError(
      `Cannot answer horde "${String(horde)}" of compass-world: known are ${compassHordes.join(', ')}`,
    );
  }

  /** The true answers of a set of questions in the present state. */
  oracle(horde: CompassHorde = 'forward'): Float64Array {
    let answers = this.answers.get(horde);
    if (answers === undefined) {
      answers = trueAnswers(this.asked(), this.questions(horde));
      this.answers.set(horde, answers);
    }
    return answers[this.state]!.slice();
  }

  private asked() {
    const { width, height } = this.options;
    return {
      states: height * width * 4,
      actions: 3,
      next: (state: number, action: number) => this.next(state, action),
      observation: (state: number) => oneHot(6, this.seen(state)),
    };
  }

  override render(): string {
    const { width, height } = this.options;
    const at = Math.floor(this.state / 4);
    const inside = (y: number): string =>
      Array.from({ length: width }, (_, x) => (y * width + x === at ? '^>v<'[this.state % 4]! : '.')).join('');
    const rows = Array.from({ length: height }, (_, y) => `${y === 0 ? 'g' : 'b'}${inside(y)}y`);
    return [` ${'o'.repeat(width)}`, ...rows, ` ${'r'.repeat(width)}`].join('\n');
  }

  private next(state: number, action: number): number {
    const heading = state % 4;
    if (action === 0) return state - heading + ((heading + 3) % 4);
    if (action === 1) return state - heading + ((heading + 1) % 4);
    return this.atWall(state) ? state : state + 4 * (across[heading]! + down[heading]! * this.options.width);
  }

  private atWall(state: number): boolean {
    const { width, height } = this.options;
    const heading = state % 4;
    const x = Math.floor(state / 4) % width;
    const y = Math.floor(state / 4 / width);
    return heading === north
      ? y === 0
      : heading === south
        ? y === height - 1
        : heading === west
          ? x === 0
          : x === width - 1;
  }

  /** The colour of the wall that the heading points at. */
  private ahead(state: number): number {
    const heading = state % 4;
    if (heading === north) return orange!;
    if (heading === east) return yellow!;
    if (heading === south) return red!;
    return state < 4 * this.options.width ? green! : blue!;
  }

  private seen(state: number): number {
    return this.atWall(state) ? this.ahead(state) : white!;
  }

  private observe(observation: Float64Array): void {
    observation.fill(0);
    observation[this.seen(this.state)] = 1;
  }

  protected override stateNumbers(): number[] {
    return [this.state];
  }

  protected override setStateNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

export default defineEnv({
  cite: 'schlegel2021general',
  summary: 'a room with coloured walls, seen only from right in front: which wall lies ahead?',
  options,
  create: (chosen) => new CompassWorld(chosen),
});
