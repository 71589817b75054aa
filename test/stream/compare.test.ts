/** compare(): passive estimators see everything and change nothing. */
import { createRng } from '@rl-tools/envs';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { listParts, loadPart } from '../../src/registry.ts';
import type { GroupAlignment, Reference } from '../../src/audit/auditor.ts';
import { probe } from '../../src/audit/probe.ts';
import { compare } from '../../src/stream/compare.ts';
import { learn } from '../../src/stream/learn.ts';
import type { Estimator, Step } from '../../src/types.ts';
import { snapshot } from '../support/arrays.ts';
import { chunked } from '../support/chunks.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const NAMES = ['rtrl', 'columnar', 'immediate', 'none'];

function life(length: number): Step[] {
  const rng = createRng('life');
  return Array.from({ length }, (_, t) =>
    stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t % 40 === 0 }),
  );
}

/** The alignments of the last chunk, and the learner. */
async function compared(over: Partial<AgentInput>, names: readonly string[] = NAMES) {
  const learner = await smallLearner(over);
  const estimators: Record<string, Estimator> = {};
  for (const name of names) {
    const part = await loadPart('estimators', name);
    estimators[name] = part.create(part.options.parse({}), createRng(name), { cell: learner.cell });
  }
  const comparisons$ = from(chunked(life(120), 30)).pipe(compare(learner, estimators), toArray());
  const comparisons = await lastValueFrom(comparisons$);
  const alignments: Readonly<Record<string, GroupAlignment>> = comparisons.at(-1)!.alignments;
  return { learner, alignments, predictions: [...comparisons.at(-1)!.report.prediction] };
}

const COLUMNS = { cell: { id: 'lstm-columns', columns: 2 } };
const DENSE = { cell: { id: 'tanh', units: 4 }, estimator: { id: 'rtrl' } };

describe('compare', () => {
  it.each([
    ['columns', COLUMNS],
    ['a dense net', DENSE],
  ])('does not change a bit of what is learned, on %s', async (_, over) => {
    const { learner, predictions } = await compared(over);
    const alone = await smallLearner(over);
    const reports$ = from(chunked(life(120), 30)).pipe(learn(alone));
    expect(predictions).toEqual([...(await lastValueFrom(reports$)).prediction]);
    expect(snapshot(learner)).toEqual(snapshot(alone));
    const other = await compared({ ...over, estimator: { id: 'immediate' } });
    expect(snapshot(other.learner)).not.toEqual(snapshot(alone));
  });

  it('finds the columnar gradient exact on columns', async () => {
    const { alignments } = await compared(COLUMNS);
    expect(alignments['rtrl']!.cosine).toBeCloseTo(1, 12);
    expect(alignments['rtrl']!.relativeError).toBeLessThan(1e-12);
    expect(alignments['columnar']).toMatchObject({ relativeError: 0, steps: 30 });
    expect(alignments['immediate']!.cosine).toBeLessThan(0.99);
  });

  it('finds it inexact on a dense net', async () => {
    const { alignments } = await compared(DENSE);
    expect(alignments['columnar']!.cosine).toBeLessThan(0.999);
    expect(alignments['columnar']!.relativeError).toBeGreaterThan(0.01);
    expect(alignments['rtrl']!.relativeError).toBe(0);
    expect(alignments['none']!.relativeError).toBe(1);
  });

  it('holds them against each other on one scale where gradients are clipped', async () => {
    const { alignments } = await compared({ ...COLUMNS, clip: 1e-3 });
    expect(alignments['columnar']!.relativeError).toBe(0);
    expect(alignments['immediate']!.relativeError).toBeGreaterThan(0.01);
  });

  it('leaves the active learner alone whatever runs beside it, noise, shadow and probe included', async () => {
    const alone = await smallLearner(DENSE);
    await lastValueFrom(from(chunked(life(120), 30)).pipe(learn(alone)));
    const seen: string[] = [];
    for (const kind of ['shadow', 'probe'] as const) {
      for (const seed of ['a', 'b']) {
        const learner = await smallLearner(DENSE);
        const { cell } = learner;
        const estimators: Record<string, Estimator> = {};
        for (const id of listParts('estimators')) {
          const part = await loadPart('estimators', id);
          const made = part.create(part.options.parse({}), createRng(`${seed}/${id}`), { cell });
          if (!made.teach) estimators[id] = made;
        }
        const rtrl = estimators['rtrl']!;
        const exact = probe(cell, createRng(`${seed}/probe`), 20);
        const reference: Reference =
          kind === 'shadow' ? { kind, estimator: rtrl } : { kind: 'probe', estimator: exact };
        const { alignments } = await lastValueFrom(
          from(chunked(life(120), 30)).pipe(compare(learner, estimators, reference)),
        );
        expect(snapshot(learner)).toEqual(snapshot(alone));
        seen.push(JSON.stringify(alignments['uoro']));
      }
    }
    expect(new Set(seen).size).toBe(4); // control: their noise is their own
  });

  it('tells groups of parameters apart, and sizes from angles', async () => {
    const { alignments } = await compared({ cell: { id: 'gru', units: 4 }, estimator: { id: 'rtrl' } });
    const { groups, normRatio } = alignments['immediate']!;
    expect(Object.keys(groups)).toEqual(['update', 'reset', 'recurrent', 'candidate']);
    expect(normRatio).toBeLessThan(0.99);
    expect(alignments['rtrl']).toMatchObject({ normRatio: 1, groups: { update: { relativeError: 0, normRatio: 1 } } });
    expect(alignments['none']).toMatchObject({ normRatio: 0, cosine: 0 });
  });

  it('leaves steps without a gradient out of its means', async () => {
    const learner = await smallLearner(COLUMNS); // the head starts at 0: no gradient at the first step
    const part = await loadPart('estimators', 'rtrl');
    const rtrl = part.create({}, createRng(0), { cell: learner.cell });
    const first$ = from(chunked(life(5), 5)).pipe(compare(learner, { rtrl }));
    const { alignments } = await lastValueFrom(first$);
    expect(alignments['rtrl']!.steps).toBeLessThan(5);
    expect(alignments['rtrl']!.cosine).toBeCloseTo(1, 12);
  });
});
