import type { z } from 'zod';
import { UserError } from './user-error.ts';

/** Parses options; what is wrong becomes one line that names the act, the value and what would do. */
export function parseOptions<T>(schema: z.ZodType<T>, value: unknown, act: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(`Cannot ${act}: ${result.error.issues.map((issue) => describe(issue, value)).join('; ')}`);
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `there is no option ${issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')}`;
  }
  const got = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  return `${path === '' ? 'it' : path} must be right: ${issue.message.replace(/^Invalid input: /, '')}, got ${JSON.stringify(got)}`;
}
