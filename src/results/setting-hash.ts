import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/**
 * Ten hex digits that name a setting: the start of the SHA-256 of its canonical JSON, the same for every order of keys.
 * 40 bits: among 10,000 settings two share a name with a chance of 5e-5. The seed is no part of a setting, it names the
 * folder below.
 */
export function settingHash(setting: unknown): string {
  return createHash('sha256').update(canonicalJson(setting)).digest('hex').slice(0, 10);
}
