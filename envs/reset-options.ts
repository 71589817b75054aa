import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { suggest } from './nearest.ts';

const known = ['seed', 'options'];

/** A key that is misspelt would be passed over, and the episode not be the one asked for. Nothing, or null, is fine. */
export function checkResetOptions(id: string, options: unknown): void {
  if (options === undefined || options === null) return;
  const act = `Cannot reset ${id}`;
  if (!isRecord(options)) throw new EnvError(`${act}: { seed, options } is needed, got ${describe(options)}`);
  for (const key in options) {
    if (!known.includes(key)) throw new EnvError(`${act}: unknown key "${key}", ${suggest(key, known)}`);
  }
  const inner = options['options'] ?? {};
  if (!isRecord(inner)) throw new EnvError(`${act}: options must be an object, got ${describe(inner)}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
