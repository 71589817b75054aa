/**
 * A horde (Sutton et al. 2011): K general value functions, linear in the same features, each with a question of its own
 * about the stream, learned by TD (learning/horde.ts):
 *   v_k,t  estimates  c_k,t+1 + gamma_k,t+1 c_k,t+2 + gamma_k,t+1 gamma_k,t+2 c_k,t+3 + ...
 * c_k is the reward or an entry of the observation, gamma_k a constant or the environment's, and 0 where the episode has
 * ended or an entry of the observation says so (`until`). `nexting` (Modayil, White & Sutton 2014) asks for every signal
 * at every horizon, gamma = 1 - 1 / horizon; its questions come after `questions`, signal by signal. Where nothing is
 * asked it answers what other heads do: the reward, by the environment's discount.
 */
import { z } from 'zod';
import { linearHead } from '../linear-head.ts';
import { definePart } from '../part.ts';
import type { Question } from '../questions.ts';
import type { Head, HeadNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

const entry = z.number().int().min(0);
const signal = z.union([z.literal('reward'), entry]);
const lambda = z.number().min(0).max(1).nullable().default(null).describe("null = the step-size rule's");

const options = z.strictObject({
  questions: z
    .array(
      z.strictObject({
        cumulant: signal.default('reward').describe('reward, or the number of an entry of the observation'),
        discount: z.number().min(0).max(1).nullable().default(null).describe("null = the environment's"),
        until: entry.nullable().default(null).describe('entry of the observation that ends it where it is not 0'),
        lambda,
      }),
    )
    .default([]),
  nexting: z
    .strictObject({
      signals: z
        .union([z.literal('all'), z.array(signal).min(1)])
        .default('all')
        .describe('all of the observation'),
      horizons: z.array(z.number().min(1)).min(1).describe('in steps'),
      lambda,
    })
    .nullable()
    .default(null)
    .describe('every signal at every horizon'),
  recurrent: z
    .enum(['exact', 'cheap', 'none'])
    .default('cheap')
    .describe('credit of the cell: an eligibility per question; lambda 0 and one pull for all; it does not learn'),
});
type Options = z.infer<typeof options>;

const REWARD: Question = { cumulant: 'reward', discount: null, until: null, lambda: null };

export default definePart<Options, HeadNeeds, Head>({
  cite: 'sutton2011horde',
  summary: 'many linear questions about the stream, each with its own signal, discount and lambda',
  options,
  asks,
  create({ recurrent, ...asked }, _rng, { size, outputs, observed = 0 }) {
    const own = asks({ ...asked, recurrent }, observed);
    const questions = asked.questions.length > 0 || asked.nexting ? own : Array.from({ length: outputs }, () => REWARD);
    if (questions.length !== outputs) throw miscounted(questions.length, outputs);
    return {
      ...linearHead(size, outputs),
      horde: { questions, recurrent },
      kernel: { kind: 'linear' },
    };
  },
});

function asks({ questions, nexting }: Options, observed: number): Question[] {
  if (!nexting) return questions.length > 0 ? questions : [REWARD];
  const signals = nexting.signals === 'all' ? Array.from({ length: observed }, (_, i) => i) : nexting.signals;
  return [
    ...questions,
    ...signals.flatMap((cumulant) =>
      nexting.horizons.map((horizon): Question => {
        return { cumulant, discount: 1 - 1 / horizon, until: null, lambda: nexting.lambda };
      }),
    ),
  ];
}

function miscounted(questions: number, outputs: number): UserError {
  return new UserError(`Cannot answer ${outputs} questions with horde: its options ask ${questions}`);
}
