/** Gymnasium's has_, get_ and set_wrapper_attr: an attribute of the outermost wrapper that has it, or of the environment. */
import type { AnyEnv } from './part.ts';
import { EnvError } from './errors.ts';
import { Wrapper } from './wrapper.ts';

/** Whether any of them has it. */
export function hasWrapperAttr(env: AnyEnv, name: string): boolean {
  return ownerOf(env, name) !== null;
}

/** A method comes bound to its owner. */
export function getWrapperAttr(env: AnyEnv, name: string): unknown {
  const owner = ownerOf(env, name);
  if (owner === null) throw new EnvError(`Cannot get "${name}" of ${String(env)}: none of them has it`);
  const value = (owner as unknown as Record<string, unknown>)[name];
  return typeof value === 'function' ? (value.bind(owner) as unknown) : value;
}

/** Where none has it, it is set on the outermost. */
export function setWrapperAttr(env: AnyEnv, name: string, value: unknown): void {
  Object.assign(ownerOf(env, name) ?? env, { [name]: value });
}

function ownerOf(env: AnyEnv, name: string): AnyEnv | null {
  if (name in env && (env as unknown as Record<string, unknown>)[name] !== undefined) return env;
  return env instanceof Wrapper ? ownerOf(env.env, name) : null;
}
