import { describe, expect, it } from 'vitest';
import { chartsOfTrace, errorsOf, returnsOf } from '../../src/page/views/trace-charts.ts';

const trace = {
  format: 1 as const,
  from: 100,
  prediction: [0.5, 1, 0, 0.5],
  cumulant: [0, 0, 1, 0],
  discount: [0.5, 0.5, 0.5, 0],
  start: [1, 0, 0, 0] as (0 | 1)[],
  value: null,
};

describe('the last steps of a run', () => {
  it('have the return that a prediction is about, where it is known', () => {
    // g_2 = c_3 = 0 as gamma_3 = 0;  g_1 = c_2 + .5 g_2 = 1;  g_0 = c_1 + .5 g_1 = .5
    expect(returnsOf(trace.cumulant, trace.discount)).toEqual([0.5, 1, 0, null]);
  });

  it('have none where what is yet to come weighs too much', () => {
    expect(returnsOf([0, 0, 1], [0.9, 0.9, 0.9])).toEqual([null, null, null]);
    expect(returnsOf([0, null, 1], [0, 0, 0])).toEqual([null, 1, null]);
  });

  it('have TD errors, none where an episode opens', () => {
    expect(errorsOf(trace)).toEqual([null, 0 + 0.5 * 1 - 0.5, 1 + 0 - 1, 0 + 0 - 0]);
    expect(errorsOf({ ...trace, start: [1, 0, 1, 0] })[2]).toBeNull();
  });

  it('show what the environment calls the value, if it does', () => {
    const [own] = chartsOfTrace('a', { ...trace, value: [1, 2, 3, 4] });
    expect(own!.lines[1]).toMatchObject({ label: 'true value', y: [1, 2, 3, 4] });
    expect(chartsOfTrace('a', trace)[0]!.lines[1]).toMatchObject({ label: 'return', y: [0.5, 1, 0, null] });
  });

  it('of classes show bits paid and expected', () => {
    const classes = { came: [0, null], probability: [0.25, null], likeliest: [0, 1], entropy: [1.5, 1] };
    const charts = chartsOfTrace('a', { ...trace, classes });
    expect(charts).toHaveLength(1);
    expect(charts[0]!.lines.map(({ y }) => y)).toEqual([
      [2, null],
      [1.5, 1],
    ]);
  });
});
