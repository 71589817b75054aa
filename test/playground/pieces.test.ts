/** The playground's pieces: settings in addresses, curves that do not grow, windows with returns. */
import { describe, expect, it } from 'vitest';
import { createStepChunk } from '../../src/chunk.ts';
import { recentSteps } from '../../src/playground/recent-steps.ts';
import { presets } from '../../src/playground/presets.ts';
import { completeSetting, fromHash, toHash } from '../../src/playground/setting.ts';
import { thinnedCurve } from '../../src/playground/thinned-curve.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

describe('a setting in an address', () => {
  it.each(presets.map(({ id }) => id))('comes back as it was: %s', (id) => {
    const { options, agent } = presets.find((preset) => preset.id === id)!;
    const setting = completeSetting({ env: { id, ...options }, agent, seed: 3 });
    expect(fromHash(toHash(setting))).toEqual(setting);
    expect(toHash(setting)).toMatch(/^#[\w%.~!*'()-]+$/);
  });

  it('is checked: what is damaged, too long or no setting is refused in one line', () => {
    expect(fromHash('')).toBeNull();
    expect(fromHash('#')).toBeNull();
    expect(() => fromHash('#%7B')).toThrow('it is damaged');
    expect(() => fromHash('#%E0%A4%A')).toThrow('it is damaged');
    expect(() => fromHash(`#${'a'.repeat(100_000)}`)).toThrow('it is too long');
    expect(() => fromHash(toHash({ env: { id: 'cycle-world' }, seed: 0.5 }))).toThrow(
      'Cannot start the playground: seed',
    );
    expect(() => fromHash(toHash({ env: { id: 'own', code: 'x'.repeat(10_001) } }))).toThrow(
      'at most 10000 characters',
    );
  });
});

describe('a thinned curve', () => {
  const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;

  it('holds every mean while it is short', () => {
    const curve = thinnedCurve();
    for (let i = 1; i <= 512; i++) curve.add(i * curve.first, i);
    expect(curve.shown()).toMatchObject({ every: curve.first });
    expect([...curve.shown().value]).toEqual(Array.from({ length: 512 }, (_, i) => i + 1));
  });

  it('halves when it is full, and keeps the means', () => {
    const curve = thinnedCurve();
    for (let i = 1; i <= 513; i++) curve.add(i * curve.first, i);
    const { every, step, value } = curve.shown();
    expect(every).toBe(2 * curve.first);
    expect(value.length).toBe(257);
    expect([value[0], value[255], value[256]]).toEqual([1.5, 511.5, 513]);
    expect(step[255]).toBe(512 * curve.first);
    for (let i = 514; i <= 4096; i++) curve.add(i * curve.first, i);
    expect(curve.shown().value.length).toBe(512);
    expect(mean(curve.shown().value)).toBeCloseTo((4096 + 1) / 2, 9);
  });

  it('leaves out stretches in which nothing was scored', () => {
    const curve = thinnedCurve();
    curve.add(curve.first, 1);
    curve.add(9 * curve.first, 2);
    expect([...curve.shown().step]).toEqual([curve.first, 9 * curve.first]);
  });
});

describe('recent steps', () => {
  const one = createReportChunk(createStepChunk(1, 1));
  const push = (steps: ReturnType<typeof recentSteps>, t: number, c = 0, gamma = 0.5, start = 0): void => {
    one.steps.length = 1;
    one.steps.observation[0] = t;
    one.steps.cumulant[0] = start ? 0 : c;
    one.steps.discount[0] = start ? 0 : gamma;
    one.steps.start[0] = start;
    steps.push(one, -1, Float64Array.of(-t), null);
  };
  const made = (capacity: number) => recentSteps({ capacity, inputs: 1, entries: 1, units: 0 });

  it('are the latest, in order', () => {
    const steps = made(4);
    for (let t = 0; t < 11; t++) {
      push(steps, t);
      const { from, length, observation, state } = steps.shown(t + 1);
      expect(length).toBe(Math.min(4, t + 1));
      expect([...observation]).toEqual(Array.from({ length }, (_, i) => from + i));
      expect(state[0]).toBe(-from);
    }
    steps.clear();
    expect(steps.shown(11).length).toBe(0);
  });

  it('have returns as far as these are known', () => {
    const steps = made(64);
    for (let t = 0; t < 30; t++) push(steps, t, 1);
    const returns = steps.shown(30).return;
    expect(returns[0]).toBeCloseTo(2, 6); // 1 / (1 - .5)
    expect(returns.findIndex(Number.isNaN)).toBe(23); // .5^6 > 1 %: six steps before the end
  });

  it('end with an episode: what terminates is known to its end, what is cut short is not', () => {
    for (const [gamma, known] of [
      [0, true],
      [0.5, false],
    ] as const) {
      const steps = made(8);
      push(steps, 0, 0, 0, 1);
      push(steps, 1, 3, 0.5);
      push(steps, 2, 4, gamma);
      push(steps, 3, 0, 0, 1);
      push(steps, 4, 9, 0.5);
      expect(steps.shown(5).return[0]).toBe(known ? 3 + 0.5 * 4 : NaN);
      expect(steps.shown(5).return[1]).toBe(known ? 4 : NaN);
    }
  });
});
