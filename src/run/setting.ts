/**
 * One setting: everything a run depends on but its seed. `settingInput` is what people write; `resolveSetting` fills in
 * every default, the parts' and the environment's included, so that the folder's hash and run.json tell the whole truth.
 */
import { resolve } from 'node:path';
import type { AnyEnv } from '@rl-tools/envs';
import { z } from 'zod';
import { type AgentConfig, agentSchema, type Choice, tersely } from '../agent.ts';
import { classCount } from '../classes.ts';
import { parseOptions } from '../options.ts';
import { isPath } from '../registry.ts';
import { resolvePart, type ResolvedPart } from '../resolve-part.ts';
import { UserError } from '../user-error.ts';
import { loadWorld } from './world.ts';

export const settingInput = z.strictObject({
  agent: agentSchema.extend({ id: z.string() }),
  env: z.looseObject({ id: z.string() }),
  steps: z.number().int().min(1).default(100_000),
  discount: z.number().min(0).max(1).nullable().default(null).describe("null = the environment's own"),
  include: z
    .array(z.enum(['lastAction', 'lastReward']))
    .default([])
    .describe('appended to the observation'),
  target: z
    .enum(['return', 'value', 'episodes', 'bits'])
    .nullable()
    .default(null)
    .describe(
      "what is scored: predictions against returns or the environment's value, or what episodes earn, or bits per class foretold; null = for an agent that acts episodes, for one that tells classes bits, else the one that the environment's floors belong to",
    ),
  every: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('steps per line of metrics.jsonl; null = a fiftieth'),
  window: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('last steps that the final error averages; null = a tenth'),
  learn: z.boolean().default(true).describe('false: a frozen agent that only predicts'),
  path: z
    .enum(['auto', 'reference', 'compiled'])
    .default('auto')
    .describe('auto: compiled where all parts have kernels'),
  precision: z
    .enum(['auto', 'f32', 'f64'])
    .default('auto')
    .describe('of the compiled path; auto: f32, f64 for tiny alpha'),
  simd: z
    .enum(['deterministic', 'relaxed'])
    .default('deterministic')
    .describe('relaxed: faster, bits differ by processor'),
  threads: z.number().int().min(1).max(2).default(1).describe('2: one net of independent columns on two threads'),
  load: z.string().nullable().default(null).describe('checkpoint whose learned numbers the agent starts from'),
});
export type SettingInput = z.input<typeof settingInput>;

export type Target = 'return' | 'value' | 'episodes' | 'bits';

/** Resolved: nothing left to default. */
export interface Setting {
  readonly agent: AgentConfig & { readonly id: string };
  readonly env: Choice;
  readonly steps: number;
  readonly discount: number | null;
  readonly include: readonly ('lastAction' | 'lastReward')[];
  readonly target: Target;
  readonly every: number;
  readonly window: number;
  readonly learn: boolean;
  readonly load: string | null;
  readonly path: 'auto' | 'reference' | 'compiled';
  readonly precision: 'auto' | 'f32' | 'f64';
  readonly simd: 'deterministic' | 'relaxed';
  readonly threads: number;
}

export async function resolveSetting(input: unknown): Promise<Setting> {
  const setting = parseOptions(settingInput, input, 'set up the run');
  const { agent } = setting;
  const { options, make } = await loadWorld(setting.env);
  const head = await resolvePart('heads', agent.head);
  const target = targetOf(make(), setting, head);
  return {
    ...setting,
    agent: {
      ...tersely(agent),
      cell: (await resolvePart('cells', agent.cell)).choice,
      estimator: (await resolvePart('estimators', agent.estimator)).choice,
      features: (await resolvePart('features', agent.features)).choice,
      head: head.choice,
      rule: (await resolvePart('step-sizes', agent.rule)).choice,
      growth: (await resolvePart('growth', agent.growth)).choice,
    },
    env: { ...options, id: absolute(setting.env.id) },
    target,
    every: setting.every ?? Math.max(1, Math.round(setting.steps / 50)),
    window: setting.window ?? Math.max(1, Math.round(setting.steps / 10)),
    load: setting.load === null ? null : resolve(setting.load),
  };
}

/** What predictions are scored against; a target that the environment cannot give is refused. */
function targetOf(
  env: AnyEnv,
  { target, discount }: z.output<typeof settingInput>,
  { part, options, choice }: ResolvedPart<'heads'>,
): Target {
  const { metadata } = env;
  const [acts, asks] = [part.acts === true, part.asks !== undefined];
  if (part.classes?.(options) || target === 'bits') return bitsOf(env, target, choice.id, part.classes !== undefined);
  if (asks && target !== null && target !== 'return') throw onlyReturns(target);
  const chosen = asks ? 'return' : (target ?? (acts ? 'episodes' : (metadata.floors?.target ?? 'return')));
  const hasValue = env.value !== undefined;
  env.close();
  if (chosen !== 'value') return chosen;
  if (!hasValue) throw new UserError(`Cannot score ${metadata.id} by value: it has none of its own; use target=return`);
  if (discount !== null && discount !== metadata.discount) {
    throw new UserError(
      `Cannot score ${metadata.id} by its own value at discount ${discount}: that value is for ${metadata.discount}; use target=return`,
    );
  }
  return chosen;
}

/** Probabilities of classes are scored by nothing else, and nothing else by bits. */
function bitsOf(env: AnyEnv, target: Target | null, head: string, tells: boolean): Target {
  const { id } = env.metadata;
  const hasClasses = (classCount(env.metadata) ?? 0) > 1;
  env.close();
  if (!tells) throw new UserError(`Cannot score head ${head} by bits: it tells no probabilities; take softmax`);
  if (!hasClasses) {
    throw new UserError(
      `Cannot learn classes in ${id} with head ${head}: it has none; take another head, or an environment of classes such as hidden-markov-text`,
    );
  }
  if (target === null || target === 'bits') return 'bits';
  throw new UserError(`Cannot score head ${head} by target ${target}: it tells probabilities; leave target at null`);
}

function onlyReturns(target: Target): UserError {
  return new UserError(
    `Cannot score questions by target ${target}: each is scored by its own return; leave target at null`,
  );
}

/** A run may be resumed from any folder, so a path is kept whole. */
const absolute = (id: string): string => (isPath(id) ? resolve(id) : id);
