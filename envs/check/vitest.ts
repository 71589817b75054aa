/**
 * checkEnv as tests, one per rule, for vitest, jest, or whatever gives these three functions:
 * `testEnv(() => new MyEnv(), { describe, it, expect })`. Warnings pass, unless `strict`; rules behind a broken one that
 * they need fail too.
 */
import { checkEnv, checkRules } from '../check.ts';
import type { AnyEnv } from '../part.ts';

/** The three functions of a test runner that are needed. */
export interface TestFunctions {
  /** As of vitest, jest, or node:test. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** As of vitest, jest, or node:test. */
  readonly it: (name: string, body: () => void) => unknown;
  /** As of vitest or jest. */
  readonly expect: (value: unknown) => {
    /** Fails the test where the two are not the same. */
    toBe(expected: unknown): unknown;
  };
}

/** `name`: of the group of tests; `strict`: warnings fail too. */
export interface TestEnvOptions {
  /** Title of the group of tests. */
  readonly name?: string;
  /** Whether warnings fail too. */
  readonly strict?: boolean;
}

/** One test per rule of `checkEnv`; `make` is not called before the first of them runs. */
export function testEnv(
  make: () => AnyEnv,
  { describe, it, expect }: TestFunctions,
  options: TestEnvOptions = {},
): void {
  const { name = 'environment', strict = false } = options;
  describe(`${name} keeps the contract`, () => {
    // Once for all tests, and not before the first of them runs.
    let report: ReturnType<typeof checkEnv> | null = null;
    for (const rule of checkRules) {
      it(rule, () => {
        report ??= checkEnv(make);
        const result = report.find((one) => one.rule === rule);
        const passes = result !== undefined && (result.ok || (result.level === 'warning' && !strict));
        expect(passes ? 'kept' : (result?.message ?? 'not tried: a rule before it is broken')).toBe('kept');
      });
    }
  });
}
