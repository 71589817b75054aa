/** copy-tokens: its layout, its curriculum under learners of known skill, and lanes that share one. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import type { CopyTokens } from '../tasks/copy-tokens.ts';
import { emptyResult, meanOf } from './stream.ts';

const make = async (options: object = {}) => (await makeEnv('copy-tokens', { ...options })) as CopyTokens;
/** One-hot at the wanted token, mixed with the uniform: this much is put on the wanted one. */
const sure = (probability: number) => (target: number) =>
  Float64Array.from({ length: 4 }, (_, i) => (i === target ? probability : (1 - probability) / 3));
/** Knows everything but the bits, which it puts at even. */
const blind = (target: number) => (target < 2 ? Float64Array.of(0.5, 0.5, 0, 0) : sure(1)(target));

/** Plays sequences; returns each as shown and as wanted. */
function play(env: CopyTokens, sequences: number, say: (target: number) => Float64Array) {
  const out = emptyResult(env);
  const seen: { shown: string; wanted: string; level: number }[] = [];
  for (let n = 0; n < sequences; n++) {
    env.resetInto(out, n === 0 ? { seed: 4 } : {});
    let [shown, wanted] = ['', ''];
    while (!out.terminated) {
      shown += out.observation.indexOf(1);
      wanted += env.value();
      const target = env.value();
      env.stepInto(say(target), out);
      expect(out.reward).toBe(target);
    }
    expect([...out.observation, env.value()]).toEqual([0, 0, 0, 0, NaN]);
    seen.push({ shown, wanted, level: env.level });
  }
  return seen;
}

describe('a sequence', () => {
  test('shows start, bits, blanks and wants them back after as many tokens', async () => {
    const env = await make({ level: 7, curriculum: false });
    const seen = play(env, 300, blind);
    for (const { shown, wanted } of seen) {
      const bits = /^2([01]+)3+$/.exec(shown)![1]!;
      expect(shown).toBe(`2${bits}${'3'.repeat(bits.length + 1)}`);
      expect(wanted).toBe(`${'3'.repeat(bits.length + 1)}2${bits}`);
    }
    expect(new Set(seen.map(({ shown }) => shown.slice(1, 4))).size).toBe(8);
  });

  test('has a length among the last five of the level, or six; at the bottom the five pile up', async () => {
    const lengths = async (options: object) =>
      play(await make({ curriculum: false, ...options }), 3000, blind).map(({ shown }) => shown.length / 2 - 1);
    const count = (all: number[]) => [...new Set(all)].sort((a, b) => a - b).map((t) => [t, all.filter((x) => x === t).length / 3000] as const); // prettier-ignore
    expect(count(await lengths({ level: 9 })).map(([t]) => t)).toEqual([5, 6, 7, 8, 9]);
    expect(count(await lengths({ level: 9, lengths: 'six' })).map(([t]) => t)).toEqual([4, 5, 6, 7, 8, 9]);
    const [five] = count(await lengths({ level: 2 }));
    const [six] = count(await lengths({ level: 2, lengths: 'six' }));
    expect(Math.abs(five![1] - 4 / 5)).toBeLessThan(0.03);
    expect(Math.abs(six![1] - 1 / 2)).toBeLessThan(0.04);
  });

  test('follows the last at once where nothing ends', async () => {
    const env = await make({ level: 1, curriculum: false, ends: false });
    let x = env.reset({ seed: 1 })[0];
    const shown = Array.from({ length: 40 }, () => {
      const token = x.indexOf(1);
      const [next, , terminated] = env.step(blind(env.value()));
      expect(terminated).toBe(false);
      x = next;
      return token;
    });
    expect(shown.join('')).toMatch(/^(2[01]33){10}$/);
  });
});

describe('the curriculum', () => {
  test('costs chance, T / (2 T + 2) bits per token, where the bits are not known', async () => {
    const env = await make({ level: 20, curriculum: false });
    env.reset({ seed: 1 });
    const costs: number[] = [];
    for (let t = 0; t < 42; t++) {
      const [, , terminated, , info] = env.step(blind(env.value()));
      costs.push(info['bits'] as number);
      if (terminated) break;
    }
    const bits = costs.length / 2 - 1;
    expect(meanOf(costs)).toBeCloseTo(bits / (2 * bits + 2), 12);
  });

  test('rises as the exponential average of the published code falls, and starts anew at 0.3', async () => {
    const env = await make();
    const out = emptyResult(env);
    env.resetInto(out, { seed: 2 });
    const cost = -Math.log2(0.95);
    let [average, level, tokens] = [1, 1, 0];
    for (let sequence = 0; sequence < 2000; sequence++) {
      if (sequence > 0) env.resetInto(out);
      while (!out.terminated) {
        env.stepInto(sure(0.95)(env.value()), out);
        average = average * 0.999 + 0.001 * cost;
        tokens++;
      }
      if (average < 0.15) [level, average] = [level + 1, 0.3];
      expect(env.level).toBe(level);
    }
    expect(level).toBeGreaterThan(10);
    expect(env.solved).toBe(level - 4);
    env.reset();
    const [, , , , info] = env.step(sure(0.95)(env.value()));
    expect(info).toMatchObject({ level, solved: level - 4, tokens: tokens + 1 });
    expect(info['bits']).toBeCloseTo(cost, 12);
    expect(info['average']).toBeCloseTo(average * 0.999 + 0.001 * cost, 9);
  });

  test('does not rise for who puts 90 % on every token (0.152 bits), and stays where it is held', async () => {
    expect(play(await make(), 3000, sure(0.9)).at(-1)!.level).toBe(1); // -log2 .9 = .1520
    expect(play(await make(), 3000, sure(0.91)).at(-1)!.level).toBeGreaterThan(1); // .1361
    expect(play(await make({ curriculum: false, level: 3 }), 500, sure(1)).at(-1)!.level).toBe(3);
    const levels = play(await make(), 1500, blind).map(({ level }) => level);
    expect(levels.at(-1)).toBe(1); // one bit in four tokens: .25
  });

  test('by batches: the mean of so many sequences', async () => {
    const levels = play(await make({ rule: 'batch', batch: 16 }), 64, sure(0.95)).map(({ level }) => level);
    expect(levels.filter((level) => level === 1)).toHaveLength(15);
    expect(levels.at(-1)).toBe(5);
    expect(play(await make({ rule: 'batch', batch: 16 }), 64, blind).at(-1)!.level).toBe(1);
  });

  test('a loaded one goes on as it would have; held-out trials keep the level', async () => {
    const env = await make({ rule: 'batch', batch: 2 });
    play(env, 10, sure(0.99));
    expect(env.level).toBe(6);
    const other = await make({ rule: 'batch', batch: 2 });
    other.load(JSON.parse(JSON.stringify(env.save())));
    expect(other.level).toBe(6);
    env.reset({ seed: 9, options: { task: 'keep' } });
    expect(env.level).toBe(6);
    env.reset({ seed: 9 });
    expect(env.level).toBe(1);
  });
});

test('lanes that join share one curriculum, whose average moves as if their mean were told once', async () => {
  const lanes = await Promise.all(Array.from({ length: 4 }, () => make()));
  lanes.slice(1).forEach((lane) => lane.join(lanes[0]!));
  const outs = lanes.map((lane) => emptyResult(lane));
  lanes.forEach((lane, i) => lane.resetInto(outs[i]!, { seed: i }));
  const rng = createRng('lanes');
  let average = 1;
  let told = 1;
  for (let t = 0; t < 4000; t++) {
    const skills = lanes.map(() => 0.3 + 0.4 * rng.uniform());
    average = average * 0.999 + 0.001 * meanOf(skills.map((skill) => -Math.log2(skill)));
    lanes.forEach((lane, i) => {
      const out = outs[i]!;
      if (out.terminated) lane.resetInto(out);
      const [observation, , terminated, , info] = lane.step(sure(skills[i]!)(lane.value()));
      out.observation.set(observation);
      out.terminated = terminated;
      told = info['average'] as number;
    });
  }
  expect(Math.abs(told - average)).toBeLessThan(1e-3);
  expect(new Set(lanes.map(({ level }) => level)).size).toBe(1);
  const alone = await make();
  alone.reset({ seed: 0 });
  expect(alone.level).toBe(1);
  expect(() => alone.join(alone)).toThrow('Cannot join copy-tokens: a lane cannot join itself');
});

test('refuses what is no distribution, and takes weights that do not sum to 1', async () => {
  const env = await make();
  env.reset({ seed: 1 });
  expect(() => env.step(Float64Array.of(1, 0, 0, 2))).toThrow('Cannot step copy-tokens: the action [1, 0, 0, 2]');
  expect(() => env.step(Float64Array.of(1, 0))).toThrow('Cannot step copy-tokens');
  expect(env.step(Float64Array.of(0.1, 0.1, 0.1, 0.1))[4]['bits']).toBe(2);
  expect(env.step(new Float64Array(4))[4]['bits']).toBe(2);
  const wanted = new Float64Array(4);
  env.want(wanted);
  expect(wanted.indexOf(1)).toBe(env.value());
});
