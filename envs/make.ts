/** Gymnasium's make: the environment of an id or a spec, inside the wrappers that its spec asks for. */
import { create, wrap } from './entry-point.ts';
import { EnvSpec, type Kwargs } from './env-spec.ts';
import { EnvError } from './errors.ts';
import { UnsupportedMode } from './gymnasium-errors.ts';
import { asJson, describe } from './guard.ts';
import type { AnyEnv } from './part.ts';
import { findSpec } from './registration.ts';
import { OrderEnforcing } from './wrappers/order-enforcing.ts';
import { PassiveEnvChecker } from './wrappers/passive-env-checker.ts';
import { TimeLimit } from './wrappers/time-limit.ts';

/** What `make` takes, in place of what the spec says. */
export interface MakeOptions {
  /** In place of the spec's; -1: no limit. */
  readonly maxEpisodeSteps?: number | null;
  /** In place of the spec's. */
  readonly disableEnvChecker?: boolean | null;
  /** 'ansi': the environment must be able to render as text. */
  readonly renderMode?: string | null;
  /** The environment's own options, over those of the spec. */
  readonly [option: string]: unknown;
}

/**
 * From the inside out: environment, PassiveEnvChecker, OrderEnforcing, TimeLimit, the spec's additional wrappers.
 * Asynchronous since tasks load when they are asked for; what it makes is synchronous.
 */
export async function make(id: string | EnvSpec, options: MakeOptions = {}): Promise<AnyEnv> {
  const { maxEpisodeSteps = null, disableEnvChecker = null, renderMode = null, ...kwargs } = checkKwargs(options);
  const spec = typeof id === 'string' ? await findSpec(id) : checkSpec(id);
  const merged = { ...spec.kwargs, ...kwargs };
  const bare = await create(spec, merged);
  try {
    checkRenderMode(spec.id, bare, renderMode);
    return await dress(bare, spec, merged, { maxEpisodeSteps, disableEnvChecker });
  } catch (error) {
    bare.close();
    throw error;
  }
}

/** The environment inside its wrappers. */
async function dress(
  bare: AnyEnv,
  spec: EnvSpec,
  kwargs: Kwargs,
  { maxEpisodeSteps = null, disableEnvChecker = null }: MakeOptions,
): Promise<AnyEnv> {
  // The spec is read back from the wrappers that are really there.
  const inner = { maxEpisodeSteps: null, orderEnforce: false, disableEnvChecker: true, additionalWrappers: [] };
  bare.spec = bare.unwrapped.spec = spec.with({ kwargs, ...inner });
  let env = bare;
  if (!(disableEnvChecker ?? spec.disableEnvChecker)) env = new PassiveEnvChecker(env);
  if (spec.orderEnforce) env = new OrderEnforcing(env);
  const limit = maxEpisodeSteps ?? spec.maxEpisodeSteps;
  if (limit !== null && limit !== -1) env = new TimeLimit(env, { maxEpisodeSteps: limit });
  for (const wrapper of spec.additionalWrappers) env = await wrap(env, wrapper);
  return env;
}

export function checkSpec(spec: unknown): EnvSpec {
  if (spec instanceof EnvSpec) return spec;
  throw new EnvError(`Cannot make an environment of ${describe(spec)}: an id or an EnvSpec is needed`);
}

function checkKwargs(options: unknown): MakeOptions {
  if (typeof options === 'object' && options !== null) return options as MakeOptions;
  throw new EnvError(`Cannot make an environment: its options must be an object, got ${describe(options)}`);
}

function checkRenderMode(id: string, env: AnyEnv, mode: string | null): void {
  if (mode === null || (mode === 'ansi' && env.render !== undefined)) return;
  const known = env.render === undefined ? 'it does not render' : 'it renders as "ansi"';
  throw new UnsupportedMode(`Cannot render ${id} as ${asJson(mode)}: ${known}`);
}
