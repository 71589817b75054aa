/**
 * The step-size rules of a horde, as one. Question k has its own error and discount, its own row of the head's weights,
 * and shares phi with all others:
 *   head   one eligibility per bundle of questions where the rule can share it (shared-trace.ts), else a rule per question
 *   cell   exact: a rule per question, each with its own z over all parameters, together with its row of the head where
 *          this is not shared; cheap: one rule for sum_k delta_k grad v_k, the gradient of one step
 */
import type { HordeKernel } from './kernels/kernel.ts';
import { bundlesOf, type Horde } from './questions.ts';
import { sharedTrace, type SharedTrace } from './shared-trace.ts';
import { joined } from './stateful.ts';
import type { Credit, Stateful, StepSizeRule, WeightGroup } from './types.ts';
import { UserError } from './user-error.ts';

/** Of the step: [K] each. */
export interface Answers {
  readonly delta: Float64Array;
  readonly discount: Float64Array; // gamma_t
  readonly v_tm1: Float64Array;
  readonly v_t: Float64Array;
}

export interface QuestionRulesNeeds {
  readonly horde: Horde;
  readonly groups: readonly WeightGroup[]; // of the learner: the head, and the cell where it learns
  readonly phi: Float64Array;
  readonly answers: Answers;
  readonly isClipped: boolean; // question by question: then no two have the same gradients
  readonly create: (groups: readonly WeightGroup[], lambda?: number | null) => StepSizeRule;
}

export interface QuestionRules {
  readonly rule: StepSizeRule;
  readonly heads: readonly Float64Array[]; // gradient of each question by its row [size]; one for all where none is clipped
  readonly cells: readonly Float64Array[]; // by the cell's parameters [p]: exact, one per question; cheap, one
  readonly bundles: readonly Int32Array[]; // questions that share an eligibility
  readonly answers: Answers;
}

export function questionRules(needs: QuestionRulesNeeds): QuestionRules {
  const { horde, groups, phi, answers, isClipped, create } = needs;
  const { questions, recurrent } = horde;
  const K = questions.length;
  const size = phi.length;
  const head = groups.find(({ name }) => name === 'head')!;
  const cell = groups.find(({ name }) => name === 'cell');
  const heads = Array.from({ length: isClipped ? K : 1 }, () => new Float64Array(size));
  const cells = Array.from({ length: !cell ? 0 : recurrent === 'exact' ? K : 1 }, () => like(cell!.weights));
  const rowOf = (k: number): WeightGroup => {
    const weights = head.weights.subarray(k * size, (k + 1) * size);
    return { ...head, weights, gradient: heads[isClipped ? k : 0]! };
  };
  const cellOf = (k: number): WeightGroup[] =>
    cell && recurrent === 'exact' ? [{ ...cell, gradient: cells[k]! }] : [];
  const shares = !isClipped && create([rowOf(0)]).shares !== undefined;
  const bundles = shares ? bundlesOf(questions) : [];
  const traces = bundles.map((members): SharedTrace => {
    const { alpha, lambda } = create([rowOf(members[0]!)], questions[members[0]!]!.lambda).shares!;
    const { divisor } = head;
    return sharedTrace({
      ...answers,
      weights: head.weights,
      questions: members,
      phi,
      alpha,
      lambda,
      ...(divisor ? { divisor } : {}),
    });
  });
  const own = questions.flatMap(({ lambda }, k) => {
    const its = [...cellOf(k), ...(shares ? [] : [rowOf(k)])];
    return its.length === 0 ? [] : [create(its, lambda)];
  });
  const sum = cell && recurrent === 'cheap' ? create([{ ...cell, gradient: cells[0]! }]) : null;
  if (sum?.single) throw needsOne();
  const all: Record<string, Stateful> = {
    ...Object.fromEntries(traces.map((trace, i) => [`bundle${i}`, trace])),
    ...Object.fromEntries(own.map((rule, k) => [String(k), rule])),
    ...(sum ? { sum } : {}),
  };
  const parts = Object.values(all);
  const rules = [...own, ...(sum ? [sum] : [])];
  const credit = { ...NONE };
  const load = (k: number, { ratio }: Credit): void => {
    credit.delta = answers.delta[k]!;
    credit.discount_t = answers.discount[k]!;
    credit.v_tm1 = answers.v_tm1[k]!;
    credit.v_t = answers.v_t[k]!;
    credit.ratio = ratio;
    credit.combined = false;
  };
  /** All of it at once: a trace that decays by 0 is the gradient, whose error is in it. */
  const applySum = ({ ratio }: Credit): void => {
    Object.assign(credit, SUM);
    credit.ratio = ratio;
    sum!.trace(credit);
    sum!.apply(credit);
    sum!.reset();
  };
  const rule: StepSizeRule = {
    ...joined(all, () => {
      for (let i = 0; i < parts.length; i++) parts[i]!.reset();
    }),
    macsPerStep: [...traces, ...rules].reduce((total, { macsPerStep }) => total + macsPerStep, 0),
    ...(rules.every(({ fixed }) => fixed) ? { fixed: true } : {}), // and traces that are shared have fixed ones
    ...(rules.some(({ headOnly }) => headOnly) ? { headOnly: true } : {}),
    ...(rules.some(({ reads }) => reads) ? { reads: 'reach' as const } : {}),
    ...(shares && rules.length === 0
      ? { kernel: kernelOf(horde, bundles, (lambda) => create([rowOf(0)], lambda)) }
      : { noKernel: 'questions that teach a cell, or share no eligibility, learn on the reference path' }),
    apply(c) {
      for (let i = 0; i < traces.length; i++) traces[i]!.apply(c);
      for (let k = 0; k < own.length; k++) {
        load(k, c);
        own[k]!.apply(credit);
      }
      if (sum) applySum(c);
    },
    trace(c) {
      for (let i = 0; i < traces.length; i++) {
        load(bundles[i]![0]!, c);
        traces[i]!.trace(credit);
      }
      for (let k = 0; k < own.length; k++) {
        load(k, c);
        own[k]!.trace(credit);
      }
    },
    stepSizes(name, into) {
      if (name === 'head') {
        for (let k = 0; k < K; k++) rowSizes(k, into.subarray(k * size, (k + 1) * size));
      } else meanSizes(rules, into);
    },
    restart(name, start, end) {
      if (name === 'cell') {
        for (const gradient of cells) gradient.fill(0, start, end);
        for (const one of rules) one.restart('cell', start, end);
      } else for (let k = 0; k < K; k++) restartRow(k, Math.max(0, start - k * size), Math.min(size, end - k * size));
    },
  };
  function rowSizes(k: number, into: Float64Array): void {
    if (shares) create([rowOf(k)], questions[k]!.lambda).stepSizes('head', into);
    else own[k]!.stepSizes('head', into);
  }
  function restartRow(k: number, start: number, end: number): void {
    if (start >= end) return;
    if (isClipped || k === 0) heads[k]!.fill(0, start, end);
    if (!shares) return own[k]!.restart('head', start, end);
    traces[bundles.findIndex((members) => members.includes(k))]!.restart(start, end);
  }
  return { rule, heads, cells, bundles, answers };
}

function kernelOf(
  { questions }: Horde,
  bundles: readonly Int32Array[],
  rule: (lambda: number | null) => StepSizeRule,
): HordeKernel {
  const members = bundles.map((of) => ({ lambda: rule(questions[of[0]!]!.lambda).shares!.lambda, questions: of }));
  return { kind: 'horde', alpha: rule(null).shares!.alpha, bundles: members };
}

const NONE = { delta: 0, v_tm1: 0, v_t: 0, discount_t: 0, ratio: 1, supervised: false, combined: false };
const SUM = { ...NONE, delta: 1, combined: true };

const like = (weights: Float64Array): Float64Array => new Float64Array(weights.length);

/** What several rules for the same weights would move them by, on average. */
function meanSizes(rules: readonly StepSizeRule[], into: Float64Array): void {
  const one = like(into);
  into.fill(0);
  for (const rule of rules) {
    rule.stepSizes('cell', one);
    for (let i = 0; i < into.length; i++) into[i]! += one[i]! / rules.length;
  }
}

function needsOne(): UserError {
  return new UserError(
    'Cannot credit the cell with all questions at once by this step-size rule: it needs one error and its gradient apart; set recurrent of the head to exact',
  );
}
