/** adding-problem and copy-task, played by a learner that knows the answer and by one that does not. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { meanOf } from './stream.ts';

describe('adding-problem', () => {
  test('pays the sum of the two marked numbers at the end, and its floors are those of the episodes', async () => {
    const env = await makeEnv('adding-problem', { length: 11 });
    const [zero, constant, ideal]: number[][] = [[], [], []];
    let off = 0;
    env.reset({ seed: 3 });
    for (let episode = 0; episode < 4000; episode++) {
      let x = env.reset()[0] as Float64Array;
      const places: number[] = [];
      const values: number[] = [];
      let sum = 0;
      for (let t = 0; ; t++) {
        if (x[1] === 1) {
          places.push(t);
          sum += x[0]!;
        }
        off = Math.max(off, Math.abs(env.value!() - sum - 0.5 * (2 - places.length)));
        values.push(env.value!());
        const [next, reward, terminated] = env.step(0);
        x = next as Float64Array;
        if (!terminated) {
          off = Math.max(off, Math.abs(reward));
          continue;
        }
        expect([t, places.length, env.value!()]).toEqual([10, 2, 0]);
        expect(places[0]).toBeLessThan(5);
        expect(places[1]).toBeGreaterThanOrEqual(5);
        expect(reward).toBeCloseTo(sum, 12);
        break;
      }
      for (const v of values) {
        zero!.push(sum ** 2);
        constant!.push((sum - 1) ** 2);
        ideal!.push((sum - v) ** 2);
      }
    }
    expect(off).toBeLessThan(1e-12);
    const { floors } = env.metadata;
    expect(Math.abs(meanOf(zero!) - floors!.zero)).toBeLessThan(0.06);
    expect(Math.abs(meanOf(constant!) - floors!.constant)).toBeLessThan(0.015);
    expect(Math.abs(meanOf(ideal!) - floors!.ideal)).toBeLessThan(0.008);
  });
});

describe('copy-task', () => {
  /** Plays with predictions made from the true target; the rows that were seen, as text. */
  async function play(options: Readonly<Record<string, unknown>>, steps: number, predict: (target: number) => number) {
    const env = await makeEnv('copy-task', options);
    let x = env.reset({ seed: 5 })[0] as Float64Array;
    const rows: string[] = [];
    let info: Record<string, unknown> = {};
    for (let t = 0; t < steps; t++) {
      const y = env.value!();
      rows.push(`${x.join('')}${Number.isNaN(y) ? '-' : y}`);
      const [next, reward, , , facts] = env.step(Float64Array.of(predict(y)));
      expect(reward).toBe(Number.isNaN(y) ? 0 : y);
      [x, info] = [next as Float64Array, facts];
    }
    return { env, rows, info };
  }

  test('shows bits, then asks for them in their order', async () => {
    const { rows } = await play({ level: 4, curriculum: false, gap: 2 }, 12 * 50, () => 0.5);
    for (let at = 0; at < rows.length; at += 12) {
      const sequence = rows.slice(at, at + 12);
      const bits = sequence.slice(1, 5).map((row) => row[2]);
      expect(sequence).toEqual([
        '1000',
        ...bits.map((bit) => `00${bit}0`),
        '0100',
        ...bits.map((bit) => `000${bit}`),
        '0000',
        '0000',
      ]);
    }
    expect(new Set(rows.map((row) => row.slice(0, 3)))).toEqual(new Set(['100', '000', '001', '010']));
  });

  test('a learner without error rises a level every 22 sequences, where .9^n falls below .1', async () => {
    // n sequences of 2 l + 2 steps at level l; .9^21 > .1 > .9^22
    const steps = (levels: number) =>
      Array.from({ length: levels }, (_, i) => 22 * (2 * (i + 1) + 2)).reduce((a, b) => a + b);
    const right = (y: number) => y;
    expect((await play({}, steps(5), right)).info['level']).toBe(6);
    expect((await play({}, steps(5) - 1, right)).info['level']).toBe(5);
    expect((await play({}, steps(5), () => 0.5)).info['level']).toBe(1);
  });

  test('starts with the level and the average of its options at every reset', async () => {
    const { env } = await play({}, 500, (y) => y);
    const after = (steps: number): unknown => {
      let info: Record<string, unknown> = {};
      for (let t = 0; t < steps; t++) info = env.step(Float64Array.of(env.value!()))[4];
      return info;
    };
    const lived = after(1);
    expect(lived).not.toMatchObject({ level: 1 });
    env.reset();
    expect(after(1)).toEqual({ level: 1, length: 1, average: 1 });
    expect(after(3)).toEqual({ level: 1, length: 1, average: 0.9 }); // one sequence without error
  });

  test('scored in bits it asks in the recall phase only, and a sure and right learner rises', async () => {
    const { rows, info } = await play({ score: 'bits' }, 2000, (y) => (Number.isNaN(y) ? 0.5 : 0.01 + 0.98 * y));
    expect(rows.slice(0, 4).map((row) => row.slice(3))).toEqual(['-', '-', '-', rows[1]![2]]);
    expect(info['level']).toBeGreaterThan(3);
    expect((await play({ score: 'bits' }, 2000, () => 0.5)).info).toMatchObject({
      level: 1,
      average: expect.closeTo(1, 9),
    });
    expect((await play({ score: 'bits' }, 2000, (y) => 1 - y || 0)).info['level']).toBe(1);
  });

  test('draws lengths of the last six levels where asked', async () => {
    const { rows } = await play({ level: 9, curriculum: false, lengths: 'recent' }, 20_000, () => 0.5);
    const starts = rows.flatMap((row, t) => (row[0] === '1' ? [t] : []));
    const lengths = new Set(starts.slice(1).map((t, i) => (t - starts[i]! - 2) / 2));
    expect([...lengths].sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test('refuses an action that is no prediction', async () => {
    const env = await makeEnv('copy-task');
    env.reset();
    expect(() => env.step(Float64Array.of(2))).toThrow(
      'Cannot step copy-task: the action [2] is not in Box(0, 1, [1])',
    );
  });
});
