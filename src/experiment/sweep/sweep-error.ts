import { UserError } from '../../user-error.ts';

/** A mistake in a sweep, which names the place: agent.rule.alpha. */
export const sweepError = (path: string, what: string): UserError =>
  new UserError(`Cannot sweep over ${path === '' ? 'the settings' : path}: ${what}`);
