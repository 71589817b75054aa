/** What a run said, the newest first, with filters; what it says while it is watched comes on top. */
import { useState } from 'preact/hooks';
import type { LogLine } from '../../dashboard/protocol.ts';
import { Problem } from '../parts/problem.tsx';
import { LogRow } from './log-row.tsx';
import { useLog } from './use-log.ts';

const LEVELS = ['', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

interface LogProps {
  readonly path: string;
  readonly fresh: readonly LogLine[]; // the oldest first
}

export function Log({ path, fresh }: LogProps) {
  const [level, setLevel] = useState('info');
  const [event, setEvent] = useState('');
  const [text, setText] = useState('');
  const query = new URLSearchParams({
    limit: '100',
    ...(level && { level }),
    ...(event && { event }),
    ...(text && { text }),
  }).toString();
  const { lines, next, error, older } = useLog(path, query, fresh);
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
      {next !== null && (
        <button type="button" onClick={older}>
          Older lines
        </button>
      )}
    </section>
  );
}
