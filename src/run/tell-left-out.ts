import { logEvent } from '../log/log-event.ts';
import type { Logger } from '../log/logger.ts';
import type { LeftOut } from './audit-entries.ts';

export function tellLeftOut(log: Logger, step: number, { label: estimator, reason }: LeftOut): void {
  logEvent(log, { event: 'audit.left-out', step, estimator, reason });
}
