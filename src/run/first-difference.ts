/** Where two files of a run first differ, in words for a person. */
import { existsSync, readFileSync } from 'node:fs';
import { readCheckpoint } from '../checkpoint.ts';

export interface Difference {
  readonly at: string; // a line, a field, an entry
  readonly then: unknown; // undefined: not there
  readonly now: unknown;
}

/** Of two values as JSON knows them. */
export function valueDifference(then: unknown, now: unknown, at = ''): Difference | null {
  if (Object.is(then, now)) return null;
  if (!isNest(then) || !isNest(now)) return { at, then, now };
  for (const key of new Set([...Object.keys(then), ...Object.keys(now)])) {
    const path = Array.isArray(then) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
    const found = valueDifference(then[key], now[key], path);
    if (found) return found;
  }
  return null;
}

/** Of two files of JSON lines, or of JSON; `known` leaves out lines that are not to be compared. */
export function textDifference(then: string, now: string, known: (step: number) => boolean): Difference | null {
  const [before, after] = [linesOf(then, known), linesOf(now, known)];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (before[i] === after[i]) continue;
    const line = `line ${i + 1}`;
    const [a, b] = [parsed(before[i]), parsed(after[i])];
    if (a === undefined || b === undefined) return { at: line, then: before[i], now: after[i] };
    const found = valueDifference(a, b);
    return found ? { ...found, at: `${line}, ${found.at}` } : { at: line, then: before[i], now: after[i] };
  }
  return null;
}

export function checkpointDifference(then: string, now: string): Difference | null {
  if (readFileSync(then).equals(readFileSync(now))) return null;
  const [a, b] = [readCheckpoint(then), readCheckpoint(now)];
  const found =
    valueDifference(a.step, b.step, 'step') ??
    valueDifference(Object.fromEntries(a.arrays), Object.fromEntries(b.arrays)) ??
    valueDifference(a.state, b.state, 'state');
  return found ?? { at: 'its bytes', then: 'others', now: 'others' };
}

export const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);

/** A last line without its end was torn by a crash. */
function linesOf(text: string, known: (step: number) => boolean): string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => {
      const { step = 0 } = (parsed(line) ?? {}) as { step?: number };
      return known(step);
    });
}

function parsed(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}

const isNest = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
