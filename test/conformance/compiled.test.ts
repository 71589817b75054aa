/**
 * Two paths, one meaning: after 1,000 steps of learning the compiled path has predicted and learned what the reference
 * path has, for every combination of the folders' parts. A part without a kernel says why, and so does the log.
 */
import { describe, expect, it } from 'vitest';
import { listParts } from '../../src/registry.ts';
import type { LearnerParts } from '../../src/learner.ts';
import type { WeightGroup } from '../../src/types.ts';
import { cellCases } from '../oracle/cases.ts';
import { get } from '../support/arrays.ts';
import { learnerOn, type LearnerCase, live, partsOf, randomLife, relativeGap } from '../support/kernel-learners.ts';

const ESTIMATORS: Readonly<Record<string, readonly object[]>> = {
  snap: [{ n: 1 }, { n: 2 }, { n: 1, convention: 'strict' }],
  tbptt: [{ window: 6 }],
};
const estimators = listParts('estimators').flatMap((id) =>
  (ESTIMATORS[id] ?? [{}]).map((options) => ({
    name: `${id} ${JSON.stringify(options)}`,
    estimator: [id, options] as const,
  })),
);
/** Every rule and features file once, paired so that each occurs with normalised inputs and without. */
const heads: Pick<LearnerCase, 'rule' | 'features' | 'inputs'>[] = [
  ...listParts('step-sizes').map((id, i) => ({ rule: [id] as const, inputs: i % 2 === 0 })),
  ...listParts('features').map((id, i) => ({ features: [id, { observation: true }] as const, inputs: i % 2 === 1 })),
];
const TOLERANCE = { f32: 1e-4, f64: 1e-9 } as const;
const life = randomLife(1000);

describe.each(cellCases())('on $label', ({ id, options }) => {
  it.each(estimators)('the compiled path learns with $name as the reference path does', async ({ estimator }) => {
    for (const head of heads) {
      const learner = { cell: [id, options] as const, estimator, ...head };
      const parts = await partsOf(learner);
      const why = whyWithout(parts);
      if (parts.rule([]).headOnly && parts.estimator.cost.macsPerStep > 0 && parts.cell.params.length > 0) {
        await expect(learnerOn(learner, { path: 'auto' })).rejects.toThrow('Cannot learn the cell');
        continue;
      }
      if (why === REFUSED) {
        await expect(learnerOn(learner, { path: 'auto' })).rejects.toThrow('by this step-size rule: it');
        continue;
      }
      if (why !== null) {
        expect((await learnerOn(learner, { path: 'auto' })).chosen.reason).toContain(why);
        continue;
      }
      const { learner: reference } = await learnerOn(learner, { path: 'reference' });
      const v = live(reference, life);
      const theta = get(reference, 'cell.params');
      for (const precision of ['f64', 'f32'] as const) {
        const { learner: compiled } = await learnerOn(learner, { path: 'compiled', precision });
        expect(relativeGap(live(compiled, life), v), `v, ${precision}`).toBeLessThanOrEqual(TOLERANCE[precision]);
        const gap = relativeGap(get(compiled, 'cell.params'), theta);
        expect(gap, `theta, ${precision}`).toBeLessThanOrEqual(TOLERANCE[precision]);
      }
    }
  });
});

it('would tell learners apart that differ in one option', async () => {
  const learner = { cell: ['lstm-columns'], estimator: ['columnar'] } as const;
  const { learner: reference } = await learnerOn(learner, { path: 'reference' });
  const other = { ...learner, rule: ['td-lambda', { lambda: 0.8999 }] } as const;
  const { learner: compiled } = await learnerOn(other, { path: 'compiled', precision: 'f32' });
  expect(relativeGap(live(compiled, life), live(reference, life))).toBeGreaterThan(1e-7);
});

it.each(['cells', 'estimators', 'features', 'heads', 'step-sizes'] as const)(
  'all %s say how they compile',
  async (kind) => {
    for (const id of listParts(kind)) {
      const chosen = { cell: ['tanh'], estimator: ['columnar'] } as LearnerCase;
      const names = {
        cells: 'cell',
        estimators: 'estimator',
        features: 'features',
        heads: 'head',
        'step-sizes': 'rule',
      } as const;
      const parts = await partsOf({ ...chosen, ...(kind === 'heads' ? {} : { [names[kind]]: [id] }) });
      const part = names[kind] === 'rule' ? parts.rule([]) : parts[names[kind]];
      expect(part.kernel !== undefined || (part.noKernel ?? '') !== '', id).toBe(true);
    }
  },
);

const REFUSED = 'these do not go together';
const NO_REACH = { sensitivity: new Float64Array(0), feature: new Int32Array(0) };

/** What a part without a kernel says of itself; null: all have one. */
function whyWithout(parts: LearnerParts): string | null {
  const { weights } = parts.head;
  const groups: WeightGroup[] = [
    { name: 'cell', weights: parts.cell.params, gradient: parts.cell.params },
    { name: 'head', weights, gradient: weights, features: weights },
  ];
  if (parts.estimator.cost.macsPerStep === 0) groups.shift();
  const { macsPerStep, pull } = parts.estimator.cost;
  const rule = parts.rule(groups.map((group) => ({ ...group, reach: NO_REACH })));
  if (rule.reads && macsPerStep > 0 && pull === undefined) return REFUSED; // the estimator does not tell
  if (rule.single && parts.estimator.teach) return REFUSED; // there is no single error
  for (const part of [parts.cell, parts.estimator, parts.features, parts.head, rule]) {
    if (!part.kernel) return part.noKernel!;
  }
  return null;
}
