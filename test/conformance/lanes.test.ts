/**
 * Lanes on two paths, one meaning: after 300 steps the compiled path has answered and learned what the reference path
 * has, for every cell and estimator with a kernel, however often weights change; each other part is named.
 */
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { assembleLanes } from '../../src/assemble.ts';
import type { LanesLearner } from '../../src/lanes.ts';
import type { PathOptions } from '../../src/paths.ts';
import { listParts } from '../../src/registry.ts';
import { cellCases } from '../oracle/cases.ts';
import { get } from '../support/arrays.ts';
import { relativeGap } from '../support/kernel-learners.ts';
import { CLASSES, eventfulTicks } from '../support/lanes.ts';
import { smallAgent } from '../support/learners.ts';

const OPTIONS: Readonly<Record<string, readonly object[]>> = {
  snap: [{ n: 1 }, { n: 2 }, { n: 1, convention: 'strict' }],
  tbptt: [{ window: 6 }],
  bptt: [{ length: 40 }],
};
const estimators = listParts('estimators').flatMap((id) =>
  (OPTIONS[id] ?? [{}]).map((options) => ({ label: `${id} ${JSON.stringify(options)}`, id, options })),
);
/** Lanes refuse statistics that stages keep of their inputs. */
const WITHOUT: Readonly<Record<string, object>> = { 'staged-columns': { normalise: null } };
const TD = { rule: { id: 'td-lambda', alpha: 0.05 } };
const LANES: readonly Partial<AgentInput>[] = [
  { lanes: 3, updateEvery: 1, clip: 0.5 },
  { lanes: 3, updateEvery: 4, features: { id: 'normalised' }, inputs: {} },
  { lanes: 3, updateEvery: 'episode', clip: 0.5, ...TD },
  {
    lanes: 1,
    updateEvery: 4,
    overLanes: 'sum',
    feedback: { scale: 0.5 },
    keepStateAcrossEpisodes: true,
    clip: 0.1,
    ...TD,
  },
  { lanes: 1, updateEvery: 'episode', head: { id: 'mlp', hidden: 4, loss: 'cross-entropy' } },
];
const TOLERANCE = { f64: 1e-9, f32: 1e-4 } as const;

const make = async (agent: Partial<AgentInput>, path: PathOptions) =>
  assembleLanes(smallAgent({ ...CLASSES, ...agent }), { inputSize: 2, questions: 3, seed: 0, ...path });

/** All answers of all lanes. */
function answers(learner: LanesLearner, ticks: ReturnType<typeof eventfulTicks>): number[] {
  return ticks.flatMap((steps) => learner.step(steps).flatMap(({ prediction, delta }) => [...prediction, ...delta]));
}

describe.each(cellCases())('lanes of $label', ({ id, options }) => {
  it.each(estimators)('learn with $label alike on both paths', async (estimator) => {
    for (const over of LANES) {
      const agent = {
        cell: { ...options, ...WITHOUT[id], id },
        estimator: { ...estimator.options, id: estimator.id },
        ...over,
      };
      const ticks = eventfulTicks(over.lanes!, 300, over.updateEvery === 'episode');
      const { learner: reference, parts } = await make(agent, { path: 'reference' });
      const part = [parts.cell, parts.estimator].find(({ kernel }) => !kernel);
      if (part) {
        const { chosen } = await make(agent, { path: 'auto' });
        expect(chosen.reason).toContain(part.noKernel);
        return;
      }
      const told = answers(reference, ticks);
      const theta = get(reference, 'cell.params');
      for (const precision of ['f64', 'f32'] as const) {
        const { learner } = await make(agent, { path: 'compiled', precision });
        const on = `${precision}, ${over.lanes} lanes, a change every ${over.updateEvery}`;
        expect(relativeGap(answers(learner, ticks), told), on).toBeLessThanOrEqual(TOLERANCE[precision]);
        expect(relativeGap(get(learner, 'cell.params'), theta), on).toBeLessThanOrEqual(TOLERANCE[precision]);
        expect(Object.keys(learner.arrays)).toEqual(Object.keys(reference.arrays));
        if (precision === 'f32') continue;
        for (const name of Object.keys(learner.arrays)) {
          expect(relativeGap(get(learner, name), get(reference, name)), `${name}, ${on}`).toBeLessThan(1e-8);
        }
      }
    }
  });
});

describe('would tell apart', () => {
  const agent = { ...LANES[0], cell: { id: 'gru', units: 5 } };
  const ticks = eventfulTicks(3, 300, false);

  it.each(['rtrl', 'snap', 'immediate'])('lanes of which one keeps its influence through a start (%s)', async (id) => {
    const estimator = { id };
    const { learner: reference } = await make({ ...agent, estimator }, { path: 'reference' });
    const { learner } = await make({ ...agent, estimator }, { path: 'compiled', precision: 'f64' });
    const told = answers(reference, ticks);
    const kept = ticks.flatMap((steps, t) => {
      if (t === 0 || !steps[1]?.start) return answers(learner, [steps]);
      learner.write('1.lane.state', new Float64Array(5)); // a start in all but the influence
      return answers(learner, [[steps[0]!, { ...steps[1], start: false }, steps[2]!]]);
    });
    const gap = relativeGap(kept, told);
    if (id === 'immediate')
      expect(gap).toBeLessThan(TOLERANCE.f64); // it has none to keep
    else expect(gap).toBeGreaterThan(1e-3);
  });

  it('lanes whose gradients are clipped a thousandth apart', async () => {
    const td = { ...agent, ...TD };
    const { learner: reference } = await make(td, { path: 'reference' });
    const { learner } = await make({ ...td, clip: 0.5005 }, { path: 'compiled', precision: 'f64' });
    expect(relativeGap(answers(learner, ticks), answers(reference, ticks))).toBeGreaterThan(1e-6);
  });
});
