/** The lines of a log that are on the screen, the newest first: pages that come on top of them, or below. */
import type { LogLine, LogPage } from '../../dashboard/protocol.ts';

const MOST = 1000; // lines on the screen

export interface Shown {
  readonly lines: readonly LogLine[];
  readonly next: number | null; // where the older ones are asked for; null: there are none, or no room
}

export const NO_LINES: Shown = { lines: [], next: null };

/** The newest page, and under it what was there before, if nothing is missing between them; no more lines than there were. */
export function onTop(page: LogPage, before: Shown): Shown {
  const from = page.next ?? 0; // where it ends, or rather begins
  const isJoined = (before.lines[0]?.at ?? -1) >= from;
  const rest = isJoined ? before.lines.filter(({ at }) => at < from) : [];
  const all = [...page.lines, ...rest];
  const room = Math.max(page.lines.length, before.lines.length);
  if (rest.length === 0) return page;
  return all.length <= room
    ? { lines: all, next: before.next }
    : { lines: all.slice(0, room), next: all[room - 1]!.at };
}

export function below(page: LogPage, before: Shown): Shown {
  const lines = [...before.lines, ...page.lines];
  return lines.length < MOST ? { lines, next: page.next } : { lines: lines.slice(0, MOST), next: null };
}
