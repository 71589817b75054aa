import { UserError } from '../user-error.ts';

/**
 * JSON with one spelling per value: keys sorted by code unit at every depth, no white space, -0 written as 0,
 * properties that are undefined left out (JSON.stringify does the same). Numbers that JSON cannot write and values that
 * are no JSON at all are errors, since JSON.stringify would write the same `null` or `{}` for different ones.
 */
export function canonicalJson(value: unknown, path = 'setting'): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item, i) => canonicalJson(item, `${path}[${i}]`)).join(',')}]`;
  if (isPlainObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .filter((key) => value[key] !== undefined)
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key], `${path}.${key}`)}`);
    return `{${entries.join(',')}}`;
  }
  throw new UserError(
    `Cannot write ${path} as JSON: got ${describe(value)}; use numbers, strings, booleans, lists and plain objects`,
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `a ${value.constructor.name}`;
  return typeof value === 'function' ? 'a function' : String(value);
}
