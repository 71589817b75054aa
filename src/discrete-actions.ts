import type { HeadNeeds } from './types.ts';
import { UserError } from './user-error.ts';

/** How many actions a head has to choose from, where it can: one question, actions that can be counted. */
export function countActions({ outputs, actions }: HeadNeeds, id: string): number {
  if (outputs !== 1) {
    throw new UserError(`Cannot answer ${outputs} questions with ${id}: it chooses actions by one, what they earn`);
  }
  if (actions === undefined) {
    throw new UserError(`Cannot choose actions with ${id}: no environment is named, and so no actions; name one`);
  }
  if (actions.count === null) {
    throw new UserError(`Cannot choose actions of ${actions.space} with ${id}: it takes those of a Discrete space`);
  }
  return actions.count;
}
