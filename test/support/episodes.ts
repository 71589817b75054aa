import { type Action, box, discrete, Env, type EnvMetadata, type Info, type StepTuple } from '@rl-tools/envs';

export type Ending = 'terminated' | 'truncated';

/** Episodes as told: episode e of n_e transitions ends as it says, then from the first one again. */
export class Episodes extends Env<Float64Array, number> {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(-1000, 1000, [2]);
  readonly actionSpace = discrete(3);
  readonly actions: Action[] = [];
  steps = 0; // over the whole life
  readonly seeds: (number | undefined)[] = [];
  private readonly script: readonly (readonly [transitions: number, ending: Ending])[];
  private episode = -1;
  private t = 0;

  constructor(script: readonly (readonly [number, Ending])[], discount: number | null = 0.9) {
    super();
    this.script = script;
    this.metadata = { id: 'episodes', cite: null, discount, floors: null };
  }

  reset({ seed }: { seed?: number } = {}): [Float64Array, Info] {
    this.seeds.push(seed);
    this.episode++;
    this.t = 0;
    return [Float64Array.of(this.episode, 0), {}];
  }

  /** Observation [episode, t]; reward 100 episode + t. */
  step(action: number): StepTuple<Float64Array> {
    this.actions.push(action);
    this.steps++;
    this.t++;
    const [transitions, ending] = this.script[this.episode % this.script.length]!;
    const last = this.t >= transitions;
    const observation = Float64Array.of(this.episode, this.t);
    const reward = 100 * this.episode + this.t;
    return [observation, reward, last && ending === 'terminated', last && ending === 'truncated', {}];
  }
}

/** An endless random walk on a ring of places, seen as a Discrete observation; can neither save nor load. */
export class Ring extends Env<number, number> {
  override readonly metadata = { id: 'ring', cite: null, discount: 0.5, floors: null };
  readonly observationSpace = discrete(4);
  readonly actionSpace = discrete(2);
  private place = 0;

  reset(): [number, Info] {
    this.place = 0;
    return [0, {}];
  }

  step(action: number): StepTuple<number> {
    this.place = (this.place + (action === 1 ? 1 : 3)) % 4;
    return [this.place, this.place === 0 ? 1 : 0, false, false, {}];
  }
}
