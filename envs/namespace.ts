/**
 * Gymnasium's namespace(): what is registered inside carries the namespace, whatever namespace its id has. Unlike there,
 * the one before comes back after an exception, too.
 */
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';

/** An open namespace; `using scope = namespace('lab')` closes it at the end of its block. */
export interface NamespaceScope {
  /** As it was asked for. */
  readonly name: string;
  /** Closing it twice is harmless. */
  close(): void;
  /** As `close`, at the end of the block of a `using scope = ...`. */
  [Symbol.dispose](): void;
}

/** The innermost last; scopes may end in another order than they began, where they belong to promises. */
const scopes: NamespaceScope[] = [];

/**
 * With a function: calls it inside the namespace and returns what it returns; of a promise the namespace ends when it
 * settles, so `await namespace('lab', () => import('./my-envs.js'))` does what it says. Without: a scope to be closed.
 */
export function namespace(name: string): NamespaceScope;
export function namespace<T>(name: string, inside: () => T): T;
export function namespace<T>(name: string, inside?: () => T): T | NamespaceScope {
  const scope = open(name);
  if (inside === undefined) return scope;
  let isPending = false;
  try {
    const result = inside();
    if (!isPromise(result)) return result;
    isPending = true;
    return result.finally(() => scope.close()) as T;
  } finally {
    if (!isPending) scope.close();
  }
}

/** The namespace that registrations are given now; null outside of all. */
export function currentNamespace(): string | null {
  return scopes.at(-1)?.name ?? null;
}

function open(name: string): NamespaceScope {
  if (typeof name !== 'string' || !/^[\w:-]+$/.test(name)) {
    const form = 'letters, digits, _, : and -';
    throw new EnvError(`Cannot open the namespace ${describe(name)}: its name is made of ${form}`);
  }
  const close = (): void => {
    const place = scopes.indexOf(scope);
    if (place >= 0) scopes.splice(place, 1);
  };
  const scope = { name, close, [Symbol.dispose]: close };
  scopes.push(scope);
  return scope;
}

function isPromise(x: unknown): x is Promise<unknown> {
  return x instanceof Promise;
}
