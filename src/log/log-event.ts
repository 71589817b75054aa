import type { Logger } from './logger.ts';
import type { LogEvent, RunBindings } from './records.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** At which level each event is written. */
export const LEVEL_OF: Readonly<Record<LogEvent['event'], Level>> = {
  'run.start': 'info',
  'run.done': 'info',
  'run.diverged': 'warn', // the run ends and keeps its data, a sweep goes on
  'run.interrupted': 'warn',
  'run.failed': 'error',
  'episode.end': 'debug', // may come every few steps
  'stage.frozen': 'info',
  'checkpoint.saved': 'info',
  'checkpoint.restored': 'info',
  metrics: 'info',
  'path.chosen': 'info',
  'env.warning': 'warn',
  'audit.window': 'info',
  'audit.left-out': 'warn',
};

/** A child logger whose lines all carry the run they belong to. */
export function runLogger(logger: Logger, bindings: RunBindings): Logger {
  return logger.child(bindings);
}

/** Writes one event at its level, with its fields for programs and a message for people. */
export function logEvent(logger: Logger, event: LogEvent): void {
  logger[LEVEL_OF[event.event]](event, message(event));
}

function message(event: LogEvent): string {
  switch (event.event) {
    case 'run.start':
      return event.resumedFrom === null ? 'run started' : `run resumed at step ${event.resumedFrom}`;
    case 'run.done':
      return `run done after ${event.step} steps`;
    case 'run.diverged':
      return `diverged at step ${event.step}: ${event.buffer} is not finite`;
    case 'run.interrupted':
      return `interrupted by ${event.signal} at step ${event.step}`;
    case 'run.failed':
      return `failed at step ${event.step}: ${event.err.message}`;
    case 'episode.end':
      return `episode ${event.episode} ended after ${event.length} steps`;
    case 'stage.frozen':
      return `stage ${event.stage} frozen, ${event.units} units`;
    case 'checkpoint.saved':
      return `checkpoint saved at step ${event.step}`;
    case 'checkpoint.restored':
      return `checkpoint restored at step ${event.step}`;
    case 'metrics':
      return `step ${event.step}`;
    case 'path.chosen':
      return `${event.path} path (${event.precision}${event.simd === null ? '' : `, ${event.simd} SIMD`}): ${event.reason}`;
    case 'env.warning':
      return event.warning;
    case 'audit.window':
      return `audited up to step ${event.step}`;
    case 'audit.left-out':
      return `left ${event.estimator} out at step ${event.step}: ${event.reason}`;
  }
}
