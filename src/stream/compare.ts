/**
 * compare(learner, estimators, reference): passive estimators beside the active one, on the same lane and stream; they
 * see every step and change nothing. Their gradients of v_t are held against a reference, by default the active
 * estimator's gradient, over all parameters and group by group (src/audit).
 *
 *   --[x, c, gamma]--------------------[x, c, gamma]--|
 *        compare(learner, { rtrl, immediate })
 *   --{ rtrl: {cosine, relativeError, normRatio}, ...}---...-----|
 *
 * The three are means over the chunk's steps at which the reference is not zero.
 */
import { map, type OperatorFunction, pipe } from 'rxjs';
import { auditor, type GroupAlignment, type Reference } from '../audit/auditor.ts';
import type { ReportChunk, StepChunk } from '../chunk.ts';
import type { ReferenceLearner } from '../learner.ts';
import type { Estimator } from '../types.ts';
import { eachStep } from './each-step.ts';

export type { Alignment } from '../audit/alignment.ts';

/** A chunk of reports, and how every estimator was aligned over its steps. */
export interface Comparison {
  readonly report: ReportChunk;
  readonly alignments: Readonly<Record<string, GroupAlignment>>;
}

export function compare(
  learner: ReferenceLearner,
  estimators: Readonly<Record<string, Estimator>>,
  reference: Reference = { kind: 'active' },
): OperatorFunction<StepChunk, Comparison> {
  const { observe, take } = auditor(learner, estimators, reference);
  return pipe(
    eachStep(learner, observe),
    map((report) => ({ report, alignments: take() })),
  );
}
