import type { Info, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { box, discrete } from '../spaces.ts';
import type { Box, Discrete } from '../spaces.ts';
import { cumulative, pick } from './categorical.ts';

/** One of the things that may follow a state and an action. */
export interface Outcome {
  readonly probability: number;
  readonly next: number;
  readonly reward: number;
  readonly terminated: boolean;
}

/** A finite decision process, in the order in which Gymnasium lists it: the order decides what a random number picks. */
export interface Model {
  readonly states: number;
  readonly actions: number;
  /** [states] probabilities of the first state. */
  readonly start: readonly number[];
  outcomes(state: number, action: number): readonly Outcome[];
  /** What is seen of each state, one of `kinds` numbers; left out, each state is seen as itself. */
  readonly seen?: readonly number[];
  readonly kinds?: number;
}

/**
 * Base of the tabular tasks. Observation: one-hot of what is seen of the state. Draws: one uniform at reset, one per
 * step, each compared with cumulative sums, also where there is nothing to choose. Info: `prob`, the probability of what
 * happened given the state and the action, 1 after a reset.
 */
export abstract class TabularTask extends LimitedTask {
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  protected state = 0;
  private probability = 1;
  private readonly seen: readonly number[];
  private readonly starts: Float64Array;
  private readonly table: readonly Row[]; // [states x actions]

  constructor(model: Model, maxEpisodeSteps: number | null) {
    super(maxEpisodeSteps);
    const { states, actions } = model;
    this.seen = model.seen ?? Array.from({ length: states }, (_, s) => s);
    this.observationSpace = box(0, 1, [model.kinds ?? states]);
    this.actionSpace = discrete(actions);
    this.starts = cumulative(model.start);
    this.table = Array.from({ length: states * actions }, (_, i) =>
      rowOf(model.outcomes(Math.floor(i / actions), i % actions)),
    );
  }

  /** The state that a step ends in, where it is not what the table says. */
  protected arrive(next: number): number {
    return next;
  }

  protected override start(observation: Float64Array): void {
    this.state = pick(this.starts, this.rng.uniform());
    this.probability = 1;
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const { sums, outcomes } = this.table[this.state * this.actionSpace.n + action]!;
    const outcome = outcomes[pick(sums, this.rng.uniform())]!;
    this.state = this.arrive(outcome.next);
    this.probability = outcome.probability;
    out.reward = outcome.reward;
    out.terminated = outcome.terminated;
    this.observe(out.observation);
  }

  protected override info(): Info {
    return { prob: this.probability };
  }

  private observe(observation: Float64Array): void {
    observation.fill(0);
    observation[this.seen[this.state]!] = 1;
  }

  protected override stateNumbers(): number[] {
    return [this.state];
  }

  protected override setStateNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

interface Row {
  readonly sums: Float64Array;
  readonly outcomes: readonly Outcome[];
}

function rowOf(outcomes: readonly Outcome[]): Row {
  return { sums: cumulative(outcomes.map(({ probability }) => probability)), outcomes };
}
