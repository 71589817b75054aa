/** A learner of lanes against the learner of one lane, and against itself. */
import { describe, expect, it } from 'vitest';
import { assembleReference } from '../src/assemble.ts';
import { restoreArrays, takeCheckpoint } from '../src/checkpoint.ts';
import type { LaneStep } from '../src/lanes.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { get, snapshot } from './support/arrays.ts';
import { CLASSES, classStream, lanesOf, live, together } from './support/lanes.ts';
import { smallAgent, stepOf } from './support/learners.ts';

const TD = { rule: { id: 'td-lambda', alpha: 0.1 } };

const vector = (values: readonly number[]): Float64Array => Float64Array.from(values);

describe('one lane with a change at every step', () => {
  const AGENTS = [
    CLASSES,
    { ...CLASSES, features: { id: 'normalised' }, inputs: {}, clip: 0.3, head: { id: 'mlp', loss: 'cross-entropy' } },
    { rule: { id: 'td-lambda', alpha: 0.05 }, clip: 0.1 },
    { rule: { id: 'obgd' }, keepStateAcrossEpisodes: true },
    {
      cell: { id: 'none' },
      estimator: { id: 'none' },
      features: { id: 'raw', observation: true },
      rule: { id: 'rls' },
    },
  ];

  it.each(AGENTS)('is the learner of one lane, bit by bit: $head.id, $rule.id', async (over) => {
    const questions = 'head' in over ? 3 : 1;
    const needs = { inputSize: 2, seed: 0, questions };
    const { learner: one } = await assembleReference(smallAgent(over), needs);
    const lanes = await lanesOf({ ...smallAgent(over), lanes: 1, updateEvery: 1 }, needs);
    const stream = classStream('one', 60);
    let different = 0;
    for (const { observation, target, start } of stream) {
      const [x, y] = [[...observation], [...target!.subarray(0, questions)]];
      const alone = one.step(stepOf(x, 0, 0, { start, target: y }));
      const [report] = lanes.step([{ observation, target: Float64Array.from(y), start }]);
      expect([...report!.prediction, ...report!.delta]).toEqual([...alone.prediction, ...alone.delta]);
      if (!start) different += Number(report!.prediction[0] !== 0);
    }
    expect(different).toBeGreaterThan(20); // control: it is about something
    for (const name of Object.keys(one.arrays).filter((name) => /^(cell|head|rule)\./.test(name))) {
      expect(get(lanes, name), name).toEqual(get(one, name));
    }
  });

  it('is not the same where two steps make one change', async () => {
    const stream = classStream('one', 60);
    const one = live(await lanesOf(), together([stream]));
    const other = live(await lanesOf({ updateEvery: 2 }), together([stream]));
    expect(get(one, 'cell.params')).not.toEqual(get(other, 'cell.params'));
  });
});

describe('several lanes', () => {
  const agents = [
    { ...TD, updateEvery: 1 },
    { ...TD, updateEvery: 4 },
    { ...TD, updateEvery: 3, features: { id: 'normalised' }, inputs: {} },
    { updateEvery: 'episode' as const },
  ];

  it.each(agents)('of the same data are one of them in the mean ($updateEvery, $rule.id)', async (over) => {
    const stream = classStream('same', 80);
    const three = live(await lanesOf({ ...over, lanes: 3 }), together([stream, stream, stream]));
    const { updateEvery } = over;
    const one = live(await lanesOf({ ...over, updateEvery, lanes: 1 }), together([stream]));
    for (const name of ['cell.params', 'head.weights']) {
      expectEqual(vector(get(three, name)), vector(get(one, name)), 1e-12);
    }
  });

  it('of the same data are not one of them in the sum', async () => {
    const stream = classStream('same', 80);
    const sum = await lanesOf({ ...TD, lanes: 3, overLanes: 'sum' });
    const one = live(await lanesOf(TD), together([stream]));
    expectDifferent(
      vector(get(live(sum, together([stream, stream, stream])), 'cell.params')),
      vector(get(one, 'cell.params')),
      1e-3,
    );
  });

  it.each(agents)('learn the same in any order ($updateEvery, $rule.id)', async (over) => {
    const every = over.updateEvery === 'episode' ? 8 : 7;
    const of = (...seeds: string[]) =>
      lanesOf({ ...over, lanes: 3 }).then((learner) =>
        live(learner, together(seeds.map((seed) => classStream(seed, 80, { every })))),
      );
    const [one, other, third] = [await of('a', 'b', 'c'), await of('c', 'a', 'b'), await of('a', 'b', 'd')];
    for (const name of ['cell.params', 'head.weights']) {
      expectEqual(vector(get(other, name)), vector(get(one, name)), 1e-12);
      expectDifferent(vector(get(third, name)), vector(get(one, name)), 1e-6);
    }
  });

  it('have states and starts of their own', async () => {
    const streams = [3, 5, 11].map((every, b) => classStream(`own ${b}`, 40, { every, first: b }));
    const lanes = await lanesOf({ lanes: 3 }, { learning: false });
    const alone = await Promise.all(streams.map(() => lanesOf({ lanes: 1 }, { learning: false })));
    lanes.write('head.weights', vector([1, -1, 2, 0.5, -2, 1, 3, 0, 1]));
    for (const one of alone) one.write('head.weights', vector(get(lanes, 'head.weights')));
    const late = await lanesOf({ lanes: 1 }, { learning: false }); // control: starts are seen
    late.write('head.weights', vector(get(lanes, 'head.weights')));
    let moved = 0;
    for (const steps of together(streams)) {
      const reports = lanes.step(steps).map(({ prediction }) => [...prediction]);
      expect(alone.map((one, b) => [...one.step([steps[b]!])[0]!.prediction])).toEqual(reports);
      const [other] = late.step([{ ...steps[0]!, start: false }]);
      moved += Number(other!.prediction[0] !== reports[0]![0]);
    }
    expect(moved).toBeGreaterThan(20);
  });

  it('draw from streams of their own', async () => {
    const stream = classStream('same', 20);
    const uoro = { estimator: { id: 'uoro' }, lanes: 2, rule: { id: 'td-lambda', alpha: 0 } };
    const learner = live(await lanesOf(uoro), together([stream, stream]));
    const arrays = Object.keys(learner.arrays).filter((name) => name.startsWith('0.estimator.'));
    expect(arrays.some((name) => `${get(learner, name)}` !== `${get(learner, name.replace('0.', '1.'))}`)).toBe(true);
    expect(get(learner, '0.lane.state')).toEqual(get(learner, '1.lane.state'));
  });
});

describe('a checkpoint of lanes', () => {
  const agent = { lanes: 3, updateEvery: 5, features: { id: 'normalised' }, inputs: {}, clip: 1 };
  const ticks = together([4, 6, 9].map((every, b) => classStream(`kept ${b}`, 60, { every })));

  it('goes on bit by bit, in the middle of what is gathered', async () => {
    const whole = live(await lanesOf(agent), ticks);
    const half = live(await lanesOf(agent), ticks.slice(0, 33));
    const other = live(await lanesOf(agent), ticks.slice(0, 7)); // it has lived already
    restoreArrays(takeCheckpoint(33, half, null), other);
    expect(snapshot(live(other, ticks.slice(33)))).toEqual(snapshot(whole));
    const without = live(await lanesOf(agent), ticks.slice(0, 33));
    without.write('gathered.cell', new Float64Array(without.arrays['gathered.cell']!));
    expect(snapshot(live(without, ticks.slice(33)))).not.toEqual(snapshot(whole));
  });

  it('forgets states, traces and what is gathered at a reset, and keeps what was learned', async () => {
    const learner = live(await lanesOf(agent), ticks.slice(0, 33));
    const before = snapshot(learner);
    learner.reset();
    const after = snapshot(learner);
    for (const name of Object.keys(before)) {
      const forgets = /state|estimator|gathered|asked/.test(name);
      if (forgets)
        expect(
          after[name]!.every((value) => value === 0),
          name,
        ).toBe(true);
      else expect(after[name], name).toEqual(before[name]);
    }
    expect(before['gathered.cell']!.some((value) => value !== 0)).toBe(true);
  });
});

describe('a step without target', () => {
  const silent = (steps: readonly LaneStep[]): LaneStep[] => steps.map((s) => ({ ...s, target: null }));

  it('moves the lane on, and no weight', async () => {
    const stream = classStream('silent', 20, { every: 30 });
    const learner = live(await lanesOf(), together([stream.slice(0, 10)]));
    const { 'cell.params': before, ...rest } = snapshot(learner);
    live(learner, together([silent(stream.slice(10))]));
    const { 'cell.params': after, ...moved } = snapshot(learner);
    expect(after).toEqual(before);
    expect(moved['rule.m.cell']).toEqual(rest['rule.m.cell']);
    expect(moved['0.lane.state']).not.toEqual(rest['0.lane.state']);
    const influence = Object.keys(rest).filter((name) => name.startsWith('0.estimator.'));
    expect(influence.some((name) => `${moved[name]}` !== `${rest[name]}`)).toBe(true);
  });

  it('makes no change where no lane was asked, and one where one was', async () => {
    const [a, b] = [classStream('a', 1), classStream('b', 1)];
    const learner = await lanesOf({ lanes: 2 });
    learner.step([silent(a)[0]!, silent(b)[0]!]);
    expect(get(learner, 'rule.count')).toEqual([0]);
    learner.step([silent(a)[0]!, b[0]!]);
    expect(get(learner, 'rule.count')).toEqual([1]);
  });
});

describe('lanes are refused', () => {
  const STAGED = { head: { id: 'linear' }, cell: { id: 'staged-columns' }, estimator: { id: 'columnar' } };
  it.each([
    [{ head: { id: 'horde' } }, 'Cannot learn questions in lanes'],
    [
      { head: { id: 'linear' }, rule: { id: 'idbd' }, lanes: 2 },
      'Cannot learn from several lanes or steps together by this step-size rule',
    ],
    [{ ...STAGED, growth: { id: 'constructive' } }, 'Cannot grow by constructive in lanes: set growth to none'],
  ])('%o', async (over, message) => {
    await expect(lanesOf(over as object, { questions: 1 })).rejects.toThrow(message);
  });

  it('by the learner of one lane, and without as many steps as lanes', async () => {
    const act = assembleReference(smallAgent({ lanes: 2 }), { inputSize: 2, seed: 0 });
    await expect(act).rejects.toThrow('it has lanes or updateEvery; leave them at 1, or use assembleLanes');
    const learner = await lanesOf({ lanes: 2 });
    expect(() => learner.step(classStream('a', 1))).toThrow('Cannot take 1 steps at once: the learner has 2 lanes');
  });
});
