import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Level, Logger as PinoLogger } from 'pino';
import { UserError } from '../user-error.ts';
import { openLog } from './open-log.ts';
import { prettyStream } from './pretty-stream.ts';
import { summarise } from './summarise.ts';

const LEVELS: readonly (Level | 'silent')[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Names under which secrets travel, at the top of a line and one level down. */
const SECRETS = ['token', 'password', 'secret', 'apiKey', 'api_key', 'authorization', 'WANDB_API_KEY'];

export interface LoggerOptions {
  /** A file to append to, or anything with `write(line)`: `openLog(path)`, `process.stderr`, a test's memory. */
  readonly destination: string | DestinationStream;
  readonly level?: string; // else LOG_LEVEL, else info
  readonly pretty?: boolean; // lines for people, where the destination is a terminal; else JSON
}

/**
 * The one place where loggers are made: the command line makes one and passes it on. JSON lines (ndjson), written
 * synchronously, so that a killed process loses none; no pid and host on every line, `run.start` says them once.
 */
export function createLogger({ destination, level, pretty = false }: LoggerOptions): PinoLogger {
  const stream = typeof destination === 'string' ? openLog(destination) : destination;
  const options = {
    level: checkLevel(level ?? (process.env['LOG_LEVEL'] || 'info')),
    base: null,
    serializers: { err: stdSerializers.err },
    formatters: {
      log: (fields: object) => summarise(fields) as Record<string, unknown>,
    },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  };
  return pino(options, pretty ? prettyStream(stream) : stream);
}

function checkLevel(level: string): string {
  const found = LEVELS.find((name) => name === level.toLowerCase());
  if (!found) throw new UserError(`Cannot log at level "${level}": the levels are ${LEVELS.join(', ')}`);
  return found;
}
