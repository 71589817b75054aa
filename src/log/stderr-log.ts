/**
 * Log lines on stderr, which many processes share: for people where it is a terminal, else JSON. Every line is one write,
 * and no longer than what a pipe takes in one piece, so that the lines of two processes never mix.
 */
import { isatty } from 'node:tty';
import { destination } from 'pino';
import type { DestinationStream } from 'pino';
import { prettyStream } from './pretty-stream.ts';

const STDERR = 2;
const PIPE = 4096; // bytes: POSIX asks for 512 at least, Linux has this many

export function stderrLog(isTerminal = isatty(STDERR)): DestinationStream {
  const out = destination({ dest: STDERR, sync: true });
  out.on('error', () => undefined); // nobody listens any more: the run goes on, its log is on file
  return isTerminal ? prettyStream(out) : { write: (line) => out.write(inOnePiece(line)) };
}

/** A line that is too long leaves the stack of its error to log.ndjson, and then all but its event. */
export function inOnePiece(line: string): string {
  if (fits(line)) return line;
  const record = JSON.parse(line) as Record<string, unknown>;
  const { type, message } = (record['err'] ?? {}) as Record<string, unknown>;
  const shorter = `${JSON.stringify({ ...record, err: { type, message } })}\n`;
  if (fits(shorter)) return shorter;
  const { level, time, run, event } = record;
  return `${JSON.stringify({ level, time, run, event, msg: 'too long a line: see log.ndjson' })}\n`;
}

const fits = (line: string): boolean => line.length <= PIPE / 4 || Buffer.byteLength(line) <= PIPE;
