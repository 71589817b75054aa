/** The public names of @rl-tools/envs. */
export { checkEnv, checkRules } from './check.ts';
export type { CheckReport, CheckResult } from './check.ts';
export { Env } from './env.ts';
export type { Action, EnvMetadata, ErrorFloors, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
export { EnvError } from './errors.ts';
export { guarded } from './guard.ts';
export type { GuardedEnv } from './guard.ts';
export { editDistance, nearest, suggest } from './nearest.ts';
export { defineEnv } from './part.ts';
export type { AnyEnv, EnvPart } from './part.ts';
export { listEnvs, loadEnv, makeEnv, optionNames, parseOptions } from './registry.ts';
export { createRng } from './rng.ts';
export type { Rng, RngKind } from './rng.ts';
export { box, discrete } from './spaces.ts';
export type { Box, Discrete, Space } from './spaces.ts';
export { Task } from './task.ts';
