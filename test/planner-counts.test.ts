/**
 * Planned = done. The reference path is compiled anew so that it counts its products (support/counted.ts), and a whole
 * learner's steps are held against the plan, for every cell, estimator, features file and rule of the folders.
 */
import { createRng } from '@rl-tools/envs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LearnerParts } from '../src/learner.ts';
import type { NormaliserOptions } from '../src/normaliser.ts';
import type { Cost, PlanNeeds } from '../src/planner.ts';
import { listParts, loadPart } from '../src/registry.ts';
import { type CellCase, cellCases } from './oracle/cases.ts';
import { compileCounting, type Counted } from './support/counted.ts';

const INPUTS = 3;
const STEPS = 10; // a whole number of chunks of tbptt
/** Plans that are a mean over an episode of so many steps. */
const EPISODES: Readonly<Record<string, number>> = { bptt: 3 * STEPS };
const ESTIMATORS: Readonly<Record<string, readonly object[]>> = {
  snap: [{}, { n: 2 }, { n: 3, convention: 'strict' }],
  tbptt: [{ window: 4 }, { window: 5, mode: 'chunked' }],
  bptt: [{ length: EPISODES['bptt'] }, { length: EPISODES['bptt'], snapshots: 3 }],
  ok: [{}, { rank: 1 }, { rank: 7 }],
};
const estimators = listParts('estimators').flatMap((id) =>
  (ESTIMATORS[id] ?? [{}]).map((options) => ({ id, options, label: `${id} ${JSON.stringify(options)}` })),
);

/** Rules whose products depend on their options. */
const RULES: Readonly<Record<string, readonly object[]>> = {
  'td-lambda': [{}, { trace: 'replacing' }, { trace: 'dutch', anew: true }],
  tidbd: [{}, { gradient: 'ordinary' }],
  hypergradient: [{}, { shared: false }],
};
const rules = listParts('step-sizes').flatMap((rule) =>
  (RULES[rule] ?? [{}]).map((options) => ({ rule, options, label: `${rule} ${JSON.stringify(options)}` })),
);

/** The modules of the counting copy. */
interface Sources {
  readonly learner: typeof import('../src/learner.ts');
  readonly planner: typeof import('../src/planner.ts');
  readonly registry: typeof import('../src/registry.ts');
  readonly resolve: typeof import('../src/resolve-part.ts');
  readonly normaliser: typeof import('../src/normaliser.ts');
}

let counted: Counted;
let sources: Sources;

beforeAll(async () => {
  counted = compileCounting();
  sources = {
    learner: await counted.load('src/learner'),
    planner: await counted.load('src/planner'),
    registry: await counted.load('src/registry'),
    resolve: await counted.load('src/resolve-part'),
    normaliser: await counted.load('src/normaliser'),
  };
});
afterAll(() => counted.remove());

describe.each(cellCases())('on $label', (cell) => {
  it.each(estimators)('a step with $label multiplies as often as planned', async (estimator) => {
    const { planned, done } = await compare(cell, estimator, 'normalised', 'rmsprop');
    expect(done).toBeCloseTo(planned.macsPerStep, 6);
  });
});

it.each(['gru', 'lstm'])('a step with estimators per group on %s multiplies as often as planned', async (id) => {
  const groups = [
    { reads: 'bias', id: 'columnar' },
    { reads: 'recurrent', id: 'snap', n: 2 },
  ];
  const { planned, done } = await compare({ id, options: {} }, { id: 'rtrl', options: { groups } }, 'raw', 'td-lambda');
  expect(done).toBeCloseTo(planned.macsPerStep, 6);
});

it.each(listParts('features'))('a step with %s features multiplies as often as planned', async (features) => {
  const { planned, done } = await compare(
    { id: 'lstm', options: {} },
    { id: 'columnar', options: {} },
    features,
    'td-lambda',
  );
  expect(done).toBeCloseTo(planned.macsPerStep, 6);
});

it.each([
  [{ rate: null }, { rate: 0.99, floor: 0.01 }],
  [{}, { rate: null, floor: 0.01 }],
])('a step with features of %o and inputs of %o multiplies as often as planned', async (features, inputs) => {
  const [cell, estimator] = [
    { id: 'lstm', options: {} },
    { id: 'columnar', options: {} },
  ];
  const { planned, done } = await compare(cell, estimator, 'normalised', 'td-lambda', {}, 'none', { features, inputs });
  expect(done).toBeCloseTo(planned.macsPerStep, 6);
  const usual = await compare(cell, estimator, 'normalised', 'td-lambda');
  expect(done).toBeLessThan(usual.done); // it is the other normaliser that ran
});

it.each(rules)('a step with $label multiplies as often as planned', async ({ rule, options }) => {
  const { headOnly, reads } = (await sources.registry.loadPart('step-sizes', rule)).create({}, createRng(rule), {
    groups: [],
  });
  const estimator = { id: headOnly ? 'none' : reads ? 'columnar' : 'snap', options: {} };
  const { planned, done } = await compare({ id: 'gru', options: {} }, estimator, 'raw', rule, options);
  expect(done).toBeCloseTo(planned.macsPerStep, 6);
});

/** What moves weights about is counted by test/growth/exchanges-cost.test.ts, after it has. */
const growths = await Promise.all(
  listParts('growth').map(async (id) => ({ id, restructures: (await loadPart('growth', id)).restructures ?? false })),
);
const adding = growths.filter(({ restructures }) => !restructures).map(({ id }) => id);

it.each(adding)('a step that grows by %s multiplies as often as planned', async (growth) => {
  const cell = { id: 'staged-columns', options: { columns: 4, perStage: 4 } };
  const { planned, done } = await compare(cell, { id: 'columnar', options: {} }, 'raw', 'rmsprop', {}, growth);
  expect(done).toBeCloseTo(planned.macsPerStep, 6);
});

it('would tell one unit more or less', async () => {
  const estimator = { id: 'columnar', options: {} };
  const { done } = await compare({ id: 'tanh', options: { units: 6 } }, estimator, 'raw', 'td-lambda');
  const { planned } = await compare({ id: 'tanh', options: { units: 7 } }, estimator, 'raw', 'td-lambda');
  expect(done).toBeLessThan(planned.macsPerStep);
});

type Chosen = Pick<CellCase, 'id' | 'options'>;

async function compare(
  cellCase: Chosen,
  estimatorCase: Chosen,
  featuresId: string,
  ruleId: string,
  ruleOptions: object = {},
  growthId = 'none',
  statistics: { features?: object; inputs?: NormaliserOptions } = {},
) {
  const { loadPart } = sources.registry;
  const rng = (name: string) => createRng(name);
  const cellPart = await sources.resolve.resolvePart('cells', { ...cellCase.options, id: cellCase.id });
  const cell = cellPart.create(rng('cell'), { inputSize: INPUTS });
  cell.params.forEach((value, i) => (cell.params[i] = Math.min(1, Math.abs(value)))); // no rectified unit sleeps, whose rows are skipped
  const estimatorPart = await sources.resolve.resolvePart('estimators', {
    ...estimatorCase.options,
    id: estimatorCase.id,
  });
  const estimator = estimatorPart.create(rng('estimator'), { cell });
  const sizes = { outputSize: cell.readout.length, observationSize: INPUTS };
  const featuresPart = await loadPart('features', featuresId);
  const features = featuresPart.create(featuresPart.options.parse(statistics.features ?? {}), rng('features'), sizes);
  const headPart = await loadPart('heads', 'linear');
  const head = headPart.create(headPart.options.parse({}), rng('head'), { size: features.size, outputs: 1 });
  const rulePart = await loadPart('step-sizes', ruleId);
  const inputs = sources.normaliser.normaliser(INPUTS, statistics.inputs ?? { rate: 0.99, floor: 0.01 });
  const growthPart = await loadPart('growth', growthId);
  let growthMacs = 0;
  let ruleMacs = 0;
  let readsReach = false;
  const parts: LearnerParts = {
    cell,
    estimator,
    features,
    head,
    inputs: null,
    rule: (groups) => {
      const rule = rulePart.create(rulePart.options.parse(ruleOptions), rng('rule'), { groups });
      ruleMacs = rule.macsPerStep;
      readsReach = rule.reads === 'reach';
      return rule;
    },
    // A cell whose statistics move with its stages cannot do without growth: here they stand.
    ...(growthId === 'none' && 'normalise' in cellCase.options
      ? {}
      : {
          growth: (learner) => {
            const growth = growthPart.create(growthPart.options.parse({}), rng('growth'), learner);
            growthMacs = growth.macsPerStep;
            return growth;
          },
        }),
  };
  head.weights.fill(0.5);
  const done = live({ ...parts, inputs }, EPISODES[estimatorCase.id]);
  const needs: PlanNeeds = { cell, estimator, features, head, inputs, ruleMacs, readsReach, growthMacs };
  const planned: Cost = sources.planner.planCost(needs);
  return { planned, done };
}

/** Products per step over STEPS steps, once every window is full, or over a whole episode. */
function live(parts: LearnerParts, episode?: number): number {
  const learner = sources.learner.createLearner(parts);
  const rng = createRng('life');
  const take = (steps: number, start = false): void => {
    for (let t = 0; t < steps; t++) {
      const observation = Float64Array.from({ length: INPUTS }, () => 0.1 + rng.uniform());
      const cumulant = Float64Array.of(rng.normal());
      const target = parts.estimator.teach ? { target: cumulant } : {}; // those refuse TD errors
      learner.step({ observation, cumulant, discount: Float64Array.of(0.9), start: start && t === 0, ...target });
    }
  };
  learner.write(
    'lane.state',
    new Float64Array(learner.arrays['lane.state']!).map((_, i) => 0.1 + 0.07 * (i % 5)),
  ); // from 0 some gains are 0, and skipped
  if (episode !== undefined) return counted.count(() => take(episode)) / episode; // no `start`, at which no rule applies
  take(2 * STEPS, true);
  return counted.count(() => take(STEPS)) / STEPS;
}
