/** Which program measured: results are taken up again only by the very code that they come from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What cannot move a measured number: how results are run, kept and shown. */
const ASIDE = ['cli', 'run', 'log', 'plots', 'results', 'stream', 'audit', 'plan'];

/**
 * Ten hex digits of the compiled code that experiment `id` can reach: src without what runs and shows, the file of the
 * experiment, and the environments. Comments are part of it: a little too often is better than once too few.
 */
export function codeHash(id: string): string {
  const hash = createHash('sha256');
  const add = (root: string, paths: readonly string[]): void => {
    for (const path of [...paths].sort())
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)));
  };
  const isReached = (path: string): boolean => !ASIDE.includes(path.split(sep)[0]!);
  const root = compiled();
  add(join(root, 'src'), scripts(join(root, 'src')).filter(isReached));
  add(join(root, 'experiments'), [`${id}.js`]);
  const envs = dirname(fileURLToPath(import.meta.resolve('@rl-tools/envs')));
  add(envs, scripts(envs));
  return hash.digest('hex').slice(0, 10);
}

/** Workers always run the compiled files, also where this one is not. */
function compiled(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url));
}

function scripts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(js|wasm)$/.test(path));
}
