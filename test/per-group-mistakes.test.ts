/** Estimators per group: what is wrong is told in one line. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../src/user-error.ts';
import { createEstimator } from './oracle/estimate.ts';
import { createCell } from './oracle/problem.ts';

describe('what is wrong is told in one line', () => {
  const groupsOf = (...groups: object[]) =>
    createCell({ id: 'gru' }).then((cell) => createEstimator(cell, 'snap', { groups }));
  const cases: [string, object[], string][] = [
    [
      'a name that no group has',
      [{ match: 'resett', id: 'rtrl' }],
      'Cannot find parameters "resett" for an estimator of their own: the groups are update, reset, recurrent, candidate, and they read input, recurrent, bias',
    ],
    [
      'a kind that none of them reads',
      [{ match: 'candidate', reads: 'recurrent', id: 'rtrl' }],
      'Cannot find parameters "candidate" that read recurrent for an estimator of their own: the groups are update, reset, recurrent, candidate, and they read input, recurrent, bias',
    ],
    [
      'a pattern behind one that takes everything',
      [
        { match: '*', id: 'rtrl' },
        { match: 'reset', id: 'snap' },
      ],
      'Cannot find parameters "reset" for an estimator of their own: groups before it take them all',
    ],
    [
      'an unknown estimator',
      [{ match: 'reset', id: 'rtrll' }],
      'Cannot find "rtrll" in estimators: did you mean "rtrl"?',
    ],
    [
      'an option that it lacks',
      [{ match: 'reset', id: 'snap', m: 2 }],
      'Cannot set up snap (estimators): there is no option m',
    ],
    ['another kind of thing', [{ reads: 'weights', id: 'snap' }], 'Cannot set up snap (estimators): groups.0.reads: '],
    [
      'one that lives the whole cell again',
      [{ match: 'reset', id: 'tbptt' }],
      'Cannot use tbptt in rolling windows for some of the parameters: it lives the whole cell again; take it for all of them, or snap or rtrl',
    ],
  ];
  it.each(cases)('%s', async (_, groups, message) => {
    const error: unknown = await groupsOf(...groups).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });
});
