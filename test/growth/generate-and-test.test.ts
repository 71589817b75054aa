import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { carry, get, snapshot } from '../support/arrays.ts';
import { alive, type Alive, INPUTS, live, staged } from '../support/growing.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const COLUMNS = 4;
const PER_COLUMN = 4 * (INPUTS + 2);

interface Growing {
  readonly rate?: number;
  readonly decay?: number;
  readonly maturity?: number;
}

/** Four LSTM columns of which one in `1 / (4 rate)` steps is replaced. */
const agent = (growth: Growing, over: Partial<AgentInput> = {}) =>
  staged({
    cell: { id: 'lstm-columns', columns: COLUMNS, scale: 1 },
    features: { id: 'raw' },
    growth: { id: 'generate-and-test', ...growth },
    ...over,
  });

const unitsOf = ({ parts: { cell } }: Alive, indices: readonly number[]): number[] => {
  const row = (j: number): number => cell.rows.start.findIndex((start) => start > j) - 1;
  return [...new Set(indices.map((j) => cell.rows.dest[row(j)]!))].sort();
};

/** Units whose parameters differ from those given. */
const changed = (made: Alive, theta: readonly number[]): number[] =>
  unitsOf(
    made,
    theta.flatMap((value, j) => (value === made.parts.cell.params[j] ? [] : [j])),
  );

/** Nothing learns, so that what changes was replaced. */
const STILL: Partial<AgentInput> = { rule: { id: 'td-lambda', alpha: 0 } };

async function withHead(weights: readonly number[], growth: Growing, over: Partial<AgentInput> = {}): Promise<Alive> {
  const made = await alive(agent(growth, { ...STILL, ...over }));
  made.learner.write('head.weights', Float64Array.from(weights));
  return made;
}

describe('generate-and-test', () => {
  it('replaces the column that contributes least, and it alone', async () => {
    for (const useless of [0, 2, 3]) {
      const weights = [1, 1, 1, 1, 0.5].map((w, i) => (i === useless ? 1e-3 : w));
      const made = await withHead(weights, { rate: 0.25 / 30, maturity: 10 });
      const theta = [...made.parts.cell.params];
      live(made, 0, 35);
      expect(changed(made, theta)).toEqual([]);
      live(made, 35, 41); // 4 columns are due 1 / 30 each step, from step 11 on
      expect(changed(made, theta)).toEqual([useless]);
    }
  });

  it('takes a column with a large weight whose feature is always 0 for a useless one', async () => {
    const made = await withHead([1, 50, 1, 1, 0], { rate: 0.25 / 30, maturity: 10 });
    const { params, rows } = made.parts.cell;
    // Closed for good: the output gate of column 1 sees a large negative constant.
    for (let e = rows.start[2 * COLUMNS + 1]!; e < rows.start[2 * COLUMNS + 2]!; e++) {
      params[e] = rows.source[e] === INPUTS ? -30 : 0;
    }
    const theta = [...params];
    live(made, 0, 41);
    expect(changed(made, theta)).toEqual([1]);
  });

  it('begins the column anew: parameters, state, traces, head weight and what the rule knows of them', async () => {
    const made = await alive(agent({ rate: 0.25 / 30, maturity: 10 }, { rule: { id: 'rmsprop', alpha: 0.01 } }));
    made.learner.write('head.weights', Float64Array.of(1, 1, 0, 1, 0.5));
    live(made, 0, 40);
    const before = snapshot(made.learner);
    live(made, 40, 41);
    const after = snapshot(made.learner);
    expect(after['growth.age']).toEqual([41, 41, 0, 41]);
    const of = (array: readonly number[], width = 1): number[] => {
      const { rows } = made.parts.cell;
      return array.filter((_, i) => {
        const row = rows.start.findIndex((start) => start > Math.floor(i / width)) - 1;
        return rows.dest[row] === 2;
      });
    };
    expect(of(after['cell.params']!)).toHaveLength(PER_COLUMN);
    of(after['cell.params']!).forEach((value, i) => {
      expect(Math.abs(value)).toBeLessThanOrEqual(1);
      expect(Math.abs(value - of(before['cell.params']!)[i]!)).toBeGreaterThan(1e-3);
    });
    const zero = (values: readonly number[]): boolean => values.every((value) => value === 0);
    expect(after['lane.state']!.slice(4, 6)).toEqual([0, 0]);
    expect(zero(after['lane.state']!)).toBe(false);
    for (const [name, width] of [
      ['estimator.traces', 2],
      ['rule.z.cell', 1],
    ] as const) {
      expect(zero(of(after[name]!, width)), name).toBe(true);
      expect(zero(of(before[name]!, width)), name).toBe(false);
      expect(zero(after[name]!), name).toBe(false);
    }
    expect(of(after['rule.nu.cell']!).every((value) => value === 1)).toBe(true);
    expect(of(before['rule.nu.cell']!).some((value) => value === 1)).toBe(false);
    expect([after['head.weights']![2], after['rule.z.head']![2], after['rule.nu.head']![2]]).toEqual([0, 0, 1]);
  });

  it('leaves v where it is on average: the constant takes over the weight times the mean of its feature', async () => {
    const weights = [2, 1e-3, 2, 2, 0.5];
    const made = await withHead(weights, { rate: 0.25 / 30, maturity: 10, decay: 0.9 });
    const h: number[] = [];
    for (let t = 0; t < 41; t++) {
      live(made, t, t + 1);
      h.push(get(made.learner, 'lane.state')[3]!); // 0 at the last, where it was replaced
    }
    expect(get(made.learner, 'growth.age')[1]).toBe(0);
    const { parts } = await alive(agent({ rate: 0 }, STILL));
    const twin = await alive(agent({ rate: 0 }, STILL));
    expect(parts.cell.params).toEqual(twin.parts.cell.params);
    live(twin, 0, 41);
    h[40] = get(twin.learner, 'lane.state')[3]!;
    let [mean, known] = [0, 0];
    for (const value of h) [mean, known] = [0.9 * mean + 0.1 * value, 0.9 * known + 0.1];
    expect(mean).not.toBe(0);
    expect(get(made.learner, 'head.weights')[4]).toBeCloseTo(0.5 + (1e-3 * mean) / known, 14);
  });

  it('leaves v exactly where it is, where the feature of the column is constant', async () => {
    const closed = async (rate: number): Promise<number[]> => {
      const made = await withHead([2, 1e-3, 2, 2, 0.5], { rate, maturity: 20, decay: 0.9 });
      const { params, rows } = made.parts.cell;
      // i = o = 1 and g = tanh(.01) with f = 0: h is one number from the first step on.
      const bias = [40, -800, 40, 0.01];
      bias.forEach((value, gate) => {
        const r = gate * COLUMNS + 1;
        for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) params[e] = rows.source[e] === INPUTS ? value : 0;
      });
      const v = live(made, 0, 60);
      expect(get(made.learner, 'growth.age')[1]! < 60).toBe(rate > 0);
      return v;
    };
    const [plain, replaced] = [await closed(0), await closed(0.25 / 39)];
    replaced.forEach((v, t) => expect(v).toBeCloseTo(plain[t]!, 12));
  });

  it('replaces rho of all mature columns per step, and none before they are mature', async () => {
    const born = async (growth: Growing, steps: number): Promise<number> => {
      const made = await withHead([1, 1, 1, 1, 1], growth);
      let births = 0;
      for (let t = 0; t < steps; t++) {
        live(made, t, t + 1);
        births += get(made.learner, 'growth.age').filter((age) => age === 0).length;
      }
      return births;
    };
    expect(await born({ rate: 1, maturity: 50 }, 50)).toBe(0);
    expect(await born({ rate: 1, maturity: 50 }, 51)).toBe(COLUMNS);
    expect(await born({ rate: 0.01, maturity: 0 }, 500)).toBe(20); // 500 steps of 4 mature columns, less the newborn
    expect(await born({ rate: 0, maturity: 0 }, 500)).toBe(0);
  });

  it('forgets the statistics of the features too', async () => {
    const features = { id: 'normalised', rate: 0.9 };
    const made = await withHead([1, 1, 1e-3, 1, 1], { rate: 0.25 / 30, maturity: 10 }, { features });
    live(made, 0, 41);
    expect(get(made.learner, 'growth.age')[2]).toBe(0);
    expect(get(made.learner, 'features.mean').map((value) => value === 0)).toEqual([false, false, true, false]);
    expect(get(made.learner, 'features.variance')[2]).toBe(1);
  });

  it('goes on from its arrays and its random stream as if nothing had happened', async () => {
    const growing = agent({ rate: 0.02, maturity: 5 }, { rule: { id: 'rmsprop', alpha: 0.01 } });
    const [whole, first, second, other] = [
      await alive(growing),
      await alive(growing),
      await alive(growing),
      await alive(growing),
    ];
    live(whole, 0, 100);
    live(first, 0, 47);
    for (const next of [second, other]) carry(first.learner, next.learner);
    second.rngs.growth.restore(first.rngs.growth.save());
    live(second, 47, 100);
    expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
    live(other, 47, 100); // whose stream begins again
    expect(snapshot(other.learner)).not.toEqual(snapshot(whole.learner));
  });

  it('stopped and resumed ends with the bytes of an uninterrupted run', async () => {
    const results = tempFolder();
    const setting = await smallSetting({
      agent: { ...agent({ rate: 0.01, maturity: 20 }), id: 'growing' },
      steps: 2000,
    });
    const whole = await run(results, 'whole', { setting });
    await run(results, 'parts', { setting, stopAt: 900 });
    const { end, files } = await run(results, 'parts', { setting, resume: true });
    expect(end.status).toBe('done');
    expect(files).toEqual(whole.files);
  });

  it('refuses in one line what it cannot replace', async () => {
    const act = (over: Partial<AgentInput>) => alive(agent({}, over));
    await expect(act({ cell: { id: 'lstm' } })).rejects.toThrow(
      'Cannot replace columns: this cell cannot draw one anew',
    );
    await expect(act({ cell: { id: 'gru-reset-before' } })).rejects.toThrow('move each other within a step');
    await expect(act({ estimator: { id: 'rtrl' } })).rejects.toThrow(
      'Cannot replace columns: this estimator cannot forget one; take columnar',
    );
    const still = await act({ estimator: { id: 'none' }, rule: { id: 'td-lambda' } });
    live(still, 0, 300);
    expect(get(still.learner, 'growth.age')).toEqual([300, 300, 300, 300]);
  });
});
