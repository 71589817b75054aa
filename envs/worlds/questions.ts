import { oneHot } from './hordes.ts';
import { policyValues } from './policy-values.ts';

/**
 * A general value function: the sum of a cumulant, discounted, when one action is repeated. Cumulant and end are those of
 * arriving somewhere; both may use what is seen there, a cumulant also the true (a learner: its own) answers there.
 */
export interface Question {
  readonly name: string;
  /** What the policy always does. */
  readonly action: number;
  readonly discount: number;
  cumulant(observation: Float64Array, answers: ArrayLike<number>): number;
  /** Whether the return ends here (the discount is 0). */
  ends(observation: Float64Array): boolean;
}

/** A world whose actions have one outcome each. */
export interface AskedWorld {
  readonly states: number;
  readonly actions: number;
  next(state: number, action: number): number;
  observation(state: number): Float64Array;
}

/** [states][questions] the true answers. A cumulant may use the answers to questions before its own. */
export function trueAnswers(world: AskedWorld, questions: readonly Question[]): Float64Array[] {
  const { states } = world;
  const seen = Array.from({ length: states }, (_, s) => world.observation(s));
  const answers = seen.map(() => new Float64Array(questions.length));
  questions.forEach((question, i) => {
    const values = policyValues({
      states,
      policy: [...oneHot(world.actions, question.action)],
      next: (s, a) => world.next(s, a),
      discount: question.discount,
      cumulant: (s) => question.cumulant(seen[s]!, answers[s]!),
      ends: (s) => question.ends(seen[s]!),
    });
    values.forEach((v, s) => (answers[s]![i] = v));
  });
  return answers;
}
