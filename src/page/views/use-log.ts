/** A run's log as the server tells it, page by page; asked again, once a second at most, while lines are written. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogLine, LogPage } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';
import { below, NO_LINES, onTop, type Shown } from './log-lines.ts';

const LETTERS = 200; // milliseconds: not at every letter of a filter
const PAUSE = 1000;

export interface Logged extends Shown {
  readonly error: string | null;
  older(): void;
}

/** `query`: the filters. The server knows what they let through: `fresh` lines only say that there is something to ask for. */
export function useLog(path: string, query: string, fresh: readonly LogLine[]): Logged {
  const [shown, setShown] = useState<Shown>(NO_LINES);
  const [error, setError] = useState<string | null>(null);
  const ask = useRef<(before: number | null) => Promise<void>>(() => Promise.resolve());
  useEffect(() => {
    const gone = new AbortController();
    let isFirst = true; // of these filters
    ask.current = async (before) => {
      const from = before === null ? '' : `&before=${before}`;
      try {
        const page = await getJson<LogPage>(`${path}/log?${query}${from}`, gone.signal);
        setShown((old) => (before === null ? onTop(page, isFirst ? NO_LINES : old) : below(page, old)));
        isFirst = false;
        setError(null);
      } catch (problem) {
        if (!gone.signal.aborted) setError((problem as Error).message);
      }
    };
    const timer = setTimeout(() => void ask.current(null), LETTERS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [path, query]);
  const again = useRef<{ timer: ReturnType<typeof setTimeout> | null; isDue: boolean }>({ timer: null, isDue: false });
  useEffect(() => () => clearTimeout(again.current.timer ?? undefined), []);
  useEffect(() => {
    const own = again.current;
    const plan = (): void => {
      own.timer ??= setTimeout(() => {
        own.isDue = false;
        void ask.current(null).then(() => {
          own.timer = null;
          if (own.isDue) plan();
        });
      }, PAUSE);
    };
    if (fresh.length === 0) return;
    own.isDue = true;
    plan();
  }, [fresh]);
  return { ...shown, error, older: () => void ask.current(shown.next) };
}
