/** Weights that come and go in lanes: one structure, whose changes every lane's influence follows. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { assembleLanes, assembleReference } from '../../src/assemble.ts';
import { restoreArrays, takeCheckpoint } from '../../src/checkpoint.ts';
import { createLanes } from '../../src/lanes.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { snapshot } from '../support/arrays.ts';
import { exchanging, METHODS } from '../support/exchanging.ts';
import { classStream, live, together } from '../support/lanes.ts';
import { stepOf } from '../support/learners.ts';

type Id = keyof typeof METHODS;
const IDS = Object.keys(METHODS) as Id[];
const NEEDS = { inputSize: 2, questions: 3, seed: 0 };
const STEPS = 70;

const agent = (method: Id, over: Partial<AgentInput> = {}) =>
  exchanging({
    cell: { id: 'gru', units: 6, density: 0.4 },
    head: { id: 'softmax' },
    rule: { id: 'adam', alpha: 0.01, lambda: 0 },
    growth: METHODS[method],
    ...over,
  });
const lanesOf = (method: Id, over: Partial<AgentInput> = {}) => assembleLanes(agent(method, over), NEEDS);
const streams = (B: number, seed = (b: number): string => `lane ${b}`) =>
  together(Array.from({ length: B }, (_, b) => classStream(seed(b), STEPS, { every: 30 })));
const same = (): string => 'the same in all';

describe.each(IDS)('%s', (method) => {
  it('in one lane does what it does without lanes, bit by bit', async () => {
    const { learner, parts } = await lanesOf(method);
    live(learner, streams(1));

    const alone = await assembleReference(agent(method), NEEDS);
    for (const { observation, target, start } of classStream('lane 0', STEPS, { every: 30 })) {
      alone.learner.step(stepOf([...observation], 0, 0, { start, target: [...target!] }));
    }
    expect([...parts.cell.params]).toEqual([...alone.parts.cell.params]);
    expect(parts.cell.rows).toEqual(alone.parts.cell.rows);
    expect(parts.cell.rows.revision).toBe(3);
  });

  it('moves the influence of every lane: lanes that live the same are as one', async () => {
    const [one, four] = [await lanesOf(method), await lanesOf(method, { lanes: 4 })];
    live(one.learner, streams(1, same));
    live(four.learner, streams(4, same));
    expect([...four.parts.cell.params]).toEqual([...one.parts.cell.params]);
    const arrays = snapshot(four.learner);
    const J = Object.keys(arrays).filter((name) => name.endsWith('estimator.influence'));
    expect(J).toHaveLength(4);
    for (const name of J) expect(arrays[name]).toEqual(arrays[J[0]!]);
    const apart = await lanesOf(method, { lanes: 4 }); // control
    live(apart.learner, streams(4));
    expect([...apart.parts.cell.params]).not.toEqual([...one.parts.cell.params]);
  });

  it('counts changes of the weights, and leaves the net alone while a sequence is under way', async () => {
    const growth = { ...METHODS[method], every: 2 };
    const { learner, parts } = await lanesOf(method, { lanes: 2, updateEvery: 'episode', growth });
    const revisions = streams(2, same).map((steps) => {
      live(learner, [steps]);
      return parts.cell.rows.revision;
    });
    // Starts at 0, 30 and 60: the weights have changed twice by then.
    expect(revisions.slice(0, 60)).toEqual(new Array(60).fill(0));
    expect(revisions.slice(60)).toEqual(new Array(10).fill(1));
  });

  it('goes on from a checkpoint bit by bit', async () => {
    const over = { lanes: 3, updateEvery: 3, growth: { ...METHODS[method], every: 5 } };
    const [whole, first, second] = [
      await lanesOf(method, over),
      await lanesOf(method, over),
      await lanesOf(method, over),
    ];
    const ticks = streams(3);
    live(whole.learner, ticks);
    live(first.learner, ticks.slice(0, 40));
    expect(first.parts.cell.rows.revision).toBe(2);
    restoreArrays(takeCheckpoint(40, first.learner, null), second.learner);
    second.rngs.growth.restore(first.rngs.growth.save());
    live(second.learner, ticks.slice(40));
    expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
  });
});

it('is all that lanes grow by', async () => {
  const still = await resolvePart('growth', { id: 'none' });
  const rule = await resolvePart('step-sizes', { id: 'adam' });
  const { parts } = await lanesOf('set');
  const { cell, head, estimator, features } = parts;
  const rng = createRng('none');
  const act = () =>
    createLanes({
      cell,
      head,
      lanes: [{ estimator, features }],
      rule: (groups) => rule.create(rng, { groups }),
      growth: (site) => still.create(rng, site),
    });
  expect(act).toThrow('Cannot grow units in lanes: set growth to none');
});

it('takes the reference path, and says so', async () => {
  const { chosen } = await lanesOf('set', { lanes: 2 });
  expect(chosen).toMatchObject({ path: 'reference', reason: 'in lanes weights come and go on the reference path' });
  await expect(assembleLanes(agent('set', { lanes: 2 }), { ...NEEDS, path: 'compiled' })).rejects.toThrow(
    'Cannot take the compiled path: in lanes weights come and go on the reference path',
  );
});
