/**
 * Taxi (Dietterich 2000), as Gymnasium's Taxi-v4: fetch a passenger and bring them to their destination.
 *
 * A 5 x 5 grid with walls between some columns. Observation: one-hot of 500 states,
 * ((row * 5 + column) * 5 + passenger) * 4 + destination; passenger and destination are R, G, Y, B (0..3), a passenger
 * in the taxi is 4. Actions: 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off.
 * Reward -1 per step, -10 for a pick-up or drop-off that is not possible, +20 for the drop-off at the destination,
 * which is the end. A passenger may be left at any of the four places. First state: uniform over the 300 in which the
 * passenger waits elsewhere than at the destination. Solved at a mean return of 8 within 200 steps; the best is 8.46.
 *
 * `rainy`: a move that is possible goes to the left or right of where it was meant with (1 - rainyProbability) / 2 each;
 * a sideways move into a wall stays. `fickle`: with fickleProbability (drawn at reset) the passenger names another
 * destination at the first move after boarding. Both are the laws of v4; those of Taxi-v3 (Gymnasium 1.2) were faulty and
 * are not here, without them v3 and v4 are the same.
 * Info, as in Gymnasium: `prob`, and `action_mask`, an Int8Array with a 1 for each action that changes the state, for
 * `actionSpace.sample(rng, { mask })`.
 * Draws: at reset the state, then, if fickle, whether; per step one uniform, then, if it happens, the new destination.
 */
import { z } from 'zod';
import type { EnvMetadata, Info } from '../env.ts';
import { limitOption } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { actionMask, decode, drawTaxi, taxiModel, withDestination } from '../tabular/taxi-model.ts';
import { TabularTask } from '../tabular/tabular-task.ts';

const probability = (standard: number, what: string) => z.number().min(0).max(1).default(standard).describe(what);
const options = z.strictObject({
  rainy: z.boolean().default(false).describe('whether a move may drift sideways'),
  rainyProbability: probability(0.8, 'probability that a move in the rain goes where it was meant to'),
  fickle: z.boolean().default(false).describe('whether the passenger may change the destination, once'),
  fickleProbability: probability(0.3, 'probability that a fickle passenger does so'),
  maxEpisodeSteps: limitOption,
});
type Options = z.output<typeof options>;

class Taxi extends TabularTask {
  override readonly metadata: EnvMetadata = {
    id: 'taxi',
    cite: 'dietterich2000hierarchical',
    discount: 0.99,
    floors: null,
  };
  private readonly options: Options;
  private willChange = false;

  constructor(options: Options) {
    super(taxiModel(options.rainy ? options.rainyProbability : null), options.maxEpisodeSteps);
    this.options = options;
  }

  protected override start(observation: Float64Array): void {
    const { fickle, fickleProbability } = this.options;
    super.start(observation);
    this.willChange = fickle && this.rng.uniform() < fickleProbability;
  }

  protected override arrive(next: number): number {
    if (!this.willChange || !isMoveWithPassenger(this.state, next)) return next;
    this.willChange = false;
    const { destination } = decode(this.state);
    const other = this.rng.integer(0, 2); // of the three that are left, in order
    return withDestination(next, other < destination ? other : other + 1);
  }

  protected override info(): Info {
    return { ...super.info(), action_mask: actionMask(this.state) };
  }

  protected override stateNumbers(): number[] {
    return [...super.stateNumbers(), Number(this.willChange)];
  }

  protected override setStateNumbers([state, willChange]: readonly number[]): void {
    super.setStateNumbers([state!]);
    this.willChange = willChange === 1;
  }

  override render(): string {
    return drawTaxi(this.state);
  }
}

function isMoveWithPassenger(from: number, to: number): boolean {
  const [before, after] = [decode(from), decode(to)];
  return before.passenger === 4 && (before.row !== after.row || before.column !== after.column);
}

export default defineEnv({
  cite: 'dietterich2000hierarchical',
  summary: 'fetch a passenger and bring them where they want to go',
  options,
  aliases: [
    { id: 'Taxi-v3', maxEpisodeSteps: 200, rewardThreshold: 8 },
    { id: 'Taxi-v4', maxEpisodeSteps: 200, rewardThreshold: 8 },
  ],
  create: (chosen) => new Taxi(chosen),
});
