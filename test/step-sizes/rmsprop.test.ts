import { expect, it } from 'vitest';
import { oneWeight } from './by-hand.ts';

const OPTIONS = { alpha: 0.1, lambda: 0.5, decay: 0.75, epsilon: 1e-8 };

it('gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 }, // z_0 = 2;  nu_0 = .75 * 1 = .75 as delta z_{-1} = 0
    { delta: 3, gradient: -1 }, // g = 6, nu = .5625 + 9 = 9.5625;  z_1 = .5 - 1 = -.5
    { delta: 2, gradient: 0 }, // g = -1, nu = 7.171875 + .25 = 7.421875
  ];
  const second = 1 + (0.1 * 6) / (Math.sqrt(9.5625) + 1e-8);
  const third = second - 0.1 / (Math.sqrt(7.421875) + 1e-8);
  const seen = await oneWeight('rmsprop', OPTIONS, moments);
  [1, second, third].forEach((w, t) => {
    expect(seen[t]![0]).toBeCloseTo(w, 12);
    expect(seen[t]![1]).toBe(seen[t]![0]); // one step size for both unless the head has its own
  });
});

it('takes steps that do not depend on the scale of the errors, once the second moment has settled', async () => {
  const last = async (scale: number): Promise<number> => {
    const moments = Array.from({ length: 80 }, () => ({ delta: scale, gradient: 1, gamma: 0 }));
    const w = (await oneWeight('rmsprop', OPTIONS, moments)).map(([cell]) => cell!);
    return w.at(-1)! - w.at(-2)!;
  };
  expect(await last(1000)).toBeCloseTo(await last(1), 6);
  expect(await last(1)).toBeCloseTo(0.1, 6);
});

it('starts from the second moment that is asked for', async () => {
  const moments = [
    { delta: 0, gradient: 1 },
    { delta: 1, gradient: 0 },
  ];
  const [, small] = await oneWeight('rmsprop', { ...OPTIONS, start: 0.01 }, moments);
  const [, large] = await oneWeight('rmsprop', { ...OPTIONS, start: 100 }, moments);
  expect(small![0]! - 1).toBeCloseTo(0.1 / Math.sqrt(0.75 ** 2 * 0.01 + 0.25), 6);
  expect(large![0]! - 1).toBeCloseTo(0.1 / Math.sqrt(0.75 ** 2 * 100 + 0.25), 6);
});
