/**
 * Random Markov decision process, a "Garnet" (Archibald, McKinnon & Thomas 1995): one per stream, drawn from the seed.
 *
 * Every state and action has `branching` different next states, with the probabilities into which branching - 1 uniform
 * cuts divide the unit interval, and a normal reward that state and action fix. Starts in a uniform state. No end.
 * Observation [states]: one-hot; with `features` > 0 [features]: bits, `active` of them on, drawn once for every state:
 * states may look alike or nearly so, which linear prediction has to live with.
 * `actions` actions. value() is the value of the state under the policy `target`, solved from the Bellman equations:
 * `uniform`, the one that a runner without a policy follows, or, off-policy, `drawn`: in every state the probabilities
 * into which actions - 1 uniform cuts divide the unit interval. ratio() is its probability of the latest action times
 * `actions`: the importance ratio of uniform actions. No floors.
 * Draws, per stream: for every state, for every action: choose(states, branching), branching - 1 uniforms, one normal;
 * then per state choose(features, active); then, `drawn`, per state actions - 1 uniforms. reset: one integer. step: one
 * uniform.
 * Values belong to the draw: reset({ seed, options: { task: 'keep' } }) keeps both.
 */
import { z } from 'zod';
import { solve } from '../chains/solve.ts';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box, Discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z
  .strictObject({
    states: count(20, 1, 500, 'number of states'),
    actions: count(2, 1, 100, 'number of actions'),
    branching: count(3, 1, 500, 'next states that an action may lead to'),
    features: count(0, 0, 500, 'entries of a binary observation; 0 = the state itself, one-hot'),
    active: count(0, 0, 500, 'how many of the features are on in a state'),
    target: z.enum(['uniform', 'drawn']).default('uniform').describe('the policy that value() is about'),
    discount: z.number().min(0).lt(1).default(0.9).describe('gamma of the question, in value()'),
  })
  .refine(({ branching, states }) => branching <= states, { path: ['branching'], message: 'must not exceed states' })
  .refine(({ features, active }) => active <= features, { path: ['active'], message: 'must not exceed features' });
type Options = z.output<typeof options>;

class RandomMdp extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  private readonly options: Options;
  private readonly next: Float64Array; // [states x actions x branching] next states
  private readonly upTo: Float64Array; // likewise: probability of this next state or an earlier one
  private readonly reward: Float64Array; // [states x actions]
  private readonly shown: Float64Array; // [states x active] which features are on
  private readonly likelier: Float64Array; // [states x actions] probability of the target policy x actions
  private readonly latest = Float64Array.of(1); // the latest ratio; as a field it would be boxed
  private values: Float64Array = new Float64Array(0);
  private state = 0;

  constructor(options: Options) {
    super();
    const { states, actions, branching, features, active, discount } = options;
    this.options = options;
    this.metadata = { id: 'random-mdp', cite: 'archibald1995generation', discount, floors: null };
    this.observationSpace = box(0, 1, [features === 0 ? states : features]);
    this.actionSpace = discrete(actions);
    this.next = new Float64Array(states * actions * branching);
    this.upTo = new Float64Array(this.next.length);
    this.reward = new Float64Array(states * actions);
    this.shown = new Float64Array(states * active);
    this.likelier = new Float64Array(states * actions).fill(1);
  }

  protected override seeded(): void {
    const { states, actions, branching, features, active, target } = this.options;
    for (let pair = 0; pair < this.reward.length; pair++) {
      this.next.set(this.rng.choose(states, branching), pair * branching);
      this.upTo.set([...this.drawCuts(branching), 1], pair * branching);
      this.reward[pair] = this.rng.normal();
    }
    for (let s = 0; s < states && active > 0; s++) this.shown.set(this.rng.choose(features, active), s * active);
    for (let s = 0; s < states && target === 'drawn'; s++) {
      const cuts = [0, ...this.drawCuts(actions), 1];
      for (let a = 0; a < actions; a++) this.likelier[s * actions + a] = actions * (cuts[a + 1]! - cuts[a]!);
    }
    this.values = this.targetValues();
  }

  /** Where `parts` random shares of 1 meet. */
  private drawCuts(parts: number): Float64Array {
    return Float64Array.from({ length: parts - 1 }, () => this.rng.uniform()).sort();
  }

  protected override begin(observation: Float64Array): void {
    this.latest[0] = 1;
    this.state = this.rng.integer(0, this.options.states - 1);
    this.observe(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (!this.actionSpace.contains(action)) throw illegalAction('random-mdp', action, this.actionSpace);
    const pair = this.state * this.options.actions + action;
    out.reward = this.reward[pair]!;
    this.latest[0] = this.likelier[pair]!;
    const u = this.rng.uniform();
    let at = pair * this.options.branching;
    while (u >= this.upTo[at]!) at++;
    this.state = this.next[at]!;
    this.observe(out.observation);
  }

  override value(): number {
    return this.values[this.state]!;
  }

  override ratio(): number {
    return this.latest[0]!;
  }

  private observe(observation: Float64Array): void {
    const { features, active } = this.options;
    observation.fill(0);
    if (features === 0) observation[this.state] = 1;
    for (let i = 0; i < active; i++) observation[this.shown[this.state * active + i]!] = 1;
  }

  /** v(s) = mean over the target's actions of r(s, a) + gamma sum p v(s'). */
  private targetValues(): Float64Array {
    const { states, actions, branching, discount } = this.options;
    const matrix = Array.from({ length: states }, (_, s) => Array.from({ length: states }, (_, t) => Number(s === t)));
    const pay = new Array<number>(states).fill(0);
    for (let at = 0; at < this.next.length; at++) {
      const s = Math.floor(at / (actions * branching));
      const p = this.upTo[at]! - (at % branching === 0 ? 0 : this.upTo[at - 1]!);
      const weight = this.likelier[Math.floor(at / branching)]!;
      matrix[s]![this.next[at]!]! -= (weight * discount * p) / actions;
    }
    for (let pair = 0; pair < this.reward.length; pair++)
      pay[Math.floor(pair / actions)]! += (this.likelier[pair]! * this.reward[pair]!) / actions;
    return solve(matrix, pay);
  }

  protected override saveNumbers(): number[] {
    return [this.state, this.latest[0]!, ...this.tables().flatMap((table) => [...table])];
  }

  private tables(): Float64Array[] {
    return [this.next, this.upTo, this.reward, this.shown, this.likelier];
  }

  protected override loadNumbers([state, latest, ...tables]: readonly number[]): void {
    this.state = state!;
    this.latest[0] = latest!;
    let from = 0;
    for (const table of this.tables()) {
      table.set(tables.slice(from, from + table.length));
      from += table.length;
    }
    this.values = this.targetValues();
  }
}

export default defineEnv({
  cite: 'archibald1995generation',
  summary: 'a random Markov decision process per seed; true values of the uniform policy, or another one',
  options,
  create: (chosen) => new RandomMdp(chosen),
});
