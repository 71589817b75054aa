/** Compass world's sets of questions and its floors, against what is lived there. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import type { CompassWorld } from '../tasks/compass-world.ts';
import { type CompassHorde, colours } from '../worlds/compass-hordes.ts';
import { valueFloors } from '../worlds/policy-values.ts';
import { emptyResult, meanOf } from './stream.ts';

const make = async (options: object) => (await makeEnv('compass-world', { ...options })) as CompassWorld;
const white = 5;
const moves = { left: 0, right: 1, forward: 2 } as const;

/** Follows "leap, left, leap"; returns what is seen at the end and the steps of it all. The world is put back. */
function follow(env: CompassWorld, program: string): { seen: Float64Array; steps: number } {
  const saved = env.save();
  const out = emptyResult(env);
  let steps = 0;
  for (const part of program.split(', ')) {
    do {
      env.stepInto(part === 'leap' ? moves.forward : moves[part as keyof typeof moves], out);
      steps++;
    } while (part === 'leap' && out.observation[white] === 1);
  }
  env.load(saved);
  return { seen: out.observation, steps };
}

/** The answer to "left, leap" at every step of a leap, added up. */
function sumOnLeap(env: CompassWorld, colour: number, program: string): number {
  const saved = env.save();
  const out = emptyResult(env);
  let sum = 0;
  do {
    env.stepInto(moves.forward, out);
    sum += follow(env, program).seen[colour]!;
  } while (out.observation[white] === 1);
  env.load(saved);
  return sum;
}

/** What life says to a question, told by its name: "blue by leap, left, leap", "red by leap at 0.35". */
function lived(env: CompassWorld, name: string, horde: CompassHorde): number {
  const [, colourName, program, gamma] = /^(\w+) by ([a-z, ]+?)(?: at ([.\d]+))?$/.exec(name)!;
  const colour = colours.indexOf(colourName as 'red');
  if (horde === 'rafols-sum' && /^leap, /.test(program!)) return sumOnLeap(env, colour, program!.slice(6));
  const { seen, steps } = follow(env, program!);
  return seen[colour]! * (gamma === undefined ? 1 : Number(gamma) ** (steps - 1));
}

describe.each(['forward', 'gammas', 'rafols', 'rafols-sum'] as const)('%s', (horde) => {
  test.each([
    { width: 8, height: 8 },
    { width: 3, height: 2 },
    { width: 1, height: 1 },
  ])('is answered in %j as following its questions does', async (room) => {
    const env = await make(room);
    const names = env.questions(horde).map(({ name }) => name);
    expect(new Set(names).size).toBe({ forward: 5, gammas: 100, rafols: 40, 'rafols-sum': 40 }[horde]);
    for (let seed = 0; seed < 60; seed++) {
      env.reset({ seed });
      const answers = env.oracle(horde);
      names.forEach((name, i) => expect(answers[i], name).toBeCloseTo(lived(env, name, horde), 12));
    }
  });
});

test('rafols and rafols-sum differ in the questions that go on after a leap, and there alone', async () => {
  const env = await make({});
  const differing = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    env.reset({ seed });
    const [a, b] = [env.oracle('rafols'), env.oracle('rafols-sum')];
    env.questions('rafols').forEach(({ name }, i) => a[i] !== b[i] && differing.add(name.replace(/^\w+ by /, '')));
  }
  expect([...differing].sort()).toEqual(['leap, left, leap', 'leap, right, leap']);
  expect(() => env.oracle('x' as 'rafols')).toThrow(
    'Cannot answer horde "x" of compass-world: known are forward, gammas',
  );
});

test('random actions with importance ratios average to the answers, within 5 standard errors; without, they do not', async () => {
  const env = await make({ width: 3, height: 3 });
  const out = emptyResult(env);
  const rng = createRng('ratios');
  const hordes = ['gammas', 'rafols'] as const;
  const questions = hordes.flatMap((horde) => env.questions(horde).map((question, i) => ({ horde, question, i })));
  const gaps = questions.map((): { right: number[]; bare: number[] } => ({ right: [], bare: [] }));
  for (let trial = 0; trial < 6000; trial++) {
    env.resetInto(out, trial === 0 ? { seed: 5 } : {});
    const truth = { gammas: env.oracle('gammas'), rafols: env.oracle('rafols') };
    const returns = questions.map(() => ({ right: 0, bare: 0, ratio: 1, left: 1 })); // left: product of discounts
    while (returns.some(({ left, ratio }) => left * ratio > 0)) {
      const action = rng.integer(0, 2);
      env.stepInto(action, out);
      const there = { gammas: env.oracle('gammas'), rafols: env.oracle('rafols') };
      questions.forEach(({ horde, question }, k) => {
        const g = returns[k]!;
        g.ratio *= action === question.action ? 3 : 0;
        const cumulant = question.cumulant(out.observation, there[horde]);
        g.right += g.ratio * g.left * cumulant;
        g.bare += g.left * cumulant;
        g.left *= question.ends(out.observation) ? 0 : question.discount;
      });
    }
    questions.forEach(({ horde, i }, k) => {
      gaps[k]!.right.push(returns[k]!.right - truth[horde][i]!);
      gaps[k]!.bare.push(returns[k]!.bare - truth[horde][i]!);
    });
  }
  const isOff = (gap: number[]): boolean =>
    Math.abs(meanOf(gap)) > 5 * Math.sqrt(meanOf(gap.map((d) => d * d)) / gap.length);
  expect(gaps.filter(({ right }) => isOff(right))).toEqual([]);
  expect(gaps.filter(({ bare }) => isOff(bare)).length).toBeGreaterThan(gaps.length / 3);
});

test('its floors are those of random actions in the long run, within 4 standard errors', async () => {
  const env = await make({});
  const { floors } = env.metadata;
  const rng = createRng('floors');
  const out = emptyResult(env);
  env.resetInto(out, { seed: 1 });
  const values: number[] = [];
  const batches = Array.from({ length: 100 }, () => {
    const batch = Array.from({ length: 10_000 }, () => {
      env.stepInto(rng.integer(0, 2), out);
      return env.value();
    });
    values.push(...batch);
    return { zero: meanOf(batch.map((v) => v * v)), mean: meanOf(batch) };
  });
  const mean = meanOf(values);
  const constants = batches.map(({ zero, mean: m }) => zero - 2 * mean * m + mean ** 2);
  const within = (lived: number[], figure: number): boolean => {
    const m = meanOf(lived);
    return Math.abs(m - figure) < 4 * Math.sqrt(meanOf(lived.map((x) => (x - m) ** 2)) / lived.length);
  };
  const zeros = batches.map(({ zero }) => zero);
  expect([within(zeros, floors!.zero), within(constants, floors!.constant)]).toEqual([true, true]);
  // The control: all states alike, as at reset, is not how time is spent.
  const states = new Map<string, number>();
  for (let seed = 0; states.size < 256; seed++) {
    env.resetInto(out, { seed });
    states.set(env.render(), env.value());
  }
  const alike = valueFloors(Float64Array.from(states.values()));
  expect([within(zeros, alike.zero), within(constants, alike.constant)]).toEqual([false, false]);
});
