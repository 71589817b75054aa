/** Which program measured: results are taken up again only by the very code that they come from. */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What cannot move a number that a study measures: how results are run, kept and shown. */
const ASIDE = ['cli', 'run', 'log', 'plots', 'results', 'stream', 'audit', 'plan', 'report', 'export', 'cluster'];

/** What cannot move a number of a run, which is streamed and scored by us. */
const ASIDE_OF_RUNS = ['cli', 'log', 'plots', 'plan', 'statistics', 'report', 'export', 'cluster'];

/**
 * Ten hex digits of the compiled code that experiment `id` can reach: src without what runs and shows, the file of the
 * experiment, and the environments. Comments are part of it: a little too often is better than once too few. `id` is a name,
 * or the whole path of a file of the user's own, whose imports are not looked into.
 */
export function codeHash(id: string): string {
  const hash = createHash('sha256');
  addPackage(hash, ASIDE);
  if (isAbsolute(id)) add(hash, dirname(id), [basename(id)]);
  else add(hash, join(compiled(), 'experiments'), [`${id}.js`]);
  return digits(hash);
}

/** The same of the code that a run can reach; `files` are the user's own, whose imports are not looked into. */
export function runCodeHash(files: readonly string[] = []): string {
  const hash = createHash('sha256');
  addPackage(hash, ASIDE_OF_RUNS);
  for (const file of [...files].sort()) add(hash, dirname(file), [basename(file)]);
  return digits(hash);
}

function addPackage(hash: Hash, aside: readonly string[]): void {
  const src = join(compiled(), 'src');
  add(
    hash,
    src,
    scripts(src).filter((path) => !aside.includes(path.split(sep)[0]!)),
  );
  const envs = dirname(fileURLToPath(import.meta.resolve('@rl-tools/envs')));
  add(hash, envs, scripts(envs));
}

function add(hash: Hash, root: string, paths: readonly string[]): void {
  for (const path of [...paths].sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
}

const digits = (hash: Hash): string => hash.digest('hex').slice(0, 10);

/** Workers always run the compiled files, also where this one is not. */
function compiled(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url));
}

function scripts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(js|wasm)$/.test(path));
}
