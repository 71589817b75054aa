/** agent-state run <study>: measured once, kept, taken up again after a stop. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliJson, mistake, start } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const STUDY = 'idbd-tracking';
const short = ['--set', 'steps=300', '--seeds', '2'];

/** The one file of measurements in a results folder. */
function file(cwd: string): string {
  const folder = join(cwd, 'results', STUDY, 'measured');
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.jsonl'))!,
  );
}
const lines = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

describe('a study', () => {
  it('measures what is missing and nothing else, and finds the same again', async () => {
    const cwd = tempFolder();
    const first = await cli(cwd, 'run', STUDY, ...short);
    expect(first.code).toBe(0);
    const path = file(cwd);
    const all = lines(path);
    const kept = all.slice(0, -3);
    writeFileSync(path, `${kept.join('\n')}\n${all.at(-3)!.slice(0, 20)}`); // torn in the middle of a line
    const second = await cli(cwd, 'run', STUDY, ...short, '--jobs', '1');
    expect(second.stderr).toContain(`${kept.length} of ${all.length} were measured before`);
    expect(lines(path).slice(0, kept.length)).toEqual(kept); // not a byte is written anew
    expect([...lines(path)].sort()).toEqual([...all].sort());
    expect(second.stdout).toBe(first.stdout);
    rmSync(path);
    expect((await cli(cwd, 'run', STUDY, ...short)).stderr).not.toContain('measured before');
  });

  it('keeps all that was measured when it is killed', async () => {
    const cwd = tempFolder();
    const running = start(cwd, 'run', STUDY, '--set', 'steps=10000', '--seeds', '5');
    while (lines(await appears(() => file(cwd))).length < 3) await pause();
    running.child.kill('SIGKILL');
    await running.ended;
    const before = lines(file(cwd));
    const stopped = start(cwd, 'run', STUDY, '--set', 'steps=10000', '--seeds', '5');
    while (lines(file(cwd)).length < before.length + 3) await pause();
    stopped.child.kill('SIGTERM');
    const { code, stderr } = await stopped.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted; the same command measures the rest');
    expect(lines(file(cwd)).slice(0, before.length)).toEqual(before);
    for (const line of lines(file(cwd))) expect(() => void JSON.parse(line)).not.toThrow();
  });

  it('prints one object as JSON', async () => {
    const found = await cliJson<Record<string, unknown>>(tempFolder(), 'run', STUDY, ...short);
    expect(Object.keys(found)).toEqual(['study', 'question', 'cite', 'tables', 'settings']);
  });

  it('says in one line what it cannot do', async () => {
    const cwd = tempFolder();
    expect(await mistake(cwd, 'run', STUDY, '--agent', 'columnar-td')).toContain('Cannot use --agent');
    expect(await mistake(cwd, 'run', STUDY, '--env', 'tracking')).toContain('brings its own environment');
    expect(await mistake(cwd, 'run', STUDY, '--set', 'stps=3')).toContain('are made of question, rule, size');
    expect(await mistake(cwd, 'run', STUDY, '--set', 'steps=[3]')).toContain('are numbers and words');
    expect(await mistake(cwd, 'run', STUDY, '--no-learn')).toContain('Cannot use --no-learn');
  });
});

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

async function appears(path: () => string): Promise<string> {
  for (;;) {
    try {
      const found = path();
      if (readFileSync(found, 'utf8') !== '') return found;
    } catch {
      // not yet
    }
    await pause();
  }
}
