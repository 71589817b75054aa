/** What pruning, SET and RigL keep: how many weights there are, which ones may go, and what is known of new ones. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { restoreArrays, takeCheckpoint } from '../../src/checkpoint.ts';
import { get, snapshot } from '../support/arrays.ts';
import {
  EXCHANGES,
  exchanged,
  exchanging,
  free,
  matrixOf,
  METHODS,
  SPARSE_CELLS,
  weightsOf,
} from '../support/exchanging.ts';
import { alive, INPUTS, live } from '../support/growing.ts';
import { stepOf } from '../support/learners.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

type Made = Awaited<ReturnType<typeof exchanged>>;
const IDS = Object.keys(METHODS) as (keyof typeof METHODS)[];

const names = ({ cell }: Made): string[] => weightsOf(cell.rows, cell.params.length);

/** Matrix by matrix, how many weights may go. */
function counts(made: Made): Record<string, number> {
  const all = names(made);
  const out: Record<string, number> = {};
  for (const slot of free(made.cell.rows, all)) {
    const matrix = matrixOf(made.cell.rows, all[slot]!);
    out[matrix] = (out[matrix] ?? 0) + 1;
  }
  return out;
}

const RMSPROP = { id: 'rmsprop', alpha: 0.01, lambda: 0.9 };

describe.each(SPARSE_CELLS)('on $id', (cell) => {
  it.each(EXCHANGES)('%s keeps the number of weights of every matrix, and those that are no choice', async (id) => {
    const made = await exchanged({ cell: cell as never, growth: METHODS[id], rule: RMSPROP });
    const [before, start] = [counts(made), names(made)];
    const fixed = start.filter((_, slot) => !free(made.cell.rows, start).includes(slot));
    expect(fixed.length).toBeGreaterThan(0);
    live(made, 0, 200);
    expect(counts(made)).toEqual(before);
    const end = names(made);
    expect(new Set(end).size).toBe(end.length);
    fixed.forEach((name) => expect(end.indexOf(name)).toBe(start.indexOf(name)));
    expect(end).not.toEqual(start); // control
    expect(made.cell.rows.revision).toBe(10);
  });

  it.each(IDS)('%s lets the least weights go, and leaves all others as they are', async (id) => {
    const made = await exchanged({ cell: cell as never, growth: METHODS[id] });
    const { params, rows } = made.cell;
    const [before, theta] = [names(made), [...params]];
    live(made, 0, 20);
    const after = names(made);
    const gone = [...before.keys()].filter((slot) => before[slot] !== after[slot]);
    expect(gone.length).toBeGreaterThan(0);
    theta.forEach((value, slot) => (gone.includes(slot) ? 0 : expect(params[slot]).toBe(value)));
    for (const slot of free(rows, before)) {
      if (gone.includes(slot)) continue;
      const matrix = matrixOf(rows, before[slot]!);
      const itsGone = gone.filter((other) => matrixOf(rows, before[other]!) === matrix);
      for (const other of itsGone) expect(Math.abs(theta[other]!)).toBeLessThanOrEqual(Math.abs(theta[slot]!));
    }
    for (const slot of gone) {
      if (id === 'set') expect(Math.abs(params[slot]!)).toBeLessThan(0.1);
      else expect(params[slot]).toBe(0);
      expect(after[slot] === '').toBe(id === 'magnitude-pruning');
      expect(before).not.toContain(after[slot] === '' ? 'nothing' : after[slot]);
    }
  });

  it.each(IDS)('%s leaves no trace of a weight that went, in the rule and in what is to be learned', async (id) => {
    const made = await exchanged({ cell: cell as never, growth: METHODS[id], rule: RMSPROP });
    const before = names(made);
    live(made, 0, 19);
    const known = snapshot(made.learner);
    live(made, 19, 20);
    const after = names(made);
    const now = snapshot(made.learner);
    const changed = [...before.keys()].filter((slot) => before[slot] !== after[slot]);
    for (const [name, start] of [
      ['rule.z.cell', 0],
      ['rule.nu.cell', 1],
    ] as const) {
      changed.forEach((slot) => expect(now[name]![slot]).toBe(start));
      expect(changed.some((slot) => known[name]![slot] !== start)).toBe(true); // control
      expect(now[name]!.filter((value) => value === start).length).toBeLessThan(now[name]!.length);
    }
    live(made, 20, 39); // until the next change: a place that is free stays at 0
    const learned = [...made.cell.params];
    changed.forEach((slot) => expect(learned[slot] === 0).toBe(after[slot] === ''));
  });

  it.each(IDS)('%s goes on from a checkpoint bit by bit, whenever it was made', async (id) => {
    const over = { cell: cell as never, growth: METHODS[id], rule: RMSPROP };
    for (const at of [20, 33]) {
      const [whole, first, second] = [await exchanged(over), await exchanged(over), await exchanged(over)];
      live(whole, 0, 90);
      live(first, 0, at);
      const checkpoint = takeCheckpoint(at, first.learner, null);
      restoreArrays(checkpoint, second.learner);
      second.rngs.growth.restore(first.rngs.growth.save());
      expect(snapshot(second.learner)).toEqual(snapshot(first.learner));
      live(second, at, 90);
      expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
      const still = await alive(exchanging({ ...over, growth: { id: 'none' } }));
      expect(() => restoreArrays(checkpoint, still.learner)).toThrow('use the settings it was made with');
    }
  });
});

describe('magnitude pruning', () => {
  const share = (made: Made, all: number): number => 1 - Object.values(counts(made))[1]! / all;

  it('follows the cubic schedule, from what the net lacks at the start to the end', async () => {
    const growth = { id: 'magnitude-pruning', sparsity: 0.9, begin: 100, every: 50, until: 600 };
    const made = await exchanged({ cell: { id: 'tanh', units: 20 }, growth });
    const all = 20 * 19; // a unit's weight on itself stays
    for (let t = 0; t < 700; t += 50) {
      const due = t < 100 ? 0 : 0.9 - 0.9 * (1 - Math.min(1, (t - 100) / 500)) ** 3;
      expect(Math.abs(share(made, all) - due)).toBeLessThanOrEqual(0.5 / all);
      live(made, t, t + 50);
    }
    expect(share(made, all)).toBeCloseTo(0.9, 12);
  });

  it('begins at the sparsity of a net that is sparse already', async () => {
    const growth = { id: 'magnitude-pruning', sparsity: 0.9, begin: 0, every: 10, until: 100 };
    const made = await exchanged({ cell: { id: 'tanh', units: 20, density: 0.5 }, growth });
    const all = 20 * 19;
    const start = share(made, all);
    live(made, 0, 30);
    expect(Math.abs(share(made, all) - (0.9 + (start - 0.9) * 0.7 ** 3))).toBeLessThanOrEqual(0.5 / all);
  });

  it('lets the last weights go at the end of the schedule, wherever the changes before it fell', async () => {
    const growth = { id: 'magnitude-pruning', sparsity: 0.5, begin: 0, every: 40, until: 100 };
    const made = await exchanged({ cell: { id: 'tanh', units: 20 }, growth });
    live(made, 0, 99);
    expect(share(made, 380)).toBeLessThan(0.5);
    live(made, 99, 300);
    expect(share(made, 380)).toBe(0.5);
  });

  it('makes steps cheaper', async () => {
    const made = await exchanged({ cell: { id: 'tanh', units: 20 }, growth: METHODS['magnitude-pruning'] });
    const { cost } = made.site.estimator;
    live(made, 0, 100);
    expect(made.site.estimator.cost.macsPerStep).toBeLessThan(0.5 * cost.macsPerStep);
    expect(made.site.estimator.cost.entries).toBe(get(made.learner, 'estimator.influence').length);
  });
});

describe('rigl', () => {
  /** The sum over steps of error, slope of the unit's sum and source, for every place of a tanh net. */
  async function scored(supervised: boolean) {
    const cell = { id: 'tanh', units: 6, density: 0.5 };
    const made = await exchanged({ cell, growth: { id: 'rigl', every: 40, until: 1000 } });
    const { lane, head } = made.site;
    const places = new Map<string, number>();
    const rng = createRng('scores');
    let last: { slope: number[]; pre: number[] } | null = null;
    for (let t = 0; t < 39; t++) {
      const x = Array.from({ length: INPUTS }, () => rng.normal());
      const target = supervised ? { target: [rng.normal()] } : {};
      const { delta } = made.learner.step(stepOf(x, rng.normal(), 0.9, { start: t === 0, ...target }));
      const slope = Array.from({ length: 6 }, (_, i) => head.weights[i]! * (1 - lane.state[i]! ** 2));
      const now = { slope, pre: [...lane.pre] };
      const blamed = supervised ? now : last;
      last = now;
      if (!blamed) continue;
      blamed.slope.forEach((a, r) => {
        blamed.pre.forEach((value, j) => {
          places.set(`${r} ${j}`, (places.get(`${r} ${j}`) ?? 0) + delta[0]! * a * value);
        });
      });
    }
    return { made, places };
  }

  it.each([false, true])('sums error times slope times source; from targets: %s', async (supervised) => {
    const { made, places } = await scored(supervised);
    const input = get(made.learner, 'growth.scores.recurrent.input');
    const recurrent = get(made.learner, 'growth.scores.recurrent.recurrent');
    input.forEach((score, i) => expect(score).toBeCloseTo(places.get(`${Math.floor(i / 3)} ${i % 3}`)!, 12));
    recurrent.forEach((score, i) => expect(score).toBeCloseTo(places.get(`${Math.floor(i / 6)} ${4 + (i % 6)}`)!, 12));
    expect(Math.max(...recurrent.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it('takes in the places of the largest sums, and begins to sum anew', async () => {
    const made = await exchanged({ cell: { id: 'tanh', units: 6, density: 0.5 }, growth: METHODS.rigl });
    const before = names(made);
    live(made, 0, 19);
    const scores = get(made.learner, 'growth.scores.recurrent.recurrent');
    const at = (name: string): number => {
      const [r, source] = name.split(' ').map(Number) as [number, number];
      return Math.abs(scores[r * 6 + source - INPUTS - 1]!);
    };
    live(made, 19, 20);
    const after = names(made);
    const come = after.filter((name) => !before.includes(name) && matrixOf(made.cell.rows, name).endsWith('recurrent'));
    const empty = Array.from({ length: 36 }, (_, i) => `${Math.floor(i / 6)} ${INPUTS + 1 + (i % 6)}`).filter(
      (name) => !before.includes(name),
    );
    expect(come.length).toBeGreaterThan(1);
    expect(empty.length).toBeGreaterThan(come.length);
    const least = Math.min(...come.map(at));
    // The last step's share of the sums is still to come: the order of far apart ones stands.
    expect(empty.filter((name) => at(name) > 1.5 * least && !come.includes(name))).toEqual([]);
    expect(get(made.learner, 'growth.scores.recurrent.recurrent')).toEqual(new Array(36).fill(0));
  });

  it('exchanges a share that falls by half a cosine to 0', async () => {
    const cell = { id: 'tanh', units: 20, density: 0.5 };
    const made = await exchanged({ cell, growth: { id: 'rigl', fraction: 0.4, every: 50, until: 400 } });
    const many = counts(made)['recurrent recurrent']!;
    for (let t = 50; t <= 500; t += 50) {
      const before = new Set(names(made));
      live(made, t - 50, t);
      const come = names(made).filter((name) => !before.has(name));
      const share = t >= 400 ? 0 : 0.2 * (1 + Math.cos((Math.PI * t) / 400));
      const recurrent = come.filter((name) => matrixOf(made.cell.rows, name).endsWith('recurrent'));
      expect(recurrent).toHaveLength(Math.floor(share * many));
    }
  });

  it('takes in no place without a slope', async () => {
    const made = await exchanged({ growth: METHODS.rigl });
    made.learner.write('head.weights', new Float64Array(get(made.learner, 'head.weights').length));
    const before = names(made);
    live(made, 0, 100);
    expect(names(made)).toEqual(before);
  });
});

it('set draws what comes evenly from all that was empty', async () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < 60; seed++) {
    const cell = { id: 'tanh', units: 5, density: 0.4 };
    const made = await exchanged({ cell, growth: { id: 'set', every: 5, fraction: 0.5 } }, 0);
    made.rngs.growth.restore(createRng(`draw/${seed}`).save());
    const before = new Set(names(made));
    live(made, 0, 5);
    const come = names(made).filter((name) => !before.has(name));
    for (const name of come) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const made = await exchanged({ cell: { id: 'tanh', units: 5, density: 0.4 } });
  const has = new Set(names(made));
  const empty = Array.from({ length: 5 * 9 }, (_, i) => `${Math.floor(i / 9)} ${i % 9}`).filter(
    (name) => !has.has(name),
  );
  expect([...seen.keys()].sort()).toEqual(empty.sort());
});

it.each(IDS)('%s: stopped and resumed, a run ends with the bytes of an uninterrupted one', async (id) => {
  const results = tempFolder();
  const growth = { ...METHODS[id], every: 100, ...(id === 'magnitude-pruning' ? { until: 2000 } : {}) };
  const agent = {
    ...exchanging({ growth: growth as never, rule: RMSPROP, features: { id: 'normalised' } }),
    id: 'moving',
  };
  const setting = await smallSetting({ agent, steps: 2000 });
  const whole = await run(results, 'whole', { setting });
  await run(results, 'parts', { setting, stopAt: 900 });
  const { end, files } = await run(results, 'parts', { setting, resume: true });
  expect(end.status).toBe('done');
  expect(files).toEqual(whole.files);
});

describe('refused in one line', () => {
  it.each([
    [{ cell: { id: 'gru-reset-before' } }, 'Cannot exchange weights: which weights this cell has is part of its maths'],
    [{ cell: { id: 'lstm-columns' } }, 'or fixed; take tanh, ctrnn, gru or lstm'],
    [{ cell: { id: 'tanh' } }, 'Cannot exchange weights: the cell is dense, there is none to take in'],
    [{ growth: { ...METHODS['magnitude-pruning'], begin: 100 } }, 'Cannot prune weights from step 100 until 100'],
  ])('%o', async (over, words) => {
    await expect(exchanged(over as never)).rejects.toThrow(words);
  });
});
