import { suggest } from '@rl-tools/envs';
import type { z } from 'zod';
import { UserError } from './user-error.ts';

/** Parses options; what is wrong becomes one line that names the act, the value and what would do. */
export function parseOptions<T>(schema: z.ZodType<T>, value: unknown, act: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = Object.keys((schema as { shape?: object }).shape ?? {});
  const problems = result.error.issues.map((issue) => describe(issue, value, known));
  throw new UserError(`Cannot ${act}: ${problems.join('; ')}`);
}

/** `known` are the names at the top; what lies deeper is answered without a suggestion. */
function describe(issue: z.core.$ZodIssue, value: unknown, known: readonly string[]): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => [...issue.path, key].join('.')).join(', ');
    const [first] = issue.keys;
    return `there is no option ${names}${path === '' && known.length > 0 ? ` (${suggest(first!, known)})` : ''}`;
  }
  const got = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  if (got === undefined) return `${path === '' ? 'it' : path} is missing`;
  // zod: "Invalid input: expected number, received string", "Too small: expected number to be >=1"
  const wanted = issue.message.replace(/^[A-Z][a-z ]+: /, '').replace(/, received .*$/, '');
  return `${path === '' ? '' : `${path}: `}${wanted}, got ${show(got)}`;
}

/** JSON, but for the numbers that JSON has no word for. */
const show = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));
