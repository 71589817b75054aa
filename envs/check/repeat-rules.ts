/** Rules about doing the same thing twice. */
import type { AnyEnv } from '../part.ts';
import { actionsFor, difference, intoForm, play, record, tupleForm } from './rollout.ts';
import { otherSeed, seed, steps } from './rule.ts';
import type { Rule } from './rule.ts';

export const repeatRules: readonly Rule[] = [
  {
    rule: 'reset-seed',
    level: 'error',
    says: 'reset with the same seed gives the same observation, and so does the reset without a seed that follows',
    needed: true,
    problem(make) {
      const [a, b] = [tupleForm(make()), tupleForm(make())];
      return difference([a.reset({ seed }), a.reset()], [b.reset({ seed }), b.reset()]);
    },
  },
  {
    rule: 'step-seed',
    level: 'error',
    says: `the same seed and actions give the same ${steps} steps, in a new environment and in a used one`,
    needed: true,
    problem(make) {
      const env = make();
      const first = recordOf(env, seed);
      return difference(first, recordOf(make(), seed)) ?? difference(first, recordOf(env, seed));
    },
  },
  {
    rule: 'other-seed',
    level: 'warning',
    says: `another seed gives other observations or rewards within ${steps} steps`,
    needed: false,
    problem(make) {
      const isSame = difference(recordOf(make(), seed), recordOf(make(), otherSeed)) === null;
      return isSame ? 'two seeds gave the same steps; fine only where nothing is random' : null;
    },
  },
  {
    rule: 'into',
    level: 'error',
    says: 'resetInto and stepInto, where observations have a flat form, write every entry as reset and step have it',
    needed: false,
    problem(make) {
      const env = make();
      if (!env.observationSpace.isFlattenable) return null;
      const into = record(intoForm(env), seed, actionsFor(env, steps));
      return difference(recordOf(make(), seed), into);
    },
  },
  {
    rule: 'fresh',
    level: 'warning',
    says: 'step() returns a new array each time, so that whoever keeps an observation keeps its values',
    needed: false,
    problem(make) {
      const env = make();
      const [kept] = env.reset({ seed });
      const [next] = env.step(actionsFor(env, 1)[0]!);
      const arrays = new Set(arraysIn(kept));
      return arraysIn(next).some((array) => arrays.has(array))
        ? 'step() reused the array that reset() had returned'
        : null;
    },
  },
  {
    rule: 'save-load',
    level: 'error',
    says: 'save and load, where present, come together; what was saved survives JSON and continues bit by bit',
    needed: false,
    problem: saveLoadProblem,
  },
];

function recordOf(env: AnyEnv, from: number) {
  return record(tupleForm(env), from, actionsFor(env, steps));
}

/** The arrays and records that an observation consists of. */
function arraysIn(x: unknown): object[] {
  if (typeof x !== 'object' || x === null) return [];
  return ArrayBuffer.isView(x) ? [x] : [x, ...Object.values(x).flatMap(arraysIn)];
}

function saveLoadProblem(make: () => AnyEnv): string | null {
  const env = make();
  if (env.save === undefined && env.load === undefined) return null;
  if (env.save === undefined || env.load === undefined) return 'save() and load() come together, one is missing';
  // Odd moments, so that no episode length hides a forgotten clock.
  for (const moment of [0, 13, 187]) {
    const problem = continueProblem(make, moment);
    if (problem !== null) return `saved after ${moment} steps: ${problem}`;
  }
  return null;
}

function continueProblem(make: () => AnyEnv, moment: number): string | null {
  const [env, copy] = [make(), make()];
  const actions = actionsFor(env, moment + steps);
  record(tupleForm(env), seed, actions.slice(0, moment));
  const saved: unknown = JSON.parse(JSON.stringify(env.save?.()));
  copy.load?.(saved);
  const rest = actions.slice(moment);
  return difference(play(tupleForm(env), rest), play(tupleForm(copy), rest));
}
