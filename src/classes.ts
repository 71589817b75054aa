/** Classes of an environment as targets: one-hot, all zeros where nothing is asked. */
import type { AnyEnv, EnvMetadata } from '@rl-tools/envs';
import { UserError } from './user-error.ts';

/** How many classes there are to be told apart; null: `value` is no class. */
export const classCount = ({ classes }: EnvMetadata): number | null => classes?.length ?? null;

/** Whether the environment hears what is put on each class: its action is a Box of as many entries in [0, 1]. */
export function hearsProbabilities({ actionSpace, metadata }: AnyEnv): boolean {
  return metadata.classes !== undefined && actionSpace.kind === 'box' && actionSpace.size === metadata.classes.length;
}

/** Writes class `came` of K into `target` from `at` on. */
export function writeClass(came: number, target: Float64Array, at: number, K: number, env: AnyEnv): void {
  for (let k = 0; k < K; k++) target[at + k] = 0;
  if (Number.isNaN(came)) return;
  if (!(Number.isInteger(came) && came >= 0 && came < K)) throw noClass(came, K, env);
  target[at + came] = 1;
}

function noClass(came: number, K: number, { metadata }: AnyEnv): UserError {
  return new UserError(`Cannot learn classes in ${metadata.id}: its value ${came} is none of 0 .. ${K - 1}`);
}
