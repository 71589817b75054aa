/** Rules about the form of what an environment returns. */
import type { Action } from '../env.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import type { Element, Space } from '../spaces.ts';
import { actionsFor } from './rollout.ts';
import { seed, steps } from './rule.ts';
import type { Rule } from './rule.ts';
import { spaceProblem } from './space-problem.ts';

export const shapeRules: readonly Rule[] = [
  {
    rule: 'make',
    level: 'error',
    says: 'make() returns a new environment at each call',
    needed: true,
    problem: (make) => (make() === make() ? 'make() returned the same environment twice' : null),
  },
  {
    rule: 'spaces',
    level: 'error',
    says: 'both spaces are valid in all their parts: sizes fit, samples are elements, their flat form is finite',
    needed: true,
    problem(make) {
      const { observationSpace, actionSpace } = make();
      return spaceProblem('observationSpace', observationSpace) ?? spaceProblem('actionSpace', actionSpace);
    },
  },
  {
    rule: 'metadata',
    level: 'error',
    says: 'metadata has an id, a discount that is null or in [0, 1], and floors that are null or finite',
    needed: false,
    problem: (make) => metadataProblem(make()),
  },
  {
    rule: 'reset',
    level: 'error',
    says: 'reset() returns [observation, info] with a finite observation in observationSpace',
    needed: true,
    problem(make) {
      const env = make();
      const result: unknown = env.reset({ seed, options: {} });
      if (!Array.isArray(result) || result.length !== 2) return `reset() returned ${describe(result)}, not a pair`;
      if (!isRecord(result[1])) return `info is ${describe(result[1])}, not an object`;
      return observationProblem(env, result[0]);
    },
  },
  {
    rule: 'step',
    level: 'error',
    says: 'step() returns [observation, finite reward, boolean terminated, boolean truncated, info]',
    needed: true,
    problem: (make) => firstStepProblem(make(), tupleProblem),
  },
  {
    rule: 'observation',
    level: 'error',
    says: 'every observation of step() is finite and in observationSpace',
    needed: true,
    problem: (make) => firstStepProblem(make(), (result, env) => observationProblem(env, (result as unknown[])[0])),
  },
  {
    rule: 'value',
    level: 'error',
    says: 'value(), where present, returns a number, finite or NaN',
    needed: false,
    problem: (make) =>
      firstStepProblem(make(), (_, env) => {
        const value: unknown = env.value?.() ?? 0;
        const isFine = typeof value === 'number' && (Number.isFinite(value) || Number.isNaN(value));
        return isFine ? null : `value() is ${describe(value)}`;
      }),
  },
  {
    rule: 'close',
    level: 'error',
    says: 'close() may be called twice',
    needed: false,
    problem(make) {
      const env = make();
      env.close();
      env.close();
      return null;
    },
  },
];

/** Walks through `steps` steps and reports the first result that is not as it should be. */
function firstStepProblem(env: AnyEnv, problemOf: (result: unknown, env: AnyEnv) => string | null): string | null {
  env.reset({ seed });
  let t = 0;
  for (const action of actionsFor(env, steps)) {
    t++;
    const result: unknown = env.step(action as Action);
    const problem = problemOf(result, env);
    if (problem !== null) return `${problem}, at step ${t}`;
    const [, , terminated, truncated] = result as unknown[];
    if (terminated === true || truncated === true) env.reset();
  }
  return null;
}

export function tupleProblem(result: unknown): string | null {
  if (!Array.isArray(result) || result.length !== 5) return `step() returned ${describe(result)}, not five values`;
  const [, reward, terminated, truncated, info] = result as unknown[];
  if (!Number.isFinite(reward)) return `reward is ${describe(reward)}`;
  if (typeof terminated !== 'boolean') return `terminated is ${describe(terminated)}`;
  if (typeof truncated !== 'boolean') return `truncated is ${describe(truncated)}`;
  return isRecord(info) ? null : `info is ${describe(info)}, not an object`;
}

export function observationProblem({ observationSpace: space }: AnyEnv, observation: unknown): string | null {
  if (observation instanceof Float64Array && space.isFlattenable) {
    if (observation.length !== space.size) return `observation has ${observation.length} entries, not ${space.size}`;
    const i = observation.findIndex((x) => !Number.isFinite(x));
    if (i >= 0) return `observation[${i}] is ${observation[i]}`;
    if (!space.contains(observation)) return `observation is outside ${space}`;
  }
  if (!space.contains(observation)) return `observation is ${describe(observation)}, the space is ${space}`;
  return space.isFlattenable ? finiteProblem(space, observation) : null;
}

function finiteProblem(space: Space<Element>, observation: Element): string | null {
  const flat = new Float64Array(space.size);
  space.flatten(observation, flat);
  const i = flat.findIndex((x) => !Number.isFinite(x));
  return i < 0 ? null : `observation, flat, is ${flat[i]} at ${i}`;
}

function metadataProblem({ metadata }: AnyEnv): string | null {
  const { id, discount, floors } = metadata;
  if (typeof id !== 'string' || id === '') return `metadata.id is ${describe(id)}`;
  if (discount !== null && !(discount >= 0 && discount <= 1)) return `metadata.discount is ${describe(discount)}`;
  if (floors === null) return null;
  const { zero, constant, timing, ideal } = floors;
  const wrong = Object.entries({ zero, constant, timing: timing ?? 0, ideal }).find(
    ([, x]) => !(x >= 0 && x < Infinity),
  );
  return wrong === undefined ? null : `metadata.floors.${wrong[0]} is ${wrong[1]}`;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
