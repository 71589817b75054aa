/**
 * checkEnv: the environment contract as a list of rules, each tried on fresh environments. The rules are Gymnasium's
 * check_env where they apply to a synchronous environment that renders as text, and this package's own on the
 * allocation-free form, value() and save/load. A rule that everything after it needs stops the check when it is broken.
 */
import { gymnasiumRules } from './check/gymnasium-rules.ts';
import { repeatRules } from './check/repeat-rules.ts';
import type { Rule } from './check/rule.ts';
import { shapeRules } from './check/shape-rules.ts';
import type { AnyEnv } from './part.ts';

/** What became of one rule. */
export interface CheckResult {
  /** The clause of the contract, as a sentence. */
  readonly rule: string;
  /** Whether the environment keeps it. */
  readonly ok: boolean;
  /** A warning is no breach: the environment works without. */
  readonly level: 'error' | 'warning';
  /** One line: what is wrong, or the rule that is kept. */
  readonly message: string;
}
/** All rules that were tried, in the order of `checkRules`. */
export type CheckReport = readonly CheckResult[];

const all = [...shapeRules, ...repeatRules, ...gymnasiumRules];
const rules = [...all.filter((rule) => rule.needed), ...all.filter((rule) => !rule.needed)];
/** Rules that ask for the same twice: kept where the spec says that the environment is nondeterministic. */
const repeating = new Set(['reset-seed', 'step-seed', 'into', 'save-load', 'info', 'render']);

/** Names of all rules, in the order in which they are tried. */
export const checkRules: readonly string[] = rules.map(({ rule }) => rule);

/** Tries every rule; it never throws, an environment that does is reported. */
export function checkEnv(make: () => AnyEnv): CheckReport {
  const report: CheckResult[] = [];
  for (const rule of rules) {
    const problem = tryRule(rule, make);
    report.push({ rule: rule.rule, ok: problem === null, level: rule.level, message: problem ?? rule.says });
    if (problem !== null && rule.needed) break;
  }
  return report;
}

function tryRule(rule: Rule, make: () => AnyEnv): string | null {
  const made: AnyEnv[] = [];
  const makeOne = (): AnyEnv => {
    const env = make();
    made.push(env);
    return env;
  };
  try {
    if (repeating.has(rule.rule) && makeOne().spec?.nondeterministic) return null;
    return rule.problem(makeOne);
  } catch (error) {
    return `threw ${String(error).split('\n')[0]}`;
  } finally {
    // The rule "close" closes its own; a second time must not hurt, but it is not this line's place to say so.
    if (rule.rule !== 'close') closeAll(made);
  }
}

function closeAll(envs: readonly AnyEnv[]): void {
  for (const env of new Set(envs)) {
    try {
      env.close();
    } catch {
      // Reported by the rule "close".
    }
  }
}
