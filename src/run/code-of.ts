import { resolve } from 'node:path';
import { isPath } from '../registry.ts';
import { runCodeHash } from '../results/code-hash.ts';
import type { Setting } from './setting.ts';

const known = new Map<string, string>(); // by the user's files: the code of a process stays as it was loaded

/** The hash of the code that can move a number of this run, the user's own files included. */
export function codeOf({ agent, env }: Setting): string {
  const parts = [
    agent.cell,
    agent.estimator,
    agent.features,
    agent.head,
    agent.rule,
    agent.growth,
    agent.headRule,
    env,
  ];
  const files = parts.flatMap((part) => (part && isPath(part.id) ? [resolve(part.id)] : []));
  const key = files.join('\n');
  const hash = known.get(key) ?? runCodeHash(files);
  known.set(key, hash);
  return hash;
}
