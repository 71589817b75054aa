/**
 * One learner, one stream: the only place where parts meet, and the order of one update. At time t:
 *   1  s_t = f(s_{t-1}, x_t; theta), and what the estimators need of D_t
 *   2  phi_t, v_t = head(phi_t)
 *   3  delta_t = c_t + gamma_t v_t - v_{t-1}
 *   4  theta, w += alpha delta_t z_{t-1}                                       rule.apply
 *   5  J_t;  q_t = dv_t/ds_t with the head after 4;  z_t = gamma_t lambda z_{t-1} + q_t' J_t     rule.trace
 * With a supervised target y_t there is no z: after 2, J_t, the gradient of 1/2 |y_t - v_t|^2, applied at once.
 * Last, the structure may change: growth.
 * A head that chooses actions learns from what they earn: learning/control.ts; one that answers many questions has an
 * error for each: learning/horde.ts.
 * A `start` begins the lane and clears J and z (or z alone), predicts, and changes nothing.
 */
import { checkChunk, type ReportChunk, type StepChunk } from './chunk.ts';
import { allFinite, DivergenceError, firstBad } from './divergence-error.ts';
import { fromActions } from './learning/control.ts';
import { createCore } from './learning/core.ts';
import { fromQuestions } from './learning/horde.ts';
import { fromTargets } from './learning/targets.ts';
import { fromTdErrors } from './learning/td-errors.ts';
import type { Normaliser } from './normaliser.ts';
import { joined, named } from './stateful.ts';
import type {
  Cell,
  Estimator,
  Features,
  Growth,
  GrowthNeeds,
  Head,
  Report,
  Rng,
  Stateful,
  Step,
  StepSizeRule,
  WeightGroup,
} from './types.ts';
import { UserError } from './user-error.ts';

/** One of each part, already made. */
export interface LearnerParts {
  readonly cell: Cell; // x_t, s_{t-1} -> s_t
  readonly estimator: Estimator; // of ds_t / dtheta
  readonly features: Features; // s_t, x_t -> phi_t
  readonly head: Head; // phi_t -> v_t
  readonly inputs?: Normaliser | null; // of x_t, before the cell
  /** `lambda`: that of one question of a horde, where it has one of its own. */
  readonly rule: (groups: readonly WeightGroup[], lambda?: number | null) => StepSizeRule;
  readonly policy?: Rng; // draws the actions of a head that chooses them
  readonly growth?: (learner: GrowthNeeds) => Growth; // none: the structure never changes
}

/** What is decided about a learner beside its parts. */
export interface LearnerSettings {
  readonly clip?: number | null; // largest L2 norm of one step's gradient, all groups together
  readonly keepStateAcrossEpisodes?: boolean; // a `start` clears z alone
  readonly learning?: boolean; // false: predict only, nothing changes
  readonly nonFinite?: 'stop' | 'skip'; // what a cumulant, discount or target that is no finite number does
  /** Random feedback (Lillicrap et al. 2016): a fixed B [K x readout] in place of the head's weights when q is formed. */
  readonly feedback?: Float64Array | null;
}

/** What every learner can do, on either path. Nothing is allocated in `step` and `run`. */
export interface Learner extends Stateful {
  readonly inputSize: number; // m, entries of x_t
  readonly questions: number; // predictions per step
  readonly parameters: number; // of cell and head
  /** a_t, 0 .. actions - 1, where the head chooses actions; -1 where it does not. */
  readonly action: number;
  /**
   * One update, in the order above; the report is reused by the next call. A DivergenceError where a number is not
   * finite.
   */
  step(s: Step): Report;
  /** Throws where a chunk does not fit. */
  check(chunk: StepChunk): void;
  /** The steps of a chunk, one after the other; `out` holds predictions and errors of each. */
  run(chunk: StepChunk, out: ReportChunk): void;
}

/** The learner of the reference path, which shows its parts. */
export interface ReferenceLearner extends Learner {
  readonly cell: Cell; // whose parameters it moves
  readonly rule: StepSizeRule; // of cell and head together, or of each
  /**
   * Of the cell's parameters at the latest step [p]: of the prediction, or of the loss where there are several targets. Of
   * a horde: of the sum of its predictions, and only once something is watched.
   */
  readonly gradient: Float64Array;
  /** Keeps another estimator up to date beside the active one; its gradient, on the same scale, is the returned array [p]. */
  watch(estimator: Estimator): Float64Array;
}

/** The learner of the reference path, in float64. */
export function createLearner(parts: LearnerParts, settings: LearnerSettings = {}): ReferenceLearner {
  const { cell, estimator, features, head, inputs = null } = parts;
  const { clip = null, keepStateAcrossEpisodes = false } = settings;
  const core = createCore(parts, settings);
  const { lane, rule, growth, report, v_tm1, time, skipped, w } = core;
  const begin = (): void => {
    rule.reset();
    if (!keepStateAcrossEpisodes || time[0] === 0) core.begin();
  };
  const acting = head.control ? fromActions(core, head.control, parts.policy ?? null) : null;
  const asking = head.horde ? fromQuestions(core, clip) : null;
  const state = joined(
    {
      cell: named({ params: cell.params }, () => undefined),
      lane,
      estimator,
      features,
      ...(inputs ? { inputs } : {}),
      head,
      rule,
      ...(growth ? { growth } : {}),
      learner: named({ v_tm1, time, skipped }, () => undefined),
      ...(acting ? { control: acting.state } : {}),
      ...(asking ? { questions: asking.state } : {}),
    },
    begin,
  );
  const learnFromTarget = fromTargets(core, clip);
  const learnFromTdError = fromTdErrors(core, clip);

  const take = (s: Step): Report => {
    if (s.start) begin();
    core.predict(s.observation);
    if (acting) acting.learn(s);
    else if (asking) asking.learn(s);
    else if (s.target) learnFromTarget(s.target);
    else learnFromTdError(s);
    v_tm1.set(report.prediction);
    if (!allFinite(report.prediction) || !allFinite(report.delta)) throw new DivergenceError(time[0]!, firstBad(state));
    if (core.learning) growth?.step();
    time[0]!++;
    return report;
  };

  const check = (chunk: StepChunk): void => {
    checkChunk(chunk, cell.inputSize, head.outputs);
    if (chunk.length > 1 && head.control && head.control.actions > 1) throw oneByOne(chunk.length);
  };
  const one = w.step; // a Step over memory of its own
  return {
    ...state,
    get arrays() {
      return state.arrays;
    },
    inputSize: cell.inputSize,
    questions: head.outputs,
    parameters: cell.params.length + head.weights.length,
    get action() {
      return acting ? acting.chosen[0]! : -1;
    },
    cell,
    gradient: w.cellGradient,
    rule,
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
    watch: core.watch,
  };
}

/** A chunk was lived before its first step is answered. */
function oneByOne(length: number): UserError {
  return new UserError(
    `Cannot act in a chunk of ${length} steps: the head chooses an action at every one; interact with chunk 1`,
  );
}
