/** The public names of Gymnasium's API around environments: making, wrapping, errors. */
export { formatEnvId, parseEnvId } from './env-id.ts';
export type { EnvId } from './env-id.ts';
export { EnvSpec } from './env-spec.ts';
export type { EntryPoint, EnvSpecFields, Kwargs, WrapperClass, WrapperSpec } from './env-spec.ts';
export { listWrappers } from './entry-point.ts';
export * from './gymnasium-errors.ts';
export { make } from './make.ts';
export type { MakeOptions } from './make.ts';
export { pprintRegistry, register, registry, spec } from './registration.ts';
export { RewardWrapper } from './reward-wrapper.ts';
export { Wrapper } from './wrapper.ts';
export type { AnyAction, AnyObservation } from './wrapper.ts';
export { ClipReward } from './wrappers/clip-reward.ts';
export { OrderEnforcing } from './wrappers/order-enforcing.ts';
export { PassiveEnvChecker } from './wrappers/passive-env-checker.ts';
export { TimeLimit } from './wrappers/time-limit.ts';
