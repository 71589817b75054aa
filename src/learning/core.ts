/** What all ways to learn share: one stream's parts and memory, and the pieces of a step that change nothing. */
import type { Slope } from '../control.ts';
import { createReport, type Workspace, workspace } from '../learner-workspace.ts';
import { RowDynamics } from '../dynamics.ts';
import { allFinite, DivergenceError } from '../divergence-error.ts';
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { Horde } from '../questions.ts';
import { questionRules, type QuestionRules } from '../question-rules.ts';
import { step as forward } from '../rows.ts';
import type { Credit, DynamicsNeed, Estimator, Growth, Lane, Report, Rows, StepSizeRule } from '../types.ts';
import { UserError } from '../user-error.ts';
import { checkRule } from './check-rule.ts';

export interface Core {
  readonly parts: LearnerParts;
  readonly lane: Lane;
  readonly w: Workspace;
  readonly rule: StepSizeRule;
  readonly asked: QuestionRules | null; // of a head that answers questions
  readonly growth: Growth | null;
  readonly learning: boolean;
  readonly report: Report;
  readonly v_tm1: Float64Array; // [K] as predicted then
  readonly time: Float64Array; // [1] steps taken
  readonly skipped: Float64Array; // [1] of those, how many taught nothing: a number from the world was not finite
  readonly credit: { -readonly [Name in keyof Credit]: Credit[Name] };
  readonly watched: readonly Watched[];
  watch(estimator: Estimator): Float64Array;
  blame(): void; // tells growth what the error of the latest slope, which is in it, is due to
  begin(): void; // s_0 and J_0
  predict(x: Float64Array): void; // s_t, D_t, phi_t and v_t
  /** Whether the report's errors may teach; where they are not finite nothing has been changed by them yet. */
  admit(): boolean;
  influence(): void; // J_t
  readonly limit: Float64Array; // [1] L2 norm that no gradient exceeds: in memory, a number as an argument costs heap
  /** Gradient of sum over k of weight_k v_k into the groups, no longer than `limit`; null: of v_0, the only one. */
  differentiate(weights: Float64Array | null): void;
  slope(k: number): void; // dv_k/ds at the state's readout, into w.dOutput
  pull(gradient: Float64Array): void; // of what has the slope w.dOutput, by the cell's parameters
  measureReach(): void;
  /** The same of another function of phi_t. */
  differentiateSlope(slope: Slope): void;
}

interface Watched {
  readonly estimator: Estimator;
  readonly gradient: Float64Array; // [p]
}

export function createCore(parts: LearnerParts, settings: LearnerSettings): Core {
  const { cell, estimator, features, head, inputs = null } = parts;
  const { clip = null, learning = true, feedback = null, nonFinite = 'stop' } = settings;
  const lane = cell.lane();
  let dynamics = new RowDynamics(cell, lane);
  const isStill = estimator.cost.macsPerStep === 0 || head.horde?.recurrent === 'none';
  const w = workspace(cell, features, head, isStill);
  const report = createReport(head.outputs);
  const v_tm1 = new Float64Array(head.outputs);
  const asked = head.horde ? ask(head.horde, parts, w, report, v_tm1, clip !== null) : null;
  const rule = asked?.rule ?? parts.rule(w.groups);
  checkRule(rule, w.groups, clip, estimator);
  if (feedback && head.control) throw noFeedback();
  const watched: Watched[] = [];
  const needs = new Set<DynamicsNeed>(isStill ? [] : estimator.needs);
  const time = new Float64Array(1);
  const skipped = new Float64Array(1);
  const { phi, groups } = w;
  const forget = (unit: number): void => {
    restartOf(estimator)(unit);
    for (const other of watched) restartOf(other.estimator)(unit);
  };
  const restructure = (rows: Rows): void => {
    cell.restructure!(rows);
    dynamics = new RowDynamics(cell, lane);
    estimator.restructure!();
    for (const other of watched) other.estimator.restructure!();
    w.reach.restructure();
  };
  const site = { cell, lane, features, phi, head, groups, rule, estimator, forget, restructure };
  const growth = parts.growth?.(site) ?? null;
  const scale = (gradient: Float64Array): void => {
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= w.scale[0]!;
  };
  const hold = (by: Growth): void => {
    by.hold!(w.cellGradient);
    for (const other of watched) by.hold!(other.gradient);
  };
  const measureReach = (): void => {
    w.reach.measure(features, estimator);
    growth?.hold?.(w.reach.sensitivity);
  };
  /** From dPhi and the head's gradient to the cell's. */
  const limit = Float64Array.of(clip ?? Infinity);
  const descend = (): void => {
    growth?.hide?.(w.dOutput);
    for (let i = 0; i < w.output.length; i++) w.q[cell.readout[i]!]! += w.dOutput[i]!;
    estimator.pull(w.q, w.cellGradient);
    for (const other of watched) other.estimator.pull(w.q, other.gradient.fill(0));
    if (growth?.hold) hold(growth);
    if (rule.reads === 'reach') measureReach();
    if (limit[0] === Infinity) return;
    w.clip(limit);
    for (const other of watched) scale(other.gradient);
  };
  return {
    parts,
    lane,
    w,
    rule,
    growth,
    learning,
    limit,
    report,
    v_tm1,
    asked,
    time,
    skipped,
    credit: { delta: 0, v_tm1: 0, v_t: 0, discount_t: 0, ratio: 1, supervised: false, combined: false },
    watched,
    watch(other) {
      if (growth?.shape && !other.restructure) throw standsStill();
      for (const need of [...other.needs, ...estimator.needs]) needs.add(need);
      const gradient = new Float64Array(cell.params.length); // [p]
      watched.push({ estimator: other, gradient });
      return gradient;
    },
    blame: () => growth?.blame?.(lane, w.q, ONE, false),
    begin() {
      cell.begin(lane);
      estimator.reset();
      for (const other of watched) other.estimator.reset();
    },
    predict(x) {
      if (inputs) inputs.step(x, w.x, learning);
      else w.x.set(x);
      forward(cell, lane, w.x);
      if (learning) dynamics.materialise(needs);
      for (let i = 0; i < w.output.length; i++) w.output[i] = lane.state[cell.readout[i]!]!;
      features.step(w.output, w.x, w.phi, learning);
      growth?.hide?.(w.phi);
      head.predict(w.phi, report.prediction);
    },
    admit() {
      if (allFinite(report.delta)) return true;
      if (!allFinite(report.prediction)) return true; // the learner itself diverged, and says so
      if (nonFinite === 'stop') throw new DivergenceError(time[0]!, 'delta (a cumulant, discount or target)');
      report.delta.fill(0);
      skipped[0]!++;
      return false;
    },
    influence() {
      estimator.update(dynamics);
      for (const other of watched) other.estimator.update(dynamics);
    },
    differentiate(weights) {
      w.clear();
      w.descend(head, weights);
      if (feedback) w.feedBack(feedback, weights);
      else features.pull(w.dPhi, w.dOutput);
      descend();
    },
    slope(k) {
      head.gradient(k, w.dPhiOne);
      if (feedback) for (let i = 0; i < w.dOutput.length; i++) w.dOutput[i] = feedback[k * w.dOutput.length + i]!;
      else features.pull(w.dPhiOne, w.dOutput);
      growth?.hide?.(w.dOutput);
    },
    pull(gradient) {
      w.q.fill(0);
      for (let i = 0; i < w.output.length; i++) w.q[cell.readout[i]!]! += w.dOutput[i]!;
      estimator.pull(w.q, gradient.fill(0));
      growth?.hold?.(gradient);
    },
    measureReach,
    differentiateSlope(slope) {
      w.clear();
      w.addSlope(slope);
      features.pull(w.dPhi, w.dOutput);
      descend();
    },
  };
}

const ONE = Float64Array.of(1);

function ask(
  horde: Horde,
  { rule: create }: LearnerParts,
  { groups, phi }: Workspace,
  { prediction, delta }: Report,
  v_tm1: Float64Array,
  isClipped: boolean,
): QuestionRules {
  const answers = { delta, discount: new Float64Array(delta.length), v_tm1, v_t: prediction };
  return questionRules({ horde, groups, phi, answers, isClipped, create });
}

function restartOf({ restart }: Estimator): (unit: number) => void {
  if (restart) return restart;
  throw new UserError('Cannot replace a unit: this estimator cannot forget one; take columnar');
}

function standsStill(): UserError {
  return new UserError(
    'Cannot watch this estimator: weights come and go, and it cannot carry over what it knows; set growth to none',
  );
}

function noFeedback(): UserError {
  return new UserError(
    "Cannot act with random feedback: which way it would point depends on the action; leave the agent's feedback at null",
  );
}
