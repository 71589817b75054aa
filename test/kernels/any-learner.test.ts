/** Any learner: whatever parts and sizes are drawn, the compiled path in f64 predicts what the reference path does. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LearnerCase, learnerOn, live, randomLife, relativeGap } from '../support/kernel-learners.ts';

const units = fc.integer({ min: 1, max: 11 });
const density = fc.double({ min: 0.1, max: 1, noNaN: true });
const cell = fc.oneof(
  fc.tuple(
    fc.constantFrom('gru', 'gru-reset-before', 'lstm', 'elstm', 'rhn'),
    fc.record({ units, density, mask: fc.constantFrom('independent', 'shared') }),
  ),
  fc.tuple(fc.constant('ctrnn'), fc.record({ units, density, learnTau: fc.boolean() })),
  fc.tuple(fc.constant('tanh'), fc.record({ units, density, leak: fc.constantFrom(0.1, 0.5, 1) })),
  fc.tuple(fc.constantFrom('tanh-columns', 'lstm-columns'), fc.record({ columns: units })),
  fc.tuple(
    fc.constant('deep-columns'),
    fc.record({
      columns: fc.integer({ min: 1, max: 7 }),
      features: fc.integer({ min: 1, max: 4 }),
      lateral: fc.constantFrom(0, 0.3, 1),
      gate: fc.constantFrom('sum', 'convex'),
    }),
  ),
  fc.tuple(fc.constant('lru'), fc.record({ units, rMin: fc.constantFrom(0, 0.9) })),
  fc.tuple(fc.constant('rtu'), fc.record({ units, activation: fc.constantFrom('linear', 'tanh', 'relu') })),
  fc.tuple(fc.constant('microstimuli'), fc.record({ stimuli: fc.integer({ min: 1, max: 9 }) })),
);
const convention = fc.constantFrom('unit-block', 'strict');
const estimator = fc.oneof(
  fc.tuple(fc.constantFrom('columnar', 'immediate', 'none', 'rtrl'), fc.constant({})),
  fc.tuple(fc.constant('snap'), fc.record({ n: fc.integer({ min: 1, max: 3 }), convention })),
  fc.tuple(fc.constant('tbptt'), fc.record({ window: fc.integer({ min: 1, max: 12 }) })),
);
const flags = { bias: fc.boolean(), observation: fc.boolean() };
const learner = fc.record({
  cell,
  estimator,
  features: fc.tuple(fc.constantFrom('raw', 'normalised', 'activated'), fc.record(flags)),
  rule: fc.oneof(
    fc.tuple(fc.constant('td-lambda'), fc.record({ lambda: fc.constantFrom(0, 0.5, 1) })),
    fc.tuple(fc.constant('rmsprop'), fc.record({ lambda: fc.constantFrom(0, 0.9), start: fc.constantFrom(1, 0.01) })),
  ),
  inputs: fc.boolean(),
  settings: fc.record({ keepStateAcrossEpisodes: fc.boolean() }),
});

it('of any parts and sizes learns alike on both paths', async () => {
  const life = randomLife(260); // more than a chunk
  await fc.assert(
    fc.asyncProperty(learner, async (chosen) => {
      const { learner: reference } = await learnerOn(chosen as LearnerCase, { path: 'reference' });
      const { learner: compiled } = await learnerOn(chosen as LearnerCase, { path: 'compiled', precision: 'f64' });
      expect(relativeGap(live(compiled, life), live(reference, life))).toBeLessThan(1e-8);
    }),
    { numRuns: 150, seed: 1 },
  );
}, 60_000);
