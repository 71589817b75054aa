import { describe, expect, it } from 'vitest';
import { presets } from 'agent-state/playground/presets';
import type { About, Frame } from 'agent-state/playground/protocol';
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

  it('is a curve between its floors', () => {
    const about = { measure: 'squared error', floors: { zero: 3, constant: 2, ideal: 0.5 } } as About;
    const { x, lines } = curveChart(about, frame);
    expect(x).toEqual([250, 500]);
    expect(lines.map(({ y }) => y)).toEqual([
      [1, null],
      [2, 2],
      [0.5, 0.5],
    ]);
    expect(curveChart({ ...about, floors: null }, frame).lines).toHaveLength(1);
  });

  it('shows the return where the task tells no true value', () => {
    const [prediction] = windowCharts(frame);
    expect(prediction!.x).toEqual([10, 11]);
    expect(prediction!.lines[1]).toMatchObject({ label: 'return', y: [0.4, null] });
    const told = { ...frame, window: { ...frame.window, value: Float64Array.of(1, 2) } };
    expect(windowCharts(told)[0]!.lines[1]).toMatchObject({ label: 'true value', y: [1, 2] });
  });

  it('shows inputs and units row by row, and no picture of nothing', () => {
    expect(windowHeats(frame).map(({ rows }) => rows)).toEqual([
      [
        [1, 3],
        [2, 4],
      ],
      [[5, 6]],
    ]);
  });
});
