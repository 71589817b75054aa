import type { Bindings, LogFn } from 'pino';

/** What a part may do with a log: accepted as an option, never made. Every pino logger is one. */
export interface Logger {
  readonly debug: LogFn;
  readonly info: LogFn;
  readonly warn: LogFn;
  readonly error: LogFn;
  child(bindings: Bindings): Logger;
}

/** The default of every part that takes a logger. Importing it does not load pino. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
};

function nothing(): void {
  // Silence is the point.
}
