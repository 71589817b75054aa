/** The C++ peers and the machine's limits: a process per task, built once; absent where there is no g++. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Effort } from './effort.ts';
import { looking, type Peer } from './peer.ts';
import { parseFigure, parseLimits } from './peer-lines.ts';
import { progress } from './progress.ts';
import type { Limits } from './roofline.ts';

const PROGRAMS = [
  ['cpp', 'columns'],
  ['handFused', 'columns-fused'],
] as const;

/** `peers` holds the sources, `out` will hold the programs. Nothing is built where nothing has changed. */
export function buildNative(peers: string, out: string): void {
  if (isBuilt(peers, out)) return;
  const { stdout = '', status, error } = spawnSync('sh', [join(peers, 'build.sh'), out], { encoding: 'utf8' });
  for (const line of stdout.trim().split('\n')) if (!line.startsWith('built')) progress(line);
  if (status !== 0) progress(`the native peers are not built: ${error?.message ?? `build.sh ended with ${status}`}`);
}

function isBuilt(peers: string, out: string): boolean {
  const times = (files: readonly string[]): number[] => files.map((file) => statSync(file).mtimeMs);
  const programs = [...PROGRAMS.map(([, program]) => program), 'swift-td', 'snap', 'roofline'].map((program) =>
    join(out, program),
  );
  if (!programs.every((program) => existsSync(program))) return false;
  const sources = readdirSync(peers).filter((file) => !file.endsWith('.py') && !file.endsWith('.md'));
  return Math.max(...times(sources.map((file) => join(peers, file)))) < Math.min(...times(programs));
}

export function nativePeers(out: string, effort: Effort): Peer[] {
  return PROGRAMS.filter(([, program]) => existsSync(join(out, program))).map(([name, program]) => ({
    name,
    measure(task) {
      const { columns, inputs, rule } = task;
      const options = ['--columns', String(columns), '--inputs', String(inputs), '--rules', rule];
      const output = call(join(out, program), [...options, ...looking(effort)]);
      return Promise.resolve(output === null ? null : parseFigure(output, task));
    },
    close: () => undefined,
  }));
}

/** Null where there is no such program. */
export function measureLimits(out: string, effort: Effort): Limits | null {
  const program = join(out, 'roofline');
  if (!existsSync(program)) return null;
  const output = call(program, looking({ ...effort, rounds: 3, sampleMs: effort.sampleMs / 2 }));
  return output === null ? null : parseLimits(output);
}

export function call(program: string, options: readonly string[]): string | null {
  const { stdout, stderr, status, signal, error } = spawnSync(program, options, { encoding: 'utf8' });
  if (status === 0) return stdout;
  progress(`${program} is left out: ${error?.message ?? signal ?? stderr.trim()}`);
  return null;
}
