import { describe, expect, test } from 'vitest';
import { checkEnv, checkRules } from '../check.ts';
import { EnvSpec } from '../env-spec.ts';
import type { AnyEnv } from '../part.ts';
import { broken, withStep } from './broken-envs.ts';
import { Corridor } from './example/corridor.ts';
import { FineEnv } from './fine-env.ts';

describe('checkEnv', () => {
  test('finds nothing wrong with an environment that keeps every rule, in the order of the rules', () => {
    for (const make of [() => new FineEnv(), () => new Corridor()]) {
      expect(checkEnv(make).filter(({ ok }) => !ok)).toEqual([]);
      expect(checkEnv(make).map(({ rule }) => rule)).toEqual(checkRules);
    }
  });

  test('has a control for every rule', () => {
    expect(Object.keys(broken).sort()).toEqual([...checkRules].sort());
  });

  test('asks nothing twice of an environment that says it is nondeterministic', () => {
    const spec = new EnvSpec({ id: 'Dice', entryPoint: 'dice', nondeterministic: true });
    let calls = 0;
    const dice = (): AnyEnv =>
      Object.assign(
        withStep(([x, , ...rest]) => [x, calls++, ...rest]),
        { spec },
      );
    expect(checkEnv(dice).filter(({ ok }) => !ok)).toEqual([]);
    const honest = checkEnv(() => Object.assign(dice(), { spec: spec.with({ nondeterministic: false }) }));
    expect(honest.filter(({ ok }) => !ok).map(({ rule }) => rule)).toEqual(['step-seed']);
  });

  describe.each(Object.keys(broken))('rule %s', (rule) => {
    test.each(broken[rule]!)('fails, and it alone, on %s', (_, make, message) => {
      const failed = checkEnv(make).filter(({ ok }) => !ok);
      expect(failed.map((result) => result.rule)).toEqual([rule]);
      expect(failed[0]!.message).toContain(message);
      expect(failed[0]!.message).not.toContain('\n');
      expect(failed[0]!.level).toBe(
        ['other-seed', 'fresh', 'unwrapped', 'legacy', 'bounds'].includes(rule) ? 'warning' : 'error',
      );
    });
  });
});
