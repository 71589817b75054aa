/**
 * Characters of a stationary source with hidden states whose entropy rate is known exactly: say how probable each
 * character is to come next. S capitals A, B, ... and ordinary letters a, b, ...; the latest capital is the state.
 *   with probability 1 / memory a capital comes, which one by P(capital | state), and becomes the state;
 *   else a letter, by P(letter | state): each state has preferences of its own.
 * So a capital foretells the letters that follow it until the next, `memory` characters later in the mean: what was seen
 * then must be carried along, and no fixed number of latest characters tells it all. The state begins stationary, unseen;
 * any capital shows it, for ever after, so the source is unifilar and synchronising and its entropy rate is the mean of
 * the states' entropies: streams/unifilar-source.ts, from where metadata.bits has its figures, in bits per character: order0
 * of who knows the frequencies, order1 of who knows the latest character, ideal the entropy rate; no predictor does better.
 * Probabilities are proportional to exp(sharpness z), z standard normal: drawn when the task is made, from `task`, so
 * that all seeds read the same source. memory 1: a Markov chain of order 1, order1 = ideal. states 1: all three are one.
 *
 * Observation [symbols]: the character, one-hot; capitals first. Target: the number of the next character. No end.
 * Convention (reward, value, discount 0): streams/supervised.ts; value() is the number of a class.
 * Draws: one uniform per character; at reset one for the state and one for the first character.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import type { Rng } from '../rng.ts';
import { box, type Box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';
import { bitsOfOrder, entropyRate, stationary, type UnifilarMachine } from '../streams/unifilar-source.ts';
import { cumulative, pick } from '../tabular/categorical.ts';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

const options = z.strictObject({
  symbols: count(12, 2, capitals.length + letters.length, 'characters, capitals among them'),
  states: count(4, 1, capitals.length, 'hidden states: capitals'),
  memory: count(10, 1, 1_000_000, 'characters from one capital to the next, in the mean'),
  sharpness: z.number().min(0).max(10).default(2).describe('how unequal letters are; 0: equally probable'),
  task: z.int().min(0).default(0).describe('which source of this kind: its probabilities are drawn from it'),
});
type Options = z.output<typeof options>;

export class HiddenMarkovText extends Supervised {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = wait;
  readonly machine: UnifilarMachine;
  private readonly sums: readonly Float64Array[]; // of P(. | s), by state
  private readonly frequent: Float64Array; // sums of pi
  private readonly drawn = new Float64Array(1); // as a field it would be boxed
  private state = 0;

  constructor(options: Options) {
    super();
    const { symbols, states } = options;
    checkSizes(options);
    this.machine = draw(options, createRng(`hidden-markov-text/${options.task}`));
    this.metadata = {
      id: 'hidden-markov-text',
      cite: 'shannon1948mathematical',
      discount: 0,
      floors: null,
      bringsTask: false,
      classes: [...capitals.slice(0, states), ...letters.slice(0, symbols - states)],
      bits: {
        order0: bitsOfOrder(this.machine, 0),
        order1: bitsOfOrder(this.machine, 1),
        ideal: entropyRate(this.machine),
      },
    };
    this.observationSpace = box(0, 1, [symbols]);
    const { emission } = this.machine;
    this.sums = Array.from({ length: states }, (_, s) =>
      cumulative([...emission.subarray(s * symbols, (s + 1) * symbols)]),
    );
    this.frequent = cumulative([...stationary(this.machine)]);
  }

  protected override restart(): void {
    this.state = this.pick(this.frequent);
    this.target = this.pick(this.sums[this.state]!);
  }

  /** Shows the character that was wanted, and draws the one that follows it. */
  protected override next(observation: Float64Array): number {
    const { symbols, next } = this.machine;
    for (let a = 0; a < symbols; a++) observation[a] = a === this.target ? 1 : 0;
    this.state = next[this.state * symbols + this.target]!;
    return this.pick(this.sums[this.state]!);
  }

  private pick(sums: Float64Array): number {
    this.rng.fill(this.drawn);
    return pick(sums, this.drawn[0]!);
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.state];
  }

  protected override loadNumbers([target, state]: readonly number[]): void {
    this.target = target!;
    this.state = state!;
  }
}

function checkSizes({ symbols, states, memory }: Options): void {
  const least = states + (memory > 1 ? 1 : 0);
  if (symbols >= least && symbols - states <= letters.length) return;
  const most = states + letters.length;
  throw new EnvError(
    `Cannot make hidden-markov-text: ${states} states take ${least} to ${most} symbols, a capital each and letters; got ${symbols}`,
  );
}

function draw({ symbols: A, states: S, memory, sharpness }: Options, rng: Rng): UnifilarMachine {
  const emission = new Float64Array(S * A);
  const next = new Uint8Array(S * A);
  for (let s = 0; s < S; s++) {
    const row = emission.subarray(s * A, (s + 1) * A);
    for (let a = 0; a < A; a++) row[a] = Math.exp(sharpness * rng.normal());
    share(row.subarray(0, S), 1 / memory);
    share(row.subarray(S), 1 - 1 / memory);
    for (let a = 0; a < A; a++) next[s * A + a] = a < S ? a : s;
  }
  return { states: S, symbols: A, emission, next };
}

/** Scales weights so that they sum to `all`. */
function share(weights: Float64Array, all: number): void {
  const scale = all / weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) weights[i]! *= scale;
}

export default defineEnv({
  cite: 'shannon1948mathematical',
  summary: 'characters of a source with hidden states, to be foretold; its entropy rate is known exactly',
  options,
  create: (chosen) => new HiddenMarkovText(chosen),
});
