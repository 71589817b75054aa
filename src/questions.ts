/** General value functions (Sutton et al. 2011), on policy: what is asked about the stream. Data only. */
import { UserError } from './user-error.ts';

/** One general value function: which signal is foretold, over which horizon, until when, with which lambda. */
export interface Question {
  readonly cumulant: 'reward' | number; // a number: that entry of the observation
  readonly discount: number | null; // null: the environment's
  readonly until: number | null; // an entry of the observation; where it is not 0 the discount is 0
  readonly lambda: number | null; // null: the step-size rule's
}

/** How the cell is credited: an eligibility per question, lambda 0 and one pull for all, or not at all. */
export type RecurrentCredit = 'exact' | 'cheap' | 'none';

/** What a head says of itself that answers questions; one per output. */
export interface Horde {
  readonly questions: readonly Question[];
  readonly recurrent: RecurrentCredit;
}

/** Questions of one discount and one lambda, by number: what they make of the same gradients is the same. */
export function bundlesOf(questions: readonly Question[]): Int32Array[] {
  const bundles = new Map<string, number[]>();
  questions.forEach(({ discount, until, lambda }, k) => {
    const key = `${discount}/${until}/${lambda}`;
    bundles.set(key, [...(bundles.get(key) ?? []), k]);
  });
  return [...bundles.values()].map((members) => Int32Array.from(members));
}

/** For tables, each another: `x2, 8 steps`. */
export function nameQuestions(questions: readonly Question[]): string[] {
  const names = questions.map(nameOf);
  return names.map((name, k) => {
    const before = names.slice(0, k).filter((one) => one === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

function nameOf({ cumulant, discount, until, lambda }: Question): string {
  const what = cumulant === 'reward' ? 'reward' : `x${cumulant}`;
  const horizon = discount === null ? [] : [`${Number((1 / (1 - discount)).toPrecision(4))} steps`];
  const end = until === null ? [] : [`until x${until}`];
  return [what, ...horizon, ...end, ...(lambda === null ? [] : [`lambda ${lambda}`])].join(', ');
}

/** A UserError where a question asks about an entry that the observation, `observed` numbers long, does not have. */
export function checkQuestions(questions: readonly Question[], observed: number): void {
  for (const { cumulant, until } of questions) {
    for (const entry of [cumulant, until]) {
      if (typeof entry !== 'number' || entry < observed) continue;
      throw new UserError(`Cannot ask about entry ${entry} of the observation: it has ${observed}, from 0 on`);
    }
  }
}

/** Of one question at the step just lived: what came, and how much of what follows counts. */
export interface World {
  readonly reward: number;
  readonly observation: Float64Array;
  readonly discount: number; // of the environment; 0 where the episode terminated
  readonly terminated: boolean;
}

/** c_t of a question: the reward, or an entry of the observation. */
export const cumulantOf = ({ cumulant }: Question, { reward, observation }: World): number =>
  cumulant === 'reward' ? reward : observation[cumulant]!;

/**
 * gamma_t of a question, in [0, 1]: 0 where the episode terminated or the question ends, else its own or the
 * environment's.
 */
export function discountOf({ discount, until }: Question, { terminated, observation, discount: gamma }: World): number {
  if (terminated || (until !== null && observation[until] !== 0)) return 0;
  return discount ?? gamma;
}
