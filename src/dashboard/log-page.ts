/** A log from its end, page by page, with filters; a line is data, whatever it holds. */
import { LEVELS } from '../log/levels.ts';
import { UserError } from '../user-error.ts';
import { type Line, linesBackwards } from './lines.ts';
import type { LogLine, LogPage } from './protocol.ts';
import { isDeep, wordOf } from './sound.ts';

export interface LogAsked {
  readonly limit: number;
  readonly before?: number; // byte where the earlier page ended
  readonly isWanted?: () => boolean; // whoever asked is still there
  readonly level?: string; // this and above
  readonly events?: readonly string[];
  readonly text?: string; // anywhere in the line, whatever its case
}

const MOST = 64 << 20; // bytes that one page looks through: of a filter that nothing passes
const FULL = 4 << 20; // bytes of lines that one page tells

export async function logPage(
  path: string,
  { limit, before = Infinity, isWanted = () => true, ...filter }: LogAsked,
): Promise<LogPage> {
  const passes = filterOf(filter);
  const lines: LogLine[] = [];
  let [seen, full] = [0, 0];
  for await (const line of linesBackwards(path, before, isWanted)) {
    const told = logLine(line);
    if (passes(told, line.text)) {
      lines.push(told);
      full += line.text.length;
    }
    seen += line.bytes + 1;
    if (lines.length >= limit || seen > MOST || full > FULL) return { lines, next: line.at > 0 ? line.at : null };
  }
  return { lines, next: null };
}

export function logLine({ at, bytes, text, isLong }: Line): LogLine {
  const record = isLong ? null : recordOf(text);
  return { at, bytes, record, text: record === null ? text.slice(0, 2048) : null };
}

function filterOf({ level, events, text }: Omit<LogAsked, 'limit' | 'before' | 'isWanted'>) {
  const least = level === undefined ? 0 : numberOf(level);
  const words = text?.toLowerCase();
  return ({ record }: LogLine, whole: string): boolean =>
    (least === 0 || ranks(record?.['level'], least)) &&
    (events === undefined || events.includes(wordOf(record?.['event']))) &&
    (words === undefined || whole.toLowerCase().includes(words));
}

const ranks = (level: unknown, least: number): boolean => typeof level === 'number' && level >= least;

/** As pino counts: trace 10, debug 20, ... */
function numberOf(level: string): number {
  const place = (LEVELS as readonly string[]).indexOf(level.toLowerCase());
  if (place < 0)
    throw new UserError(`Cannot filter by level "${level.slice(0, 100)}": the levels are ${LEVELS.join(', ')}`);
  return 10 * (place + 1);
}

function recordOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeep(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
