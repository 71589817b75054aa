/** A line of a log: what it says, and its fields on demand. It is text, whatever it looks like. */
import { useState } from 'preact/hooks';
import type { LogLine } from '../../dashboard/protocol.ts';
import { showTime, showWord } from '../parts/show.ts';

const NAMES: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

export function LogRow({ line }: { readonly line: LogLine }) {
  const [isOpen, setOpen] = useState(false);
  const { record, text, bytes } = line;
  if (record === null) {
    return (
      <p class="log-row">
        <span class="log-level">?</span> {text} <span class="faint">{bytes} bytes that are no record</span>
      </p>
    );
  }
  const { time, level, msg, event, ...fields } = record;
  const name = (typeof level === 'number' && NAMES[level]) || showWord(level);
  return (
    <div class={`log-row log-${name}`}>
      <button type="button" class="log-line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class="log-time">{typeof time === 'number' ? showTime(time).slice(11) : ''}</span>{' '}
        <span class="log-level">{name}</span> <span class="log-event">{showWord(event)}</span>{' '}
        <span>{showWord(msg)}</span>
      </button>
      {isOpen && <pre>{JSON.stringify(fields, null, 2)}</pre>}
    </div>
  );
}
