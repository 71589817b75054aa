/** Estimators beside a learner, against a shadow and against a probe. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { auditor, type GroupAlignment, type Reference } from '../../src/audit/auditor.ts';
import { probe } from '../../src/audit/probe.ts';
import type { ReferenceLearner } from '../../src/learner.ts';
import { cosine } from '../../src/statistics/cosine.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import type { Estimator } from '../../src/types.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const AGENT = { cell: { id: 'gru', units: 5 }, estimator: { id: 'snap' } };
const NAMES: [name: string, id: string, options: object][] = [
  ['snap', 'snap', {}],
  ['immediate', 'immediate', {}],
  ['window', 'tbptt', { window: 3 }],
  ['none', 'none', {}],
];

const make = async ({ cell }: ReferenceLearner): Promise<Record<string, Estimator>> => {
  const made: Record<string, Estimator> = {};
  for (const [name, id, options] of NAMES) made[name] = await createEstimator(cell, id, options);
  return made;
};

function live(learner: ReferenceLearner, steps: number, look: () => void): void {
  const rng = createRng('life');
  for (let t = 0; t < steps; t++) {
    const start = t % 50 === 0;
    learner.step(stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start }));
    look();
  }
}

type Kind = Reference['kind'];

async function audited(kind: Kind, steps: number): Promise<Record<string, GroupAlignment>> {
  const learner = await smallLearner(AGENT);
  const reference: Reference =
    kind === 'active'
      ? { kind }
      : kind === 'shadow'
        ? { kind, estimator: await createEstimator(learner.cell, 'rtrl') }
        : { kind, estimator: probe(learner.cell, createRng('probe'), 25) };
  const { observe, take } = auditor(learner, await make(learner), reference);
  live(learner, steps, observe);
  return take();
}

describe('an auditor', () => {
  it('means the statistics of whole gradients over steps, against a shadow', async () => {
    const learner = await smallLearner(AGENT);
    const gradients = Object.fromEntries(
      Object.entries(await make(learner)).map(([name, estimator]) => [name, learner.watch(estimator)]),
    );
    const exact = learner.watch(await createEstimator(learner.cell, 'rtrl'));
    const sums = Object.fromEntries(NAMES.map(([name]) => [name, [0, 0, 0, 0] as [number, number, number, number]]));
    live(learner, 100, () => {
      if (norm(exact) === 0) return;
      for (const [name, gradient] of Object.entries(gradients)) {
        const sum = sums[name]!;
        sum[0] += cosine(gradient, exact);
        sum[1] += relativeError(gradient, exact);
        sum[2] += norm(gradient) / norm(exact);
        sum[3]++;
      }
    });
    const found = await audited('shadow', 100);
    for (const [name, [angle, error, ratio, steps]] of Object.entries(sums)) {
      expect(found[name]!.cosine).toBeCloseTo(angle / steps, 12);
      expect(found[name]!.relativeError).toBeCloseTo(error / steps, 12);
      expect(found[name]!.normRatio).toBeCloseTo(ratio / steps, 12);
      expect(found[name]!.steps).toBe(steps);
    }
    expect(found['immediate']!.cosine).toBeLessThan(0.99); // there is something to measure
    expect(found['immediate']!.cosine).not.toBe(found['window']!.cosine);
  });

  it('names the groups of the cell, each with its own numbers', async () => {
    const { snap } = await audited('shadow', 100);
    expect(Object.keys(snap!.groups)).toEqual(['update', 'reset', 'recurrent', 'candidate']);
    expect(new Set(Object.values(snap!.groups).map((group) => group.cosine)).size).toBe(4);
  });

  it('takes the active gradient for the reference where nothing else is asked for', async () => {
    const { snap, immediate } = await audited('active', 100);
    expect(snap).toMatchObject({ relativeError: 0, normRatio: 1 });
    expect(immediate!.relativeError).toBeGreaterThan(0.01);
  });

  it('watches a shadow that is one of the estimators once', async () => {
    const learner = await smallLearner(AGENT);
    let updates = 0;
    const rtrl = await createEstimator(learner.cell, 'rtrl');
    const counted: Estimator = {
      ...rtrl,
      update(d) {
        updates++;
        rtrl.update(d);
      },
    };
    const { observe, take } = auditor(learner, { rtrl: counted }, { kind: 'shadow', estimator: counted });
    live(learner, 20, observe);
    expect(updates).toBe(20);
    expect(take()['rtrl']).toMatchObject({ relativeError: 0, normRatio: 1 });
  });

  it('finds the same with a probe as with a shadow, in sign and size, over all and group by group', async () => {
    const learner = await smallLearner(AGENT);
    const exact = learner.watch(await createEstimator(learner.cell, 'rtrl'));
    const gradients = Object.entries(await make(learner)).map(([name, estimator]) => ({
      name,
      gradient: learner.watch(estimator),
      sums: { aa: 0, gg: 0, ag: 0, dd: 0 },
    }));
    live(learner, 10_000, () => {
      for (const { gradient, sums } of gradients) {
        for (let j = 0; j < exact.length; j++) {
          sums.aa += gradient[j]! ** 2;
          sums.gg += exact[j]! ** 2;
          sums.ag += gradient[j]! * exact[j]!;
          sums.dd += (gradient[j]! - exact[j]!) ** 2;
        }
      }
    });
    const [probed, shadowed] = [await audited('probe', 10_000), await audited('shadow', 10_000)];
    for (const { name, sums } of gradients) {
      const seen = probed[name]!;
      const size = Math.sqrt(sums.dd / sums.gg);
      expect(Math.abs(seen.relativeError - size)).toBeLessThanOrEqual(0.1 * size);
      expect(Math.abs(seen.normRatio - Math.sqrt(sums.aa / sums.gg))).toBeLessThanOrEqual(0.1);
      if (sums.aa > 0) expect(Math.abs(seen.cosine - sums.ag / Math.sqrt(sums.aa * sums.gg))).toBeLessThan(0.02);
      for (const [group, { cosine: angle }] of Object.entries(shadowed[name]!.groups)) {
        expect(Math.abs(seen.groups[group]!.cosine - angle)).toBeLessThan(0.15);
      }
    }
    expect(probed['snap']!.relativeError).toBeLessThan(0.5 * probed['immediate']!.relativeError); // they differ
  });
});
