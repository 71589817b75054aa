/** The exact gradient along random directions. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { probe } from '../../src/audit/probe.ts';
import type { Estimator } from '../../src/types.ts';
import { cellCases } from '../oracle/cases.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { createCell } from '../oracle/problem.ts';
import { smallLearner, stepOf } from '../support/learners.ts';

const life = (seed: string) => {
  const rng = createRng(seed);
  return (start: boolean) => stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start });
};

/** A learner with a probe and exact RTRL beside it. */
async function beside(cell: { id: string }, stretch: number, more: object = {}) {
  const learner = await smallLearner({ cell, estimator: { id: 'immediate' }, ...more });
  const exact = probe(learner.cell, createRng('probe'), stretch);
  const numbers = learner.watch(exact);
  const gradient = learner.watch(await createEstimator(learner.cell, 'rtrl'));
  const along = new Float64Array(exact.groups.length);
  const next = life('life');
  return {
    learner,
    step(start = false): { exact: number[]; rtrl: number[] } {
      learner.step(next(start));
      exact.project(gradient, along);
      return { exact: [...numbers.subarray(0, along.length)], rtrl: [...along] };
    },
    exact,
    numbers,
  };
}

/** The largest difference, in units of the largest number, where that is not 0. */
const gap = ({ exact, rtrl }: { exact: number[]; rtrl: number[] }): number =>
  Math.max(...exact.map((value, i) => Math.abs(value - rtrl[i]!))) / (Math.max(...rtrl.map(Math.abs)) || 1);

/** Statistics that move with a stage need stages. */
const growing = (options: object) => ('normalise' in options ? { growth: { id: 'constructive' } } : {});

describe.each(cellCases().filter(({ id }) => id !== 'none' && id !== 'microstimuli'))('a probe on $label', (spec) => {
  it('gives what RTRL gives along its direction, group by group, from the start of every episode', async () => {
    const { step, exact } = await beside({ ...spec.options, id: spec.id }, 100, growing(spec.options));
    let live = 0; // steps at which there is a gradient
    for (let t = 0; t < 60; t++) {
      const seen = step(t % 20 === 0);
      if (t === 0) continue; // the head starts at zero
      expect(gap(seen)).toBeLessThan(1e-10);
      if (seen.rtrl.some((value) => value !== 0)) live++;
    }
    expect(live).toBeGreaterThan(20);
    expect(exact.groups.length).toBeGreaterThan(0);
  });
});

describe('a probe', () => {
  it('is on the scale of other gradients where they are clipped', async () => {
    const clipped = await beside({ id: 'gru' }, 100, { clip: 1e-3 });
    clipped.step(true);
    for (let t = 0; t < 10; t++) expect(gap(clipped.step())).toBeLessThan(1e-10);
  });

  it('takes a new direction after a stretch, which has run for as long, and sees all but what is older', async () => {
    const stretch = 40;
    const { step } = await beside({ id: 'gru' }, stretch);
    step(true);
    const gaps: number[] = [];
    for (let t = 1; t < 6 * stretch; t++) gaps.push(gap(step()));
    expect(Math.max(...gaps.slice(0, 2 * stretch - 1))).toBeLessThan(1e-10); // both directions began with the episode
    const later = gaps.slice(2 * stretch);
    expect(Math.max(...later)).toBeLessThan(1e-3);
    const short = await beside({ id: 'gru' }, 2); // control: what is left out shows where a stretch is short
    short.step(true);
    const left = Array.from({ length: 100 }, () => gap(short.step()));
    expect(Math.max(...left)).toBeGreaterThan(1e-2);
  });

  it('draws at the start of an episode and after a stretch, and in between never', async () => {
    const { step, exact, learner } = await beside({ id: 'gru' }, 10);
    const ones = new Float64Array(learner.cell.params.length).fill(1);
    const direction = (): number => {
      const along = new Float64Array(exact.groups.length);
      exact.project(ones, along);
      return along[0]!;
    };
    const seen = Array.from({ length: 45 }, (_, t) => {
      step(t === 0 || t === 25);
      return direction();
    });
    const changes = seen.flatMap((value, t) => (t > 0 && value !== seen[t - 1] ? [t] : []));
    expect(changes).toEqual([10, 20, 25, 35]);
  });

  it('is planned in O(p) where exact RTRL takes O(k^2 p)', async () => {
    const cell = await createCell({ id: 'gru', options: { units: 30 } });
    const { cost } = probe(cell, createRng(0), 10);
    const rtrl: Estimator = await createEstimator(cell, 'rtrl');
    expect(cost.macsPerStep).toBeLessThan(16 * cell.params.length);
    expect(rtrl.cost.macsPerStep).toBeGreaterThan(500 * cell.params.length);
  });
});
