/** The head's own rule on the compiled path: every pair of rules learns as on the reference path, swift-td among them. */
import { describe, expect, it } from 'vitest';
import { get } from '../support/arrays.ts';
import { type LearnerCase, learnerOn, live, randomLife, relativeGap } from '../support/kernel-learners.ts';

const SWIFT = { alpha: 0.01, theta: 0.01, lambda: 0.9 } as const;
const HEADS = [
  ['td-lambda', { alpha: 0.01, lambda: 0.5 }],
  ['rmsprop', { alpha: 0.003, lambda: 0.8, decay: 0.99, epsilon: 1e-6 }],
  ['swift-td', SWIFT],
  ['swift-td', { ...SWIFT, eta: 0.02, decay: 0.9 }], // the bound binds
  ['swift-td', { ...SWIFT, eta: null, alpha: 0.001, theta: 0.001 }],
  ['swift-td', { ...SWIFT, theta: 0 }],
  ['swift-td', { ...SWIFT, sparse: true, cut: 0.3 }],
  ['swift-td', { ...SWIFT, sparse: true, eta: 0.02, decay: 0.9, cut: 0 }],
] as const;
const CELLS: Pick<LearnerCase, 'cell' | 'estimator' | 'features'>[] = [
  { cell: ['lstm-columns', { columns: 5 }], estimator: ['columnar'], features: ['normalised', { observation: true }] },
  { cell: ['rtu', { units: 3 }], estimator: ['columnar'] },
  { cell: ['none'], estimator: ['none'], features: ['raw', { observation: true }] },
];
const lives = { episodes: randomLife(600), targets: randomLife(600, { supervised: true }) };

/** Features that are 0 half of the time, so that weights leave and come back. */
for (const life of Object.values(lives))
  life.observation.forEach((_, i) => (i % 7 < 4 ? (life.observation[i] = 0) : 0));

describe.each(CELLS)('$cell', (cell) => {
  it.each(HEADS)('the head learns by %s %o as on the reference path', async (id, options) => {
    for (const rule of [['td-lambda', { alpha: 0.002 }] as const, ['rmsprop', { alpha: 0.001 }] as const]) {
      const learner: LearnerCase = { ...cell, rule, headRule: [id, options] };
      for (const life of Object.values(lives)) {
        const { learner: reference } = await learnerOn(learner, { path: 'reference' });
        const v = live(reference, life);
        const { learner: compiled } = await learnerOn(learner, { path: 'compiled', precision: 'f64' });
        expect(relativeGap(live(compiled, life), v)).toBeLessThan(1e-9);
        for (const name of Object.keys(reference.arrays)) {
          if (!name.startsWith('rule.head.') && !name.startsWith('head.')) continue;
          if (reference.arrays[name] === 0) continue;
          expect(relativeGap(get(compiled, name), get(reference, name)), name).toBeLessThan(1e-7);
        }
      }
    }
  });
});

it('would tell another meta step size', async () => {
  const learner = { ...CELLS[0]!, headRule: ['swift-td', SWIFT] } as const;
  const other = { ...CELLS[0]!, headRule: ['swift-td', { ...SWIFT, theta: 0.0101 }] } as const;
  const { learner: reference } = await learnerOn(learner, { path: 'reference' });
  const { learner: compiled } = await learnerOn(other, { path: 'compiled', precision: 'f64' });
  expect(relativeGap(live(compiled, lives.episodes), live(reference, lives.episodes))).toBeGreaterThan(1e-7);
});

it.each([false, true])('a life that is saved and taken up again goes on bit by bit (sparse %s)', async (sparse) => {
  const learner = { ...CELLS[0]!, headRule: ['swift-td', { ...SWIFT, sparse }] } as const;
  const make = async () => (await learnerOn(learner, { path: 'compiled', precision: 'f64' })).learner;
  const [one, two, control] = [await make(), await make(), await make()];
  live(one, lives.episodes);
  for (const [name, length] of Object.entries(one.arrays)) {
    const values = new Float64Array(length);
    one.read(name, values);
    two.write(name, values);
  }
  const future = randomLife(200, { seed: 'future' });
  future.start.fill(0);
  const v = live(one, future);
  expect(live(two, future)).toEqual(v);
  expect(live(control, future)).not.toEqual(v);
});

it('swift-td over a cell, or over two threads, says why not', async () => {
  const whole = { cell: ['lstm-columns'], estimator: ['columnar'], rule: ['swift-td'] } as const;
  expect((await learnerOn(whole, { path: 'auto' })).chosen.reason).toContain('as headRule it has one');
  const split = { cell: ['lstm-columns'], estimator: ['columnar'], headRule: ['swift-td'] } as const;
  await expect(learnerOn(split, { path: 'compiled', threads: 2 })).rejects.toThrow('its head learns by swift-td');
});
