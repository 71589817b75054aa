/** Runs of the command line that are stopped or killed on their way, and what they leave behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Running, start } from './cli.ts';

/** A run of about a second, with many checkpoints. */
export function longRun(env: string): string[] {
  const agent = ['--agent', 'columnar-td', '--set', 'agent.cell.columns=2'];
  return ['run', ...agent, '--env', env, '--steps', '150000', '--checkpoint-every', '10000', '--set', 'every=1000'];
}

/** The folders of all runs below a results folder. */
export function runFolders(results: string): string[] {
  const below = (path: string): string[] => {
    if (existsSync(join(path, 'run.json'))) return [path];
    const inside = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
    return inside.filter((entry) => entry.isDirectory()).flatMap(({ name }) => below(join(path, name)));
  };
  return below(results);
}

/** What must agree, byte for byte. */
export function bytesOf(folder: string): { checkpoint: string; metrics: string; stepSizes: string; trace: string } {
  const optional = (name: string): string => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  return {
    checkpoint: readFileSync(join(folder, 'checkpoint', 'state.ckpt'), 'latin1'),
    metrics: readFileSync(join(folder, 'metrics.jsonl'), 'utf8'),
    stepSizes: optional('step-sizes.jsonl'), // where the rule moves them
    trace: optional('trace.json'), // of a run that is done
  };
}

export interface Begun extends Running {
  readonly folder: string;
  readonly pid: number; // of the process that does the run
}

/** Starts a run and waits until it has written so many lines of metrics; its results folder must be empty. */
export async function startUntil(cwd: string, results: string, lines: number, args: string[]): Promise<Begun> {
  const running = start(cwd, ...args, '--results', results);
  let over = false;
  void running.ended.then(() => (over = true));
  while (!over) {
    const [folder] = runFolders(join(cwd, results));
    if (folder !== undefined && linesOf(join(folder, 'metrics.jsonl')) >= lines)
      return { ...running, folder, pid: pidOf(folder) };
    await new Promise((done) => setTimeout(done, 2));
  }
  throw new Error(`The run was over before it had ${lines} lines: ${(await running.ended).stderr}`);
}

export function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

/** Of the process that does the run: from the latest start in its log. */
export function pidOf(folder: string): number {
  const starts = readFileSync(join(folder, 'log.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"run.start"'))
    .map((line) => JSON.parse(line) as { pid: number });
  return starts.at(-1)!.pid;
}
