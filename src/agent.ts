/** An agent is a recipe: one of each part, by id, with its options. Data only, so that `--set` can reach everything. */
import { z } from 'zod';

/** { id, ...options }: the id names a file under src/<kind>/ or, as a path, a file of the user's own. */
const choice = z.looseObject({ id: z.string().min(1) });

/**
 * What a recipe may hold, checked by `agentSchema.parse`: parts by id with their options, and settings of the learner.
 */
export const agentSchema = z.strictObject({
  summary: z.string(),
  cite: z.string().nullable().default(null).describe('key in docs/references.bib; null for your own'),
  cell: choice,
  estimator: choice,
  features: choice,
  head: choice.default({ id: 'linear' }),
  rule: choice,
  headRule: choice
    .nullable()
    .default(null)
    .describe('the step-size rule of the head; null = `rule` moves head and cell'),
  growth: choice.default({ id: 'none' }),
  inputs: z
    .strictObject({
      rate: z
        .number()
        .gt(0)
        .max(1)
        .nullable()
        .default(0.99999)
        .describe('beta of the running mean and variance of x_t; null = those of all that was seen'),
      floor: z.number().gt(0).default(0.01).describe('least variance; unused where rate is null'),
    })
    .nullable()
    .default(null)
    .describe('normaliser of x_t before the cell; null = none'),
  clip: z.number().gt(0).nullable().default(null).describe("largest L2 norm of one step's gradient"),
  feedback: z
    .strictObject({ scale: z.number().gt(0).default(1).describe('B ~ N(0, scale^2 / entries that heads read)') })
    .nullable()
    .default(null)
    .describe("a fixed random B in place of the head's weights when errors go back to the state; null = the weights"),
  nonFinite: z
    .enum(['stop', 'skip'])
    .default('stop')
    .describe('what an error does that is not finite, because a number from the world is not: stop, or teach nothing'),
  keepStateAcrossEpisodes: z.boolean().default(false),
  // Left out of a setting that does not name them: it keeps the hash that it has had.
  lanes: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('streams that share the weights, learned from targets; 1 unless said'),
  updateEvery: z
    .union([z.number().int().min(1), z.literal('episode')])
    .optional()
    .describe('steps whose gradients make one change of the weights, or episode; 1 unless said'),
  overLanes: z.enum(['mean', 'sum']).optional().describe('what gradients of lanes come to; mean unless said'),
});

/** Whether weights are learned by lanes.ts. */
export const hasLanes = ({ lanes = 1, updateEvery = 1 }: AgentConfig): boolean => lanes > 1 || updateEvery !== 1;

/** What is said of lanes left out where it is what is unsaid: one setting, one hash. */
export function tersely<A extends AgentConfig>({ lanes = 1, updateEvery = 1, overLanes = 'mean', ...agent }: A) {
  return {
    ...agent,
    ...(lanes === 1 ? {} : { lanes }),
    ...(updateEvery === 1 ? {} : { updateEvery }),
    ...(lanes === 1 || overLanes === 'mean' ? {} : { overLanes }),
  };
}

/** A recipe after its check, defaults filled in. */
export type AgentConfig = z.output<typeof agentSchema>;
/** A recipe as it is written: what has a default may be left out. */
export type AgentInput = z.input<typeof agentSchema>;
export type Choice = z.output<typeof choice>;

/** Checks a recipe where it is written. */
export function defineAgent(agent: AgentInput): AgentConfig {
  return agentSchema.parse(agent);
}
