/**
 * Fixed features for linear learners of the conditioning problems (Rafiee et al. 2023), as an environment over another one:
 * for every bit of the observation the bit itself, and, seen through microstimuli or tiles, a trace of it that is 1 at its
 * onset and decays from there; beside them random bits that say nothing, as many as asked for.
 */
import { type AnyEnv, box, createRng, Env, type EnvMetadata, type ResetOptions, type StepResult } from '@rl-tools/envs';

export interface TraceFeatureOptions {
  readonly kind: 'presence' | 'microstimuli' | 'tiles';
  readonly decay: number; // of the trace, per step
  readonly irrelevant?: number; // random bits
  readonly seed?: string | number; // of the random bits
}

const STIMULI = 16;
const SIGMA = 0.08;
const TILES = 8; // of each of two tilings, the second one half a tile on
const ON = 0.1; // probability of a random bit

export class TraceFeatures extends Env<Float64Array> {
  readonly observationSpace;
  readonly actionSpace;
  override readonly metadata: EnvMetadata;
  private readonly env: AnyEnv;
  private readonly options: TraceFeatureOptions;
  private readonly width: number; // features of a signal
  private readonly inner: StepResult;
  private readonly trace: Float64Array; // [signals]
  private readonly before: Float64Array; // [signals] the bits one step ago
  private readonly rng;

  constructor(env: AnyEnv, options: TraceFeatureOptions) {
    super();
    const { kind, irrelevant = 0, seed = 0 } = options;
    const signals = env.observationSpace.size;
    this.env = env;
    this.options = options;
    this.width = { presence: 1, microstimuli: 1 + STIMULI, tiles: 1 + 2 * TILES + 1 }[kind];
    this.observationSpace = box(0, 1, [signals * this.width + irrelevant]);
    this.actionSpace = env.actionSpace;
    this.metadata = env.metadata;
    this.inner = { observation: new Float64Array(signals), reward: 0, terminated: false, truncated: false };
    this.trace = new Float64Array(signals);
    this.before = new Float64Array(signals);
    this.rng = createRng(`${seed}/irrelevant`);
  }

  reset(): never {
    throw new Error('in place only');
  }

  step(): never {
    throw new Error('in place only');
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.trace.fill(0);
    this.before.fill(0);
    this.env.resetInto(this.inner, options);
    this.show(out);
  }

  override stepInto(action: number, out: StepResult): void {
    this.env.stepInto(action as never, this.inner);
    this.show(out);
  }

  private show(out: StepResult): void {
    const { observation: x, reward, terminated, truncated } = this.inner;
    const { irrelevant = 0, decay, kind } = this.options;
    Object.assign(out, { reward, terminated, truncated });
    const phi = out.observation.fill(0);
    for (let j = 0; j < x.length; j++) {
      this.trace[j] = x[j]! > 0.5 && this.before[j]! < 0.5 ? 1 : decay * this.trace[j]!;
      this.before[j] = x[j]!;
      phi[j * this.width] = x[j]!;
      if (kind === 'microstimuli') stimulate(phi, j * this.width + 1, this.trace[j]!);
      if (kind === 'tiles') tile(phi, j * this.width + 1, this.trace[j]!);
    }
    for (let i = phi.length - irrelevant; i < phi.length; i++) phi[i] = this.rng.uniform() < ON ? 1 : 0;
  }
}

/** Bumps over the height of the trace, and as high as it (Ludvig, Sutton & Kehoe 2012). */
function stimulate(phi: Float64Array, at: number, y: number): void {
  for (let n = 1; n <= STIMULI; n++) phi[at + n - 1] = y * Math.exp(-((y - n / STIMULI) ** 2) / (2 * SIGMA ** 2));
}

/** The tile of each tiling in which the trace is; none where there is no trace yet. */
function tile(phi: Float64Array, at: number, y: number): void {
  if (y === 0) return;
  phi[at + Math.min(TILES - 1, Math.floor(y * TILES))] = 1;
  phi[at + TILES + Math.floor(y * TILES + 0.5)] = 1;
}

/** Mean squared difference of predictions and continuing returns over the last `window` of them. */
export function returnError(
  predictions: Float64Array,
  cumulants: Float64Array,
  discount: number,
  window: number,
): number {
  let [target, sum, count] = [0, 0, 0];
  const rest = Math.ceil(Math.log(1e-6) / Math.log(discount)); // the end of a run has no return yet
  for (let t = predictions.length - 1; t >= predictions.length - window; t--) {
    if (t < predictions.length - rest) {
      sum += (predictions[t]! - target) ** 2;
      count++;
    }
    target = cumulants[t]! + discount * target; // G of t - 1
  }
  return sum / count;
}
