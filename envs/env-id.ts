/**
 * Ids of environments: `[namespace/]Name[-vN]`, Gymnasium's grammar. Behind `python/` stands whatever Gymnasium in Python
 * takes: its namespace is part of ours (`python/ALE`), and so is a module to import first (`python/my_pkg.envs:lab`).
 */
import { EnvError } from './errors.ts';
import { asJson } from './guard.ts';

/** The three parts of an id; null where it has none. */
export interface EnvId {
  readonly namespace: string | null; // `ALE` of `ALE/Pong-v5`
  readonly name: string; // `Pong`
  readonly version: number | null; // 5
}

const grammar = /^(?:(?<namespace>python\/[\w:.-]+|[\w:-]+)\/)?(?<name>[\w:.-]+?)(?:-v(?<version>\d+))?$/;

/** `ALE/Pong-v5` -> { namespace, name, version }; an EnvError where the id has another form. */
export function parseEnvId(id: string): EnvId {
  const groups = typeof id === 'string' ? grammar.exec(id)?.groups : undefined;
  if (groups === undefined) {
    throw new EnvError(`Cannot read the environment id ${asJson(id)}: its form is [namespace/]Name[-vN]`);
  }
  const { namespace = null, name, version } = groups;
  return { namespace, name: name!, version: version === undefined ? null : Number(version) };
}

/** The inverse of `parseEnvId`. */
export function formatEnvId({ namespace, name, version }: EnvId): string {
  return `${namespace === null ? '' : `${namespace}/`}${name}${version === null ? '' : `-v${version}`}`;
}
