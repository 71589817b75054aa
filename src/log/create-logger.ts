import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { checkLevel } from './levels.ts';
import { openLog } from './open-log.ts';
import { prettyStream } from './pretty-stream.ts';
import { summarise } from './summarise.ts';

/** Names under which secrets travel, at the top of a line and one level down. */
const SECRETS = ['token', 'password', 'secret', 'apiKey', 'api_key', 'authorization', 'WANDB_API_KEY'];

export interface LoggerOptions {
  /** A file to append to, or anything with `write(line)`: `openLog(path)`, `process.stderr`, a test's memory. */
  readonly destination: string | DestinationStream;
  readonly level?: string; // else LOG_LEVEL, else info
  readonly also?: DestinationStream; // gets every line too
  readonly pretty?: boolean; // lines for people, where the destination is a terminal; else JSON
}

/**
 * The one place where loggers are made: the command line makes one and passes it on. JSON lines (ndjson), written
 * synchronously, so that a killed process loses none; no pid and host on every line, `run.start` says them once.
 */
export function createLogger({ destination, level, also, pretty = false }: LoggerOptions): PinoLogger {
  const log = typeof destination === 'string' ? openLog(destination) : destination;
  const stream = also ? both(log, also) : log;
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

const both = (a: DestinationStream, b: DestinationStream): DestinationStream => ({
  write(line) {
    a.write(line);
    b.write(line);
  },
});
