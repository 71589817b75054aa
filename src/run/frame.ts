/** What is seen of a run's inside while somebody looks: the latest steps, the state after them, and now and then what is large. */

/** Numbers as bytes: float32, little-endian, in base64; NaN where there is none. */
export type Packed = string;

export interface Frame {
  readonly step: number; // lived; the last of `steps` is the one before
  readonly steps: FrameSteps;
  readonly usPerStep: number | null; // wall-clock, since the frame before; null: it has paused since
  readonly state: Packed; // [units x components] s_t, after the last step; of several lanes that of the first
  readonly stateEvery: number; // where there are more than 512 entries, those at such distances
  readonly units: number;
  readonly components: number;
  readonly slow: SlowFrame | null; // at most four times a second, less often of large nets
}

/** The latest steps without a gap, those since the frame before or the last 512 of them; of several questions or lanes the first. */
export interface FrameSteps {
  readonly from: number; // number of the first
  readonly count: number;
  readonly width: number; // entries of an observation that are shown: the first 16
  readonly observation: Packed; // [count x width]
  readonly prediction: Packed; // [count] v_t
  readonly delta: Packed; // [count] TD error, or error of a target
  readonly cumulant: Packed; // [count] c_t, led into step t; the return that v_t is about begins with c_{t+1}
  readonly discount: Packed; // [count] gamma_t
  readonly start: Packed; // [count] 1 where an episode opens
  readonly value: Packed; // [count] the environment's own value
  readonly questions?: FrameQuestions; // of a horde of more than one
}

/** Of a horde the first four questions. */
export interface FrameQuestions {
  readonly of: number; // that are asked
  readonly names: readonly string[]; // of those that are told, the first among them
  readonly others: readonly Pick<FrameSteps, QuestionColumn>[]; // the second and those after it
}

export type QuestionColumn = 'prediction' | 'delta' | 'cumulant' | 'discount';

export interface SlowFrame {
  readonly step: number;
  readonly norms: Readonly<Record<string, number | null>>; // L2 norm of each array of the learner: theta, traces, ...
  readonly influence: Influence | null; // of estimators that keep J, or some of it
  readonly stepSizes: Readonly<Record<string, unknown>> | null; // a line of step-sizes.jsonl; null: nothing moves them
}

export interface Influence {
  readonly norm: number; // of J, as far as it is kept
  readonly perUnit: Packed; // [units] of the rows of J that are a unit's
  readonly every: number; // of more than 512 units, those at such distances
}

/** The JSON of a frame, made by hand where it is long: packed numbers need no search for what must be escaped. */
export function frameText({ steps: { from, count, width, questions, ...columns }, state, ...rest }: Frame): string {
  const packed = Object.entries(columns).map(([name, bytes]) => `"${name}":"${bytes}"`);
  const more = questions === undefined ? '' : `,"questions":${JSON.stringify(questions)}`;
  const steps = `{"from":${from},"count":${count},"width":${width},${packed.join()}${more}}`;
  return `{"steps":${steps},"state":"${state}",${JSON.stringify(rest).slice(1)}`;
}

export function pack(values: Float32Array, count = values.length): Packed {
  return Buffer.from(values.buffer, values.byteOffset, 4 * count).toString('base64');
}

const MOST = 512; // numbers of a vector that is shown

/** Of a long vector numbers at equal distances, so that a frame of a large net is no larger. */
export function packSome(values: ArrayLike<number>): { readonly packed: Packed; readonly every: number } {
  const every = Math.max(1, Math.ceil(values.length / MOST));
  const some = Float32Array.from({ length: Math.ceil(values.length / every) }, (_, i) => values[i * every]!);
  return { packed: pack(some), every };
}
