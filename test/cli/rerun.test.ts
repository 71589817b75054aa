/** agent-state rerun: the same bytes or not, in words, in JSON, and by its exit code. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { runFolders } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const short = ['--agent', 'columnar-td', '--env', 'trace-conditioning', '--steps', '2000', '--set', 'every=200'];

describe('agent-state rerun', () => {
  let folder: string;
  beforeAll(async () => {
    await cli(cwd, 'run', ...short, '--results', 'results');
    [folder] = runFolders(join(cwd, 'results')) as [string];
  });

  it('ends with 0 where all bytes agree, and says so file by file', async () => {
    const { code, stdout } = await cli(cwd, 'rerun', folder);
    expect(code).toBe(0);
    for (const what of ['end', 'metrics.jsonl', 'step-sizes.jsonl', 'trace.json', 'checkpoint/state.ckpt', 'scores'])
      expect(stdout).toMatch(new RegExp(`^${what} +agree$`, 'm'));
    expect(stdout).toMatch(/^circumstances as they were/);
    expect(stdout).toMatch(/\nThe rerun agrees, byte for byte\.\n$/);
  });

  it('ends with 1 and names the first difference, also for machines', async () => {
    const path = join(folder, 'metrics.jsonl');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace(/("step":400,"msre":)[^,]+/, '$10.5'));
    const told = await cli(cwd, 'rerun', folder, '--keep', 'kept');
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/^metrics\.jsonl +differ at line 2, msre: 0\.5 then, 0\.\d+ now$/m);
    expect(told.stdout).toMatch(/The rerun differs\.\n$/);
    const json = await cli(cwd, 'rerun', folder, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ agree: false, until: null, circumstances: [] });
    const beside = (await cli(cwd, 'rerun', folder, '--keep', 'results')).stderr;
    expect(beside).toMatch(
      /^agent-state: Cannot keep the rerun in .*: there is a run; pass --keep <another folder>\n$/,
    );
    writeFileSync(path, whole);
    const [hash, seed] = folder.split('/').slice(-2) as [string, string];
    const experiment = folder.split('/').at(-3)!;
    const kept = join(cwd, 'kept', experiment, hash, seed, 'metrics.jsonl');
    expect(existsSync(kept)).toBe(true);
    expect(readFileSync(kept, 'utf8')).toBe(whole);
  });

  it('ends with 2 where there is no run', async () => {
    const { code, stderr } = await cli(cwd, 'rerun', 'nowhere');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^agent-state: Cannot open run nowhere: there is no run.json in it; /);
  });
});
