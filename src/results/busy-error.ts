import { UserError } from '../user-error.ts';
import type { Holder } from './holder.ts';

/** Two processes at one run would ruin its files. */
export class BusyError extends UserError {
  readonly holder: Holder;

  constructor(path: string, its: Holder) {
    super(`Cannot use ${path}: process ${its.pid} on ${its.host} is still at this run; wait for it, or end it`);
    this.holder = its;
  }
}

export const isBusy = (error: unknown): error is BusyError => error instanceof BusyError;
