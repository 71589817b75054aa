import { describe, expect, it } from 'vitest';
import { stepCharts } from '../../src/page/views/inside-charts.ts';
import { NO_WINDOW, unpack, withFrame } from '../../src/page/views/live-window.ts';
import type { Frame } from '../../src/run/frame.ts';
import { pack, packSome } from '../../src/run/frame.ts';

function frame(from: number, count: number): Frame {
  const numbers = (of: (t: number) => number): string =>
    pack(Float32Array.from({ length: count }, (_, i) => of(from + i)));
  return {
    step: from + count,
    usPerStep: 2,
    state: pack(Float32Array.of(from, -from)),
    stateEvery: 1,
    units: 2,
    components: 1,
    slow: {
      step: from + count,
      norms: { theta: 3 },
      influence: { norm: 5, perUnit: pack(Float32Array.of(3, 4)), every: 1 },
      stepSizes: null,
    },
    steps: {
      ...{ from, count, width: 2 },
      observation: pack(Float32Array.from({ length: 2 * count }, (_, i) => i)),
      prediction: numbers((t) => t),
      delta: numbers(() => NaN),
      cumulant: numbers((t) => t % 2),
      discount: numbers(() => 0.5),
      start: numbers(() => 0),
      value: numbers(() => NaN),
    },
  };
}

describe('frames of a live run', () => {
  it('are unpacked as they were packed', () => {
    expect(unpack(pack(Float32Array.of(1.5, -2, 0)))).toEqual([1.5, -2, 0]);
    expect(unpack(pack(Float32Array.of(NaN)))[0]).toBeNaN();
    expect(unpack(packSome([1, 2, 3]).packed)).toEqual([1, 2, 3]);
    const { packed, every } = packSome(Float64Array.from({ length: 1500 }, (_, i) => i));
    expect([every, unpack(packed)]).toEqual([3, Array.from({ length: 500 }, (_, i) => 3 * i)]);
  });

  it('add up to one window', () => {
    const window = withFrame(withFrame(NO_WINDOW, frame(0, 3)), frame(3, 2));
    expect(window.from).toBe(0);
    expect(window.steps.prediction).toEqual([0, 1, 2, 3, 4]);
    expect(window.steps.delta).toEqual([null, null, null, null, null]);
    expect(window.observation).toEqual([
      [0, 2, 4, 0, 2],
      [1, 3, 5, 1, 3],
    ]);
    expect(window.states.map(({ step }) => step)).toEqual([3, 5]);
    expect(window.slow.at(-1)!.values).toEqual({ theta: 3, 'influence J': 5 });
    expect(window.influence).toMatchObject({ perUnit: [3, 4], every: 1 });
  });

  it('add up for each question of a horde; a chart shows the one that is chosen', () => {
    const asking = (from: number, count: number): Frame => {
      const { steps, ...rest } = frame(from, count);
      const column = (of: number): string => pack(Float32Array.from({ length: count }, (_, i) => of * (from + i)));
      const other = (k: number) => ({
        ...{ prediction: column(k), delta: column(-k), cumulant: column(0), discount: column(0) },
      });
      return {
        ...rest,
        steps: { ...steps, questions: { of: 7, names: ['a', 'b', 'c'], others: [other(10), other(20)] } },
      };
    };
    const window = withFrame(withFrame(NO_WINDOW, asking(0, 3)), asking(3, 2));
    expect(window.questions).toMatchObject({ of: 7, names: ['a', 'b', 'c'] });
    expect(window.questions!.others.map(({ prediction }) => prediction)).toEqual([
      [0, 10, 20, 30, 40],
      [0, 20, 40, 60, 80],
    ]);
    const shown = (question: number) => stepCharts('e/s/0', window, question).map(({ lines }) => lines[0]!.y);
    expect(shown(0)[0]).toEqual([0, 1, 2, 3, 4]);
    expect(shown(2)).toEqual([[0, 20, 40, 60, 80], [0, -20, -40, -60, -80].map((one) => one || -0)]);
    expect(stepCharts('e/s/0', window, 2)[0]!.name).not.toBe(stepCharts('e/s/0', window)[0]!.name);
    const after = withFrame(window, asking(50, 2));
    expect(after.questions!.others[0]!.prediction).toEqual([500, 510]);
    expect(withFrame(NO_WINDOW, frame(0, 3)).questions).toBeNull();
  });

  it('begin anew after a gap: no line joins what does not belong together', () => {
    const window = withFrame(withFrame(NO_WINDOW, frame(0, 3)), frame(10, 2));
    expect([window.from, window.steps.prediction]).toEqual([10, [10, 11]]);
    expect(window.states).toHaveLength(2);
  });

  it('take a fixed amount of memory, however long somebody looks', () => {
    let window = NO_WINDOW;
    for (let t = 0; t < 20_000; t += 100) window = withFrame(window, frame(t, 100));
    expect(window.steps.prediction).toHaveLength(1024);
    expect([window.from, window.steps.prediction[0]]).toEqual([20_000 - 1024, 20_000 - 1024]);
    expect(window.states.length).toBeLessThanOrEqual(240);
    expect(window.slow.length).toBeLessThanOrEqual(300);
  });
});
