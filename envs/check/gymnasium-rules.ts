/** What Gymnasium's check_env asks besides: bounds, infos, pictures, no remains of older APIs. */
import type { Info } from '../env.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import type { Box, Space } from '../spaces.ts';
import { actionsFor, difference, record, tupleForm } from './rollout.ts';
import { seed, steps } from './rule.ts';
import type { Rule } from './rule.ts';

export const gymnasiumRules: readonly Rule[] = [
  {
    rule: 'unwrapped',
    level: 'warning',
    says: 'make() returns a bare environment: wrappers are checked on their own',
    needed: false,
    problem: (make) => (isBare(make()) ? null : 'the environment is wrapped: what is found may be a wrapper’s'),
  },
  {
    rule: 'legacy',
    level: 'warning',
    says: 'there is no seed() method: reset({ seed }) seeds',
    needed: false,
    problem: (make) => ('seed' in make() ? 'seed() is a method of older APIs: reset({ seed }) seeds' : null),
  },
  {
    rule: 'bounds',
    level: 'warning',
    says: 'every Box has finite bounds, and one of actions lies in [-1, 1], even about 0, or from 0',
    needed: false,
    problem(make) {
      const { observationSpace, actionSpace } = make();
      return (
        boundsProblem('observationSpace', observationSpace, false) ?? boundsProblem('actionSpace', actionSpace, true)
      );
    },
  },
  {
    rule: 'first-step',
    level: 'error',
    says: 'the first step does not truncate',
    needed: false,
    problem(make) {
      const env = make();
      env.reset({ seed });
      return env.step(actionsFor(env, 1)[0]!)[3] ? 'the first step truncated the episode' : null;
    },
  },
  {
    rule: 'info',
    level: 'error',
    says: `the same seed and actions give the same infos, and every call one of its own, ${steps} steps long`,
    needed: false,
    problem(make) {
      const [a, b] = [infosOf(make()), infosOf(make())];
      const t = a.findIndex((info, i) => !isSame(info, b[i]));
      if (t >= 0) return `the infos of two runs differ, moment ${t}`;
      return new Set(a).size === a.length ? null : 'an info was returned twice: whoever keeps one must keep its values';
    },
  },
  {
    rule: 'render',
    level: 'error',
    says: 'render(), where present, returns text, and changes nothing',
    needed: false,
    problem: renderProblem,
  },
];

function isBare(env: AnyEnv): boolean {
  return env.unwrapped === env;
}

/** The first Box that is not as it should be, through the parts of Tuples and Dicts. */
function boundsProblem(name: string, given: Space<unknown>, isAction: boolean): string | null {
  const space = byKind(given);
  if (space.kind === 'box') return boxProblem(name, space, isAction);
  const parts: readonly Space<unknown>[] =
    space.kind === 'tuple' ? space.spaces : space.kind === 'dict' ? space.keys.map((key) => space.spaces[key]!) : [];
  return parts.reduce<string | null>((found, part) => found ?? boundsProblem(name, part, isAction), null);
}

function boxProblem(name: string, space: Box, isAction: boolean): string | null {
  const { low, high, size } = space;
  for (let i = 0; i < size; i++) {
    const [a, b] = [low[i]!, high[i]!];
    if (a === b) return `${name} is ${space}: entry ${i} takes one value only`;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return `${name} is ${space}: entry ${i} has an infinite bound`;
    if (!isAction) continue;
    if (a < -1 || b > 1 || (a !== 0 && -a !== b))
      return `${name} is ${space}: actions in [-1, 1] or [0, 1] are learnt best`;
  }
  return null;
}

function infosOf(env: AnyEnv): Info[] {
  const infos = [env.reset({ seed })[1]];
  for (const action of actionsFor(env, steps)) {
    const [, , terminated, truncated, info] = env.step(action);
    infos.push(info);
    if (terminated || truncated) infos.push(env.reset()[1]);
  }
  return infos;
}

/** By value, all the way down; functions are taken to be the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'function') return typeof b === 'function';
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (keys.length !== others.length) return false;
  return keys.every((key) => key in b && isSame(a[key as keyof typeof a], b[key as keyof typeof b]));
}

function renderProblem(make: () => AnyEnv): string | null {
  const env = make();
  if (env.render === undefined) return null;
  const form = tupleForm(env);
  const actions = actionsFor(env, steps);
  let picture: unknown = '';
  const look = <T>(moment: T): T => {
    if (typeof picture === 'string') picture = env.render!();
    return moment;
  };
  const watching = { reset: (options?: object) => look(form.reset(options)), step: (x: never) => look(form.step(x)) };
  const watched = record(watching as typeof form, seed, actions);
  if (typeof picture !== 'string') return `render() returned ${describe(picture)}, not text`;
  const apart = difference(record(tupleForm(make()), seed, actions), watched);
  return apart === null ? null : `render() changes what follows: ${apart}`;
}
