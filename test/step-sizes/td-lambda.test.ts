import { expect, it } from 'vitest';
import { oneWeight } from './by-hand.ts';

const OPTIONS = { alpha: 0.1, headAlpha: 0.2, lambda: 0.5 };

it('gives the numbers worked by hand', async () => {
  const moments = [
    { delta: 9, gradient: 2 }, // z_0 = 2, nothing to move yet
    { delta: 1, gradient: -1 }, // w += .1 * 1 * 2;  z_1 = .25 * 2 - 1 = -.5
    { delta: -2, gradient: 4, gamma: 1 }, // w += .1 * -2 * -.5;  z_2 = .5 * -.5 + 4 = 3.75
    { delta: 1, gradient: 0 }, // w += .1 * 3.75
  ];
  const cell = [1, 1.2, 1.3, 1.675];
  const head = [1, 1.4, 1.6, 2.35];
  const seen = await oneWeight('td-lambda', OPTIONS, moments);
  seen.forEach(([c, h], t) => {
    expect(c).toBeCloseTo(cell[t]!, 12);
    expect(h).toBeCloseTo(head[t]!, 12);
  });
});

it('weighs the eligibility with the importance ratio of the action that led on', async () => {
  const moments = [
    { delta: 0, gradient: 2 },
    { delta: 1, gradient: 1, ratio: 3 }, // w += .1 * 3 * 2;  z_1 = .25 * 6 + 1 = 2.5
    { delta: 1, gradient: 0, ratio: 0 }, // w stays;  z_2 = 0
    { delta: 1, gradient: 0 },
  ];
  const seen = (await oneWeight('td-lambda', OPTIONS, moments)).map(([cell]) => cell!);
  [1, 1.6, 1.6, 1.6].forEach((w, t) => expect(seen[t]).toBeCloseTo(w, 12));
  const control = await oneWeight(
    'td-lambda',
    OPTIONS,
    moments.map((m) => ({ ...m, ratio: 1 })),
  );
  expect(control.at(-1)![0]).not.toBeCloseTo(1.6, 3);
});
