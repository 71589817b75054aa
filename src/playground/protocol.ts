/**
 * What a page and the playground's worker say to each other. Plain data; arrays are the receiver's own (transferred).
 *
 *   import PlaygroundWorker from 'agent-state/playground/worker?worker';   // vite's way of making a worker
 *   const worker = new PlaygroundWorker();
 *   page -> worker  start ... pause, step, resume, set ... stop;   worker -> page  ready, frame, frame, ..., error
 *
 * The worker never sends a frame before the page has said `drawn` to the last one, nor sooner than 15 ms after it: a page
 * that says so in requestAnimationFrame gets one frame per repaint whatever the learner's speed, and none while its tab is
 * hidden; the learner goes on meanwhile. Frames replace one another: each tells all there is to draw.
 */
import type { Choice } from '../agent.ts';
import type { PathChosen } from '../paths.ts';
import type { AgentInput } from '../agent.ts';

/** What is learned by whom; JSON, so that a page can put it into its address (setting.ts: toHash, fromHash). */
export interface PlaygroundSetting {
  /** `{ id, ...options }` of a task of @rl-tools/envs; `{ id: 'own', code }` of the visitor's own lines (own-task.ts). */
  readonly env: Choice;
  /** One of each part, as in agents/*.ts; left out: the task's preset (presets.ts). */
  readonly agent?: AgentInput;
  readonly seed?: number; // default 0
  readonly discount?: number | null; // of the question; default: the task's own
  readonly path?: 'auto' | 'reference' | 'compiled'; // default auto
  readonly precision?: 'auto' | 'f32' | 'f64'; // default auto
}

/** Page -> worker. */
export type ToPlayground =
  /** Begins anew, whatever ran before. Answered by `ready`, then frames; or by `error`. */
  | { readonly type: 'start'; readonly setting: PlaygroundSetting; readonly paused?: boolean }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Lives so many steps (default 1), then stands; a running learner is paused first. Answered by a frame. */
  | { readonly type: 'step'; readonly count?: number }
  /** Changes what may change while it runs. */
  | { readonly type: 'set'; readonly change: Partial<PlaygroundView> }
  /** The latest frame is on the screen. */
  | { readonly type: 'drawn' }
  /** Ends the run and frees what it holds; the worker stays, for another start. */
  | { readonly type: 'stop' };

export interface PlaygroundView {
  /** Steps per second at most; null: as many as it can. Default null. */
  readonly speed: number | null;
  /** Steps of a frame's window, 16 .. 2048. Default 256. */
  readonly window: number;
}

/** Worker -> page. */
export type FromPlayground =
  | { readonly type: 'ready'; readonly about: About }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** One line for a person. The run has ended, unless `isFatal` is false (a message that made no sense). */
  | {
      readonly type: 'error';
      readonly message: string;
      readonly isFatal: boolean;
      readonly line: number | null; // of the visitor's own lines, from 1; null: none of them, or nobody knows which
    };

/** What is known once a learner stands. */
export interface About {
  readonly setting: Required<PlaygroundSetting>; // with every default; the same setting gives the same bits
  readonly inputs: number; // m, entries of x_t
  readonly units: number;
  readonly components: number; // state entries per unit
  readonly parameters: number; // weights of cell and head
  readonly macsPerStep: number; // multiply-adds
  readonly chosen: PathChosen; // which path, and why
  readonly isExact: boolean; // the estimator gives the true gradient on this cell
  readonly acts: boolean; // actions are the learner's
  readonly discount: number | null; // null: the task has none, or ends say it
  readonly measure: Measure;
  /** Mean squared errors of reference predictors; null where unknown. */
  readonly floors: { readonly zero: number; readonly constant: number; readonly ideal: number } | null;
  /** Names of the groups of weights whose step sizes are in frames; none: settings of the rule fix them. */
  readonly stepSizes: readonly string[];
}

/** What a learning curve shows. */
export type Measure =
  | 'squared error' // of v_t against the return, or the task's own true value; smaller is better
  | 'return of an episode'; // larger is better

export interface Frame {
  readonly state: 'running' | 'paused' | 'diverged';
  readonly step: number; // steps lived
  readonly perSecond: number; // steps, lately; 0 where it stands
  readonly microseconds: number | null; // of learning per step, lately, environment and bookkeeping included
  readonly curve: Curve;
  readonly window: Window;
  readonly inside: Inside;
}

/** The whole learning curve: at most 512 points, of equally many steps each, a power of two times 250. */
export interface Curve {
  readonly every: number; // steps per point
  readonly step: Float64Array; // end of each point's stretch
  readonly value: Float64Array; // mean of the measure in it
}

/** The latest steps in a row, oldest first; time goes along rows. */
export interface Window {
  readonly from: number; // time of the first
  readonly length: number;
  readonly observation: Float64Array; // x_t [length x inputs shown]; at most 32 of the inputs
  readonly prediction: Float64Array; // v_t [length]
  readonly delta: Float64Array; // TD error [length]
  readonly cumulant: Float64Array; // c_t [length]; the reward
  readonly return: Float64Array; // G_t [length]; NaN where 1 % of it lies in the future
  readonly value: Float64Array; // the task's own true value [length]; NaN where it tells none
  readonly start: Uint8Array; // 1 where an episode begins [length]
  readonly action: Int16Array; // a_t, -1 where none is chosen [length]
  readonly state: Float64Array; // s_t [length x entries shown]; at most 64 of the units' entries
  /** Root mean square eligibility of each unit's weights: what the next error changes. [length x units shown]; at most 64
   *  units; empty where the rule keeps none, or where there are more than 2048 weights (then see Inside). */
  readonly eligibility: Float64Array;
}

/** How the learner stands at the frame's step. */
export interface Inside {
  readonly eligibility: Float64Array; // as above, of now [units shown]; empty where the rule keeps none
  readonly influence: number | null; // root mean square of what the estimator carries; null where it carries nothing
  readonly stepSizes: readonly StepSizesShown[]; // by group, as About names them
}

export interface StepSizesShown {
  readonly group: string;
  readonly values: Float64Array; // of all weights, or of 256 at equal distances
  readonly weights: number; // how many there are
}
