import type { DestinationStream } from 'pino';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO ',
  40: 'WARN ',
  50: 'ERROR',
  60: 'FATAL',
};

/** Left out of the short form: shown in the message, or the same on every line. */
const HIDDEN = new Set(['level', 'time', 'msg', 'event', 'run', 'experiment', 'env', 'err', 'folder']);

/**
 * Log lines for people, in the process (no worker, nothing lost at exit): `12:03:04 INFO  run done after 5 steps
 * step=5`, time in UTC, the stack of an error below. A line that is no JSON passes through.
 */
export function prettyStream(out: DestinationStream): DestinationStream {
  return {
    write(line) {
      out.write(prettyLine(line));
    },
  };
}

function prettyLine(line: string): string {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const time = new Date(Number(record['time'])).toISOString().slice(11, 19);
  const level = LEVELS[Number(record['level'])] ?? String(record['level']);
  const fields = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [time, level, record['msg'] ?? record['event'] ?? '', ...fields].join(' ');
  const stack = (record['err'] as { stack?: string } | undefined)?.stack;
  return stack === undefined ? `${head}\n` : `${head}\n${stack}\n`;
}
