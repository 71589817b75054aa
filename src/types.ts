/** The vocabulary. Vectors are Float64Array, written in place; nearly every file imports this one, it imports no part. */
import type { Rng } from '@rl-tools/envs';
import type { Control } from './control.ts';
import type { Horde } from './questions.ts';
import type {
  CellKernel,
  EstimatorKernel,
  FeaturesKernel,
  GrowthKernel,
  HeadKernel,
  HordeKernel,
  RuleKernel,
  SwiftKernel,
} from './kernels/kernel.ts';

export type { Rng };
export type * from './part-types.ts';

/** Everything that changes, by name and independent of layout: checkpoints, logs and both paths use it. */
export interface Stateful {
  readonly arrays: Readonly<Record<string, number>>; // name -> length, in a fixed order
  /** Copies an array out; `into` is as long as `arrays` says. */
  read(name: string, into: Float64Array): void;
  /** Copies an array in. */
  write(name: string, from: Float64Array): void;
  /** Start of an episode: forget state and traces, keep what was learned. */
  reset(): void;
  readonly shape?: readonly string[]; // arrays that the length of others follows from: written first
}

/** What the world says at time t. K questions, usually 1. */
export interface Step {
  readonly observation: Float64Array; // x_t [m]
  readonly cumulant: Float64Array; // c_t [K]
  readonly discount: Float64Array; // gamma_t [K], a number in [0, 1], never `done`
  readonly start: boolean; // x_t opens an episode: c_t and gamma_t are ignored
  readonly ratio?: number; // importance ratio of the action that led here
  readonly target?: Float64Array; // [K] supervised target for THIS prediction
}

/** What the learner answers; the object is reused at every step. */
export interface Report {
  readonly prediction: Float64Array; // v_t [K]
  readonly delta: Float64Array; // delta_t [K]; the error y_t - v_t where a target came, 0 at the start of an episode
}

/** Compressed rows of b x b blocks: unit i reads units column[start[i] .. start[i+1]), its own first. */
export interface BlockPattern {
  readonly start: Int32Array; // [units + 1]
  readonly column: Int32Array; // [blocks]
}

/** Which presynaptic values each sum reads, and which units it moves. Static, shared by all lanes. */
export interface Rows {
  readonly inputSize: number; // m
  readonly units: number; // k
  readonly components: number; // b, state entries per unit
  readonly count: number; // rows
  readonly layers: number; // passes within one step
  readonly width: number; // width of pre = [x (m); 1; s_{t-1} (k b); intermediates]
  readonly start: Int32Array; // [count + 1] entries of row r
  readonly source: Int32Array; // [entries] index into pre
  readonly param: Int32Array | null; // [entries] index into theta; null = identity; set only for tied weights
  readonly layer: Int32Array; // [count] ascending
  readonly destStart: Int32Array; // [count + 1]
  readonly dest: Int32Array; // [destinations] units a row moves within the step, its own first
  readonly live: Uint8Array; // [destinations x b] 0 where a gain is zero for every value of theta, x and s
  readonly direct: BlockPattern; // where ds_t/ds_{t-1} at fixed sums may be nonzero
  readonly directLive: Uint8Array; // [direct blocks x b x b] 0 where it is zero for every value
  readonly groups: readonly ParamGroup[]; // of parameters, by name
  readonly whole?: Rows; // where these rows hold some of a cell's entries only: all of them, which D is made of
  readonly stack?: StackStructure; // where these rows are those of several layers within one step
  readonly revision: number; // +1 when growth or dynamic sparsity changes the structure
}

/**
 * Layers within a step, from the bottom up. Link i says that s_t[linkEntry[i]], an output of a lower layer, moves a unit
 * above within the step: work[i b + c] = d s_t[linkUnit[i] b + c] / d s_t[linkEntry[i]], by differentiate.
 */
export interface StackStructure {
  readonly layerOfUnit: Int32Array; // [units]
  readonly copies: Int32Array; // places in pre that hold a lower output of this very step
  readonly linkUnit: Int32Array; // [links]
  readonly linkEntry: Int32Array; // [links]
  readonly macs: number; // products per step of the chain rule between layers
}

/** A named range of rows [start, end): logs, estimators per group, stages. */
export interface ParamGroup {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly sources?: Int32Array; // where which of it a row reads is a choice that the cell's maths do not know: all of it
}

/** One stream's values; theta and Rows are shared. */
export interface Lane extends Stateful {
  readonly pre: Float64Array; // [width]
  readonly sum: Float64Array; // [count]
  readonly work: Float64Array; // what activate leaves for differentiate; the cell's own layout
  readonly gain: Float64Array; // [destinations x b] ds_t/da_r
  readonly direct: Float64Array; // [direct blocks x b x b] row-major blocks
  readonly state: Float64Array; // [units x b] unit-major
}

/** s_t = f(s_{t-1}, x_t; theta). Never learns, never knows who differentiates it. */
export interface Cell {
  readonly inputSize: number; // m
  readonly units: number; // k
  readonly components: number; // b, state entries per unit
  readonly params: Float64Array; // theta [p]
  readonly rows: Rows; // what each sum reads, and which units it moves
  readonly readout: Int32Array; // state entries that heads read
  /** Values of one more stream, all zero; `begin` starts it. */
  lane(): Lane;
  begin(lane: Lane): void; // s_0, a constant: estimators start from J_0 = 0
  activate(layer: number, lane: Lane): void; // sums -> intermediates; the last layer -> state
  differentiate(lane: Lane): void; // fills gain and direct
  readonly stages?: Stages; // where units are meant to be learned one stage after the other
  renew?(unit: number, rng: Rng): void; // draws the parameters of one unit as at the start
  restructure?(rows: Rows): void; // `rows` are these from now on: of the same parameters, some at other places or at none
  readonly kernel?: CellKernel;
  readonly noKernel?: string; // why there is none
}

/** Units in stages: a later stage reads earlier ones, never the other way round. The arrays: what stages know of inputs. */
export interface Stages extends Stateful {
  readonly first: Int32Array; // [stages + 1] first unit of each
  readonly normalised: boolean; // every stage reads its inputs by statistics of its own
  /** The statistics of one stage's inputs take in those of the step just taken: constants within a step. */
  learn(lane: Lane, stage: number): void;
}

/** D_t = ds_t/ds_{t-1}, taken from the rows right after the step, before anything changes theta. */
export interface Dynamics {
  readonly cell: Cell;
  readonly lane: Lane;
  readonly pattern: BlockPattern; // where D may be nonzero, own block first
  own(): Float64Array; // [units x b x b] the diagonal blocks
  values(): Float64Array; // [pattern blocks x b x b]
  times(v: Float64Array, out: Float64Array): void; // out = D v
  timesTransposed(v: Float64Array, out: Float64Array): void; // out = D' v
}

/** What an estimator reads of D; the learner materialises no more than that. */
export type DynamicsNeed = 'own' | 'values' | 'products';

/** Tracks J_t ~ ds_t/dtheta. One per lane. */
export interface Estimator extends Stateful {
  readonly needs: readonly DynamicsNeed[]; // what of D it asks for
  /** Whether the gradient is the true one on a cell of such rows. */
  exactOn(rows: Rows): boolean;
  readonly unbiased?: boolean; // the mean over its own noise is the exact gradient
  readonly learned?: readonly string[]; // arrays that it learns itself: reset keeps them
  readonly longest?: number; // steps of an episode, where it holds so many and no more
  readonly cost: Cost; // per step
  update(d: Dynamics): void; // J_t <- approx(D_t J_{t-1} + I_t)
  pull(q: Float64Array, out: Float64Array): void; // ADDS q' J_t to out [p]; pure, any number of times
  push?(v: Float64Array, out: Float64Array): void; // out = J_t v, where it can
  /** Where it predicts later errors (synthetic gradients), so that pull is affine in q: shown q_t once, after pull. */
  teach?(q: Float64Array): void;
  /** For sequences under one theta: an estimator whose pull takes q_t and adds nothing, until `give`. */
  atEnd?(): Estimator;
  give?(out: Float64Array): void; // then: ADDS sum_t q_t' J_t of all that was taken, once, to out [p]
  /** A unit begins anew, in state and parameters: all that is known of its parameters' influence is 0. */
  restart?(unit: number): void;
  /** Which weight and state entry every number of an array belongs to; null: to none, whatever the weights. */
  places?(array: string): Places | null;
  /** The rows of the cell have changed: what is known of a weight that stays is kept, of another 0. */
  restructure?(): void;
  readonly kernel?: EstimatorKernel;
  readonly noKernel?: string; // why there is none
}

/** Of an array's numbers, those of one weight by ascending entry. */
export interface Places {
  readonly param: Int32Array; // [length] index into theta
  readonly entry: Int32Array; // [length] of the state
}

/** Predicted before training from the structure alone; the tests count the same. */
export interface Cost {
  readonly entries: number; // numbers stored between steps
  readonly macsPerStep: number; // multiply-adds of update and one pull
  readonly pull?: number; // of the pull, where it follows every weight to its own unit and no further
  readonly anotherPull?: number; // of each pull after the first; not told: macsPerStep at most
}

/** phi_t from the state's readout and the observation. */
export interface Features extends Stateful {
  readonly size: number;
  readonly macsPerStep: number; // of step and pull
  readonly pullMacs?: number; // of the pull; none where not given
  /** phi_t from the outputs of the cell and x_t; statistics move where `learn`. */
  step(output: Float64Array, x: Float64Array, phi: Float64Array, learn: boolean): void;
  pull(dPhi: Float64Array, dOutput: Float64Array): void; // with the scale used for this phi
  readonly constant?: number; // the place in phi that is always 1
  freeze?(first: number, end: number): void; // keeps the statistics of a range of outputs for good: a frozen stage
  restart?(first: number, end: number): void; // the statistics of a range of outputs as at the start
  readonly kernel?: FeaturesKernel;
  readonly noKernel?: string; // why there is none
}

/** Answers from features: one value, many, classes, or a policy. */
export interface Head extends Stateful {
  readonly outputs: number; // K
  readonly weights: Float64Array; // w
  readonly linear?: boolean; // v = W phi, w = W [K x features] row-major
  /** v_t [K] = head(phi_t). */
  predict(phi: Float64Array, v: Float64Array): void;
  gradient(k: number, dPhi: Float64Array): void; // dPhi = dv_k/dphi
  weightGradient(k: number, phi: Float64Array, out: Float64Array): void; // ADDS dv_k/dw to out
  /** Of all outputs at once, where that is cheaper: ADDS sum over k of error_k dv_k/dphi to dPhi, and error_k dv_k/dw to out. */
  descend?(error: Float64Array, phi: Float64Array, dPhi: Float64Array, out: Float64Array): void;
  readonly control?: Control; // where it chooses actions; outputs = 1
  readonly horde?: Horde; // where its outputs answer questions, by TD; linear
  /** Where the loss of a target is not 1/2 |y - v|^2: minus its slope at what gradient(k) differentiates. */
  error?(target: Float64Array, v: Float64Array, out: Float64Array): void;
  loss?(target: Float64Array, v: Float64Array): number; // then
  readonly macsPerStep?: number; // of prediction, gradients and error; not told: those of a linear head
  readonly kernel?: HeadKernel;
  readonly noKernel?: string; // why there is none
}

/** Weights that one rule moves. What an error is credited to is complete before apply sees the error. */
export interface WeightGroup {
  readonly name: 'cell' | 'head';
  readonly weights: Float64Array; // w [n]
  readonly gradient: Float64Array; // [n] dv/dw of the latest step that trace was called for: at apply, of v_{t-1}
  readonly divisor?: Float64Array; // [1] by which step sizes that a rule does not learn are divided; growth sets it
  readonly features?: Float64Array; // phi_t where the weights are linear in it; already of this step when apply is called
  readonly reach?: Reach; // of the cell, where the rule `reads` it
}

/** What the weights of a cell do to the features of their own units, the head's weights aside. */
export interface Reach {
  readonly sensitivity: Float64Array; // [p] dphi_i/dw, phi_i the feature that w's own unit makes; of the gradient's step
  readonly feature: Int32Array; // [p] that i; -1: its unit makes none, or several
}

/**
 * One error and its surroundings; the object is reused. From TD: delta_t = c_t + gamma_t v_t - v_{t-1}. From a target, one
 * output: y_t - v_t, and trace comes before apply. From targets, several outputs: `combined`, where delta is 1 and the
 * gradient is that of the loss, sum over k of error_k dv_k/dw.
 */
export interface Credit {
  readonly delta: number;
  readonly v_tm1: number;
  readonly v_t: number;
  readonly discount_t: number; // gamma_t, on the way into x_t
  readonly ratio: number; // importance ratio of the action that led into x_t, 1 on-policy
  readonly supervised: boolean; // the error is a target's
  readonly combined: boolean; // there is no single error
}

/** Turns (error, gradient) into a change of weights; owns traces and step sizes. */
export interface StepSizeRule extends Stateful {
  readonly macsPerStep: number; // of apply and trace, all groups
  readonly headOnly?: boolean; // it moves no weight of the cell, and knows features rather than gradients
  readonly single?: boolean; // it needs delta and gradient apart: no combined errors
  readonly reads?: 'reach'; // of the cell's group
  /** Of the head: z hangs on gradients, discounts and lambda alone, and errors move weights by alpha along it. */
  readonly shares?: { readonly alpha: number; readonly lambda: number };
  apply(c: Credit): void; // weights += alpha delta_t z_{t-1}
  trace(c: Credit): void; // z_t = gamma_t lambda z_{t-1} + gradient_t
  readonly fixed?: boolean; // step sizes are its settings, whatever is learned
  /** The step size of each weight of a group as it stands: what a unit of delta times gradient moves it by [n]. */
  stepSizes(group: WeightGroup['name'], into: Float64Array): void;
  /** Weights [start, end) of a group begin anew, or will be still from now on: no trace, step sizes as at the start. */
  restart(group: WeightGroup['name'], start: number, end: number): void;
  readonly kernel?: RuleKernel | SwiftKernel | HordeKernel;
  readonly noKernel?: string; // why there is none
}

/**
 * Adds, freezes, replaces units, or weights, while the stream goes on; all units there will ever be, and as many weights,
 * have their place from the start.
 */
export interface Growth extends Stateful {
  readonly macsPerStep: number;
  /** Where only some of the weights learn at a time: the rows as these see them, the rest being input. */
  readonly learning?: Rows;
  hide?(perOutput: Float64Array): void; // phi_t or dv_t/ds_t: 0 at outputs of units that are not there yet
  hold?(perWeight: Float64Array): void; // [p] of the cell: 0 at weights that stand still
  /** The slope q_t of what has the error [1], which comes with it, or `late`: with the next. */
  blame?(lane: Lane, q: Float64Array, error: Float64Array, late: boolean): void;
  step(): void; // after each step that may teach
  readonly kernel?: GrowthKernel;
  readonly noKernel?: string; // why there is none
}
