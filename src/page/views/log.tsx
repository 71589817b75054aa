/** What a run said, the newest first, with filters; what it says while it is watched comes on top. */
import { useEffect, useState } from 'preact/hooks';
import type { LogLine, LogPage } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';
import { Problem } from '../parts/problem.tsx';
import { LogRow } from './log-row.tsx';

const LEVELS = ['', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const MOST = 1000; // lines on the screen

interface LogProps {
  readonly path: string;
  readonly fresh: readonly LogLine[]; // the oldest first
}

export function Log({ path, fresh }: LogProps) {
  const [level, setLevel] = useState('info');
  const [event, setEvent] = useState('');
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const query = new URLSearchParams({
    limit: '100',
    ...(level && { level }),
    ...(event && { event }),
    ...(text && { text }),
  }).toString();
  const ask = (before: number | null, signal?: AbortSignal): void => {
    const more = before === null ? '' : `&before=${before}`;
    getJson<LogPage>(`${path}/log?${query}${more}`, signal).then(
      (page) => {
        setLines((old) => (before === null ? page.lines : [...old, ...page.lines].slice(0, MOST)));
        setNext(page.next);
        setError(null);
      },
      (problem: Error) => {
        if (!signal?.aborted) setError(problem.message);
      },
    );
  };
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(() => ask(null, gone.signal), 200); // not at every letter
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [path, query]);
  useEffect(() => {
    // The server knows what the filters let through; new lines only say that there is something to ask for.
    if (fresh.length > 0) ask(null);
  }, [fresh]);
  return (
    <section aria-labelledby="log">
      <h2 id="log">Log</h2>
      <form class="bar" onSubmit={(submitted) => submitted.preventDefault()}>
        <label>
          Level{' '}
          <select value={level} onChange={({ currentTarget }) => setLevel(currentTarget.value)}>
            {LEVELS.map((name) => (
              <option key={name} value={name}>
                {name === '' ? 'all lines' : `${name} and above`}
              </option>
            ))}
          </select>
        </label>
        <label>
          Event{' '}
          <input value={event} placeholder="run.done" onInput={({ currentTarget }) => setEvent(currentTarget.value)} />
        </label>
        <label>
          Text <input type="search" value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
      </form>
      <Problem text={error} />
      <div class="wide log" tabIndex={0} role="region" aria-label="Lines of the log">
        {lines.length === 0 ? (
          <p class="faint">No line fits.</p>
        ) : (
          lines.map((line) => <LogRow key={line.at} line={line} />)
        )}
      </div>
      {next !== null && lines.length < MOST && (
        <button type="button" onClick={() => ask(next)}>
          Older lines
        </button>
      )}
    </section>
  );
}
