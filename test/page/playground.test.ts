import { describe, expect, it } from 'vitest';
import { presets } from 'agent-state/playground/presets';
import type { About, Frame, Window } from 'agent-state/playground/protocol';
import { completeSetting } from 'agent-state/playground/setting';
import {
  CELLS,
  chosen,
  ESTIMATORS,
  OFFERED,
  RULES,
  sizeOf,
  withChoice,
  withRuleNumber,
  withSize,
} from '../../src/page/playground/choices.ts';
import { curveChart, windowCharts, windowHeats } from '../../src/page/playground/frame-charts.ts';
import { aroundReward, latestSteps } from '../../src/page/playground/shown-steps.ts';
import { historyChart, stepSizeCharts } from '../../src/page/playground/step-size-charts.ts';
import { stepSizeGroups, stepSizeHistory } from '../../src/page/playground/step-size-history.ts';

const agent = presets[0]!.agent;

describe('the form', () => {
  it.each(['cell', 'estimator', 'rule'] as const)(
    'makes of every %s that it offers a setting that can be read',
    (kind) => {
      OFFERED[kind].forEach((_, i) => {
        const next = withChoice(agent, kind, i);
        expect(chosen(next, kind)).toBe(i);
        expect(() => completeSetting({ env: { id: 'cycle-world' }, agent: next })).not.toThrow();
      });
    },
  );

  it('knows what every preset is made of, or says that it is its own', () => {
    for (const { agent: own } of presets) {
      expect(chosen(own, 'cell')).toBeGreaterThanOrEqual(0);
      expect(chosen(own, 'estimator')).toBeGreaterThanOrEqual(0);
      expect(chosen(own, 'rule')).toBeGreaterThanOrEqual(0);
    }
    expect(chosen({ ...agent, cell: { id: 'no-such-cell' } }, 'cell')).toBe(-1);
  });

  it('says of everything what it is', () => {
    for (const { about, name } of Object.values(OFFERED).flat()) expect(about, name).toMatch(/^[A-Z].{10,100}[.]$/);
    for (const { about, look, pace, title } of presets) {
      expect(`${about} ${look}`, title).toMatch(/^[A-Z].*[.?] [A-Z].*[.]$/);
      expect(pace, title).toBeGreaterThan(0);
    }
  });

  it('tells SnAp-1 from SnAp-2', () => {
    const [one, two] = [1, 2].map((n) => ESTIMATORS.findIndex(({ part }) => part['n'] === n));
    expect(chosen(withChoice(agent, 'estimator', one!), 'estimator')).toBe(one);
    expect(chosen(withChoice(agent, 'estimator', two!), 'estimator')).toBe(two);
    expect(one).not.toBe(two);
  });

  it('keeps the number of units, alpha and lambda when a part changes', () => {
    const sized = withSize(agent, 7);
    const gru = withChoice(sized, 'cell', CELLS.findIndex(({ part }) => part.id === 'gru')); // prettier-ignore
    expect([sizeOf(sized), sizeOf(gru)]).toEqual([7, 7]);
    const rated = withRuleNumber(agent, 'alpha', 0.5);
    const adam = withChoice(rated, 'rule', RULES.findIndex(({ part }) => part.id === 'adam')); // prettier-ignore
    expect(adam.rule).toMatchObject({ id: 'adam', alpha: 0.5 });
    expect(withChoice(rated, 'rule', RULES.findIndex(({ part }) => part.id === 'idbd')).rule).not.toHaveProperty('lambda'); // prettier-ignore
  });

  it('gives a net that had no state to learn an estimator again', () => {
    const none = withChoice(agent, 'cell', CELLS.findIndex(({ part }) => part.id === 'none')); // prettier-ignore
    expect(none.estimator).toEqual({ id: 'none' });
    expect(withChoice(none, 'cell', 0).estimator).toEqual({ id: 'snap', n: 1 });
  });
});

describe('a frame', () => {
  const none = new Float64Array(0);
  const frame = {
    curve: { every: 250, step: Float64Array.of(250, 500), value: Float64Array.of(1, NaN) },
    window: {
      from: 10,
      length: 2,
      observation: Float64Array.of(1, 2, 3, 4),
      prediction: Float64Array.of(0.5, 0.6),
      delta: Float64Array.of(0, 1),
      cumulant: Float64Array.of(0, 0),
      return: Float64Array.of(0.4, NaN),
      value: Float64Array.of(NaN, NaN),
      state: Float64Array.of(5, 6),
      eligibility: none,
    },
  } as unknown as Frame;

  const cycle = { measure: 'squared error', floors: null, setting: { env: { id: 'cycle-world' } } } as About;

  it('is a curve between its floors', () => {
    const about = { ...cycle, floors: { zero: 3, constant: 2, ideal: 0.5 } };
    const { x, lines } = curveChart(about, frame);
    expect(x).toEqual([250, 500]);
    expect(lines.map(({ y }) => y)).toEqual([
      [1, null],
      [2, 2],
      [0.5, 0.5],
    ]);
    expect(curveChart(cycle, frame).lines).toHaveLength(1);
  });

  it('is a curve between what returns can be, where an agent acts in a maze', () => {
    const maze = {
      ...cycle,
      measure: 'return of an episode',
      setting: { env: { id: 't-maze', size: 6 } },
    } as unknown as About;
    const [, without, best] = curveChart(maze, frame).lines;
    expect(without).toMatchObject({ label: 'best without memory', y: [1, 1] });
    expect(best).toMatchObject({ label: 'best possible', y: [3.5, 3.5] });
  });

  it('shows the return where the task tells no true value', () => {
    const [prediction] = windowCharts(cycle, frame, latestSteps(frame.window));
    expect(prediction!.x).toEqual([10, 11]);
    expect(prediction!.lines[1]).toMatchObject({ label: 'return', y: [0.4, null] });
    const told = { ...frame, window: { ...frame.window, value: Float64Array.of(1, 2) } };
    const [other] = windowCharts(cycle, told, latestSteps(told.window));
    expect(other!.lines[1]).toMatchObject({ label: 'true value', y: [1, 2] });
  });

  it('marks the cue, in worlds that have one', () => {
    const labels = (id: string, observation = frame.window.observation) => {
      const about = { ...cycle, setting: { env: { id } } } as About;
      const window = { ...frame.window, observation, start: Uint8Array.of(1, 0) };
      const [prediction] = windowCharts(about, { ...frame, window }, latestSteps(window));
      return prediction!.lines.slice(2).map(({ label, y }) => `${label} ${y.join(' ')}`);
    };
    expect(labels('cycle-world')).toEqual(['reward 0 0']);
    expect(labels('trace-conditioning', Float64Array.of(1, 0, 0, 1))).toEqual(['reward 0 0', 'cue 0 1']); // second input
    expect(labels('t-maze')).toEqual(['reward 0 0', 'sign 1 0']);
    expect(labels('tracking')).toEqual([]);
  });

  it('shows inputs and units row by row, and no picture of nothing', () => {
    expect(windowHeats(cycle, frame, latestSteps(frame.window)).map(({ rows }) => rows)).toEqual([
      [
        [1, 3],
        [2, 4],
      ],
      [[5, 6]],
    ]);
  });

  it('shows no more than the steps that are asked for', () => {
    const shown = { first: 1, length: 1, from: -1, xTitle: 'steps from the latest reward' };
    const [prediction] = windowCharts(cycle, frame, shown);
    expect(prediction).toMatchObject({ x: [-1], xTitle: 'steps from the latest reward' });
    expect(prediction!.lines[0]!.y).toEqual([0.6]);
    const [seen] = windowHeats(cycle, frame, shown);
    expect(seen).toMatchObject({ from: -1, columnName: 'steps from the latest reward', rows: [[3], [4]] });
  });
});

describe('steps around a reward', () => {
  const trial = { before: 3, after: 2 };
  /** Rewards at these steps of twenty; returns are known before `known`. */
  const window = (rewards: readonly number[], known = 20): Window => {
    const at = (says: (t: number) => number) => Float64Array.from({ length: 20 }, (_, t) => says(t));
    const cumulant = at((t) => (rewards.includes(t) ? 2 : -0.1));
    return {
      from: 100,
      length: 20,
      cumulant,
      value: at(() => NaN),
      return: at((t) => (t < known ? 0 : NaN)),
    } as Window;
  };

  it('are those of the latest one that has as many on either side', () => {
    expect(aroundReward(window([5, 12]), trial)).toMatchObject({ first: 9, length: 5, from: -3 });
    expect(aroundReward(window([5, 12, 19]), trial)).toMatchObject({ first: 9 }); // too late
    expect(aroundReward(window([5, 12, 13]), trial)).toMatchObject({ first: 9 }); // a reward of two steps begins once
  });

  it('are rather earlier than without a known return, if there is such a one', () => {
    expect(aroundReward(window([5, 12], 10), trial)).toMatchObject({ first: 2 });
    expect(aroundReward(window([12], 10), trial)).toMatchObject({ first: 9 });
  });

  it('are none where there is no reward, or none in reach', () => {
    expect(aroundReward(window([]), trial)).toBeNull();
    expect(aroundReward(window([1]), trial)).toBeNull();
  });
});

describe('step sizes', () => {
  const about = {
    setting: { env: { id: 'tracking', inputs: 4, relevant: 1 } },
    inputs: 4,
    parameters: 4,
    stepSizes: ['head'],
  } as unknown as About;
  const frame = (step: number, ...values: number[]): Frame =>
    ({
      step,
      inside: { stepSizes: [{ group: 'head', values: Float64Array.from(values), weights: 4 }] },
    }) as unknown as Frame;

  it('are told apart where it is known which inputs matter', () => {
    const [chart] = stepSizeCharts(about, frame(1, 0.1, 1e-3, 1e-3, 1e-30));
    expect(chart!.lines).toMatchObject([
      { label: 'signal', y: [0.1, null, null, null] },
      { label: 'noise', y: [null, 1e-3, 1e-3, null] }, // 1e-30 is as good as nothing
    ]);
    expect(stepSizeGroups({ ...about, parameters: 9 })).toBeNull();
    expect(stepSizeGroups({ ...about, setting: { ...about.setting, env: { id: 'own' } } })).toBeNull();
  });

  it('over a run are the geometric means of each group', () => {
    const history = stepSizeHistory(stepSizeGroups(about)!);
    history.add(frame(0, 9, 9, 9, 9)); // before the first step
    history.add(frame(100, 0.2, 1e-2, 1e-4, 1e-3));
    history.add(frame(600, 0.4, 1e-5, 1e-5, 1e-5));
    const { x, lines } = historyChart(history.shown());
    expect(x).toEqual([250, 750]);
    expect(lines.map(({ label }) => label)).toEqual(['signal', 'noise']);
    expect(lines[0]!.y).toEqual([expect.closeTo(0.2), expect.closeTo(0.4)]);
    expect(lines[1]!.y).toEqual([expect.closeTo(1e-3, 9), expect.closeTo(1e-5, 9)]);
  });
});
