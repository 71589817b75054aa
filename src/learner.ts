/**
 * One learner, one stream: the only place where parts meet, and the order of one update. At time t:
 *   1  s_t = f(s_{t-1}, x_t; theta), and what the estimators need of D_t
 *   2  phi_t, v_t = head(phi_t)
 *   3  delta_t = c_t + gamma_t v_t - v_{t-1}
 *   4  theta, w += alpha delta_t z_{t-1}                                       rule.apply
 *   5  J_t;  q_t = dv_t/ds_t with the head after 4;  z_t = gamma_t lambda z_{t-1} + q_t' J_t     rule.trace
 * With a supervised target y_t there is no z: after 2, J_t, the gradient of 1/2 |y_t - v_t|^2, applied at once.
 * A `start` begins the lane and clears J and z (or z alone), predicts, and changes nothing.
 */
import { createReport, type Workspace, workspace } from './learner-workspace.ts';
import { checkChunk, type ReportChunk, type StepChunk } from './chunk.ts';
import { DivergenceError, firstBad } from './divergence-error.ts';
import { RowDynamics } from './dynamics.ts';
import type { Normaliser } from './normaliser.ts';
import { step as forward } from './rows.ts';
import { joined, named } from './stateful.ts';
import type {
  Cell,
  DynamicsNeed,
  Estimator,
  Features,
  Head,
  Report,
  Stateful,
  Step,
  StepSizeRule,
  WeightGroup,
} from './types.ts';
import { UserError } from './user-error.ts';

export interface LearnerParts {
  readonly cell: Cell;
  readonly estimator: Estimator;
  readonly features: Features;
  readonly head: Head;
  readonly inputs?: Normaliser | null; // of x_t, before the cell
  readonly rule: (groups: readonly WeightGroup[]) => StepSizeRule;
}

export interface LearnerSettings {
  readonly clip?: number | null; // largest L2 norm of one step's gradient, all groups together
  readonly keepStateAcrossEpisodes?: boolean; // a `start` clears z alone
  readonly learning?: boolean; // false: predict only, nothing changes
  /** Random feedback (Lillicrap et al. 2016): a fixed B [K x readout] in place of the head's weights when q is formed. */
  readonly feedback?: Float64Array | null;
}

export interface Learner extends Stateful {
  readonly inputSize: number;
  readonly questions: number;
  readonly parameters: number;
  step(s: Step): Report;
  /** Throws where a chunk does not fit. */
  check(chunk: StepChunk): void;
  run(chunk: StepChunk, out: ReportChunk): void;
}

/** The learner of the reference path, which shows its parts. */
export interface ReferenceLearner extends Learner {
  readonly cell: Cell;
  /** The gradient of the cell's parameters at the latest step, clipped where asked for [p]. */
  readonly gradient: Float64Array;
  /** Keeps another estimator up to date beside the active one; its gradient, on the same scale, is the returned array [p]. */
  watch(estimator: Estimator): Float64Array;
}

export function createLearner(parts: LearnerParts, settings: LearnerSettings = {}): ReferenceLearner {
  const { cell, estimator, features, head, inputs = null } = parts;
  const { clip = null, keepStateAcrossEpisodes = false, learning = true, feedback = null } = settings;
  const lane = cell.lane();
  const dynamics = new RowDynamics(cell, lane);
  const w: Workspace = workspace(cell, features, head, estimator.cost.macsPerStep === 0);
  const rule = parts.rule(w.groups);
  if (rule.headOnly) checkHeadOnly(w.groups, clip);
  const watched: { estimator: Estimator; gradient: Float64Array }[] = [];
  const needs = new Set<DynamicsNeed>(estimator.needs);
  const credit = { delta: 0, v_tm1: 0, v_t: 0, discount_t: 0, ratio: 1, supervised: false };
  const report = createReport(head.outputs);
  const v_tm1 = new Float64Array(head.outputs); // [K] as predicted then
  const time = new Float64Array(1); // steps taken

  const begin = (): void => {
    rule.reset();
    if (keepStateAcrossEpisodes && time[0]! > 0) return;
    cell.begin(lane);
    estimator.reset();
    for (const other of watched) other.estimator.reset();
  };

  const state = joined(
    {
      cell: named({ params: cell.params }, () => undefined),
      lane,
      estimator,
      features,
      ...(inputs ? { inputs } : {}),
      head,
      rule,
      learner: named({ v_tm1, time }, () => undefined),
    },
    begin,
  );

  const predict = (x: Float64Array): void => {
    if (inputs) inputs.step(x, w.x, learning);
    else w.x.set(x);
    forward(cell, lane, w.x); // 1
    if (learning) dynamics.materialise(needs);
    for (let i = 0; i < w.output.length; i++) w.output[i] = lane.state[cell.readout[i]!]!;
    features.step(w.output, w.x, w.phi, learning);
    head.predict(w.phi, report.prediction); // 2
  };

  const influence = (): void => {
    estimator.update(dynamics);
    for (const other of watched) other.estimator.update(dynamics);
  };

  /** Gradient of sum over k of weight_k v_k into the groups; null: of v_0, the only one. */
  const differentiate = (weights: Float64Array | null): void => {
    w.clear();
    for (let k = 0; k < head.outputs; k++) {
      const weight = weights === null ? 1 : weights[k]!;
      if (weight === 0) continue;
      head.gradient(k, w.dPhiOne);
      for (let i = 0; i < w.dPhi.length; i++) w.dPhi[i]! += weight * w.dPhiOne[i]!;
      w.addHead(head, k, weights);
    }
    if (feedback) w.feedBack(feedback, weights);
    else features.pull(w.dPhi, w.dOutput);
    for (let i = 0; i < w.output.length; i++) w.q[cell.readout[i]!]! += w.dOutput[i]!;
    estimator.pull(w.q, w.cellGradient);
    for (const other of watched) other.estimator.pull(w.q, other.gradient.fill(0));
    if (clip === null) return;
    w.clip(clip);
    for (const other of watched) for (let i = 0; i < other.gradient.length; i++) other.gradient[i]! *= w.scale[0]!;
  };

  const supervised = (target: Float64Array): void => {
    for (let k = 0; k < head.outputs; k++) report.delta[k] = target[k]! - report.prediction[k]!;
    if (!learning) return;
    influence();
    differentiate(report.delta);
    estimator.teach?.(w.q);
    for (const other of watched) other.estimator.teach?.(w.q);
    credit.delta = 1;
    credit.v_tm1 = 0;
    credit.v_t = report.prediction[0]!;
    credit.discount_t = 0;
    credit.ratio = 1;
    credit.supervised = true;
    rule.trace(credit);
    rule.apply(credit);
    rule.reset(); // a target is an answer: it leaves no z behind
  };

  const temporalDifference = (s: Step): void => {
    oneQuestion(head.outputs);
    if (learning && estimator.teach) throw noTargets();
    const gamma = s.start ? 0 : s.discount[0]!;
    const delta = s.start ? 0 : s.cumulant[0]! + gamma * report.prediction[0]! - v_tm1[0]!; // 3
    report.delta[0] = delta;
    if (!learning) return;
    credit.delta = delta;
    credit.v_tm1 = v_tm1[0]!;
    credit.v_t = report.prediction[0]!;
    credit.discount_t = gamma;
    credit.ratio = s.ratio ?? 1;
    credit.supervised = false;
    if (!s.start) rule.apply(credit); // 4
    influence(); // 5
    differentiate(null);
    rule.trace(credit);
  };

  const take = (s: Step): Report => {
    if (s.start) begin();
    predict(s.observation);
    if (s.target) supervised(s.target);
    else temporalDifference(s);
    v_tm1.set(report.prediction);
    if (!allFinite(report)) throw new DivergenceError(time[0]!, firstBad(state));
    time[0]!++;
    return report;
  };

  const check = (chunk: StepChunk): void => checkChunk(chunk, cell.inputSize, head.outputs);
  const one = w.step; // a Step over memory of its own
  return {
    ...state,
    inputSize: cell.inputSize,
    questions: head.outputs,
    parameters: cell.params.length + head.weights.length,
    cell,
    gradient: w.cellGradient,
    step: take,
    check,
    run(chunk, out) {
      check(chunk);
      for (let i = 0; i < chunk.length; i++) {
        w.load(chunk, i);
        const { prediction, delta } = take(one);
        out.prediction.set(prediction, i * head.outputs);
        out.delta.set(delta, i * head.outputs);
      }
      out.length = chunk.length;
    },
    watch(other) {
      for (const need of other.needs) needs.add(need);
      const gradient = new Float64Array(cell.params.length); // [p]
      watched.push({ estimator: other, gradient });
      return gradient;
    },
  };
}

/** With lambda > 0 exact credit needs one z per question, and learners keep one. */
export function oneQuestion(outputs: number): void {
  if (outputs === 1) return;
  throw new UserError(
    `Cannot learn ${outputs} questions from TD errors: a learner takes one; make one learner per question, or give targets`,
  );
}

/** A rule of the head alone would leave a cell that learns as it is, without a word. */
function checkHeadOnly(groups: readonly WeightGroup[], clip: number | null): void {
  if (groups.some(({ name, weights }) => name === 'cell' && weights.length > 0)) {
    throw new UserError(
      'Cannot learn the cell: this step-size rule moves the head alone; take estimator none, or another rule',
    );
  }
  if (clip === null) return;
  throw new UserError('Cannot clip gradients: this step-size rule has no use for them; leave clip at null');
}

/** What comes later is predicted from errors, and a TD error is known one step late. */
function noTargets(): UserError {
  return new UserError(
    'Cannot learn from TD errors by synthetic gradients: they need targets; take another estimator, or give targets',
  );
}

function allFinite({ prediction, delta }: Report): boolean {
  for (let k = 0; k < prediction.length; k++) if (!Number.isFinite(prediction[k]! + delta[k]!)) return false;
  return true;
}
