import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli, cliJson, mistake } from '../support/cli.ts';
import { bytesOf, runFolders } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const SWEEP = ['sweep', '--agent', 'columnar-td', '--env', 'cycle-world', '--steps', '2000', '--seeds', '2'];
const GRID = ['--set', 'agent.rule.alpha=[0.001,0.01]', '--set', 'agent.cell.columns=2'];
const NAME = 'columnar-td.cycle-world';
const cwd = tempFolder();

describe('agent-state sweep --on', () => {
  const PATH = process.env['PATH']!;
  beforeAll(() => {
    mkdirSync(join(cwd, 'bin'));
    process.env['PATH'] = join(cwd, 'bin'); // a machine without Slurm, whatever this one has
  });
  afterAll(() => void (process.env['PATH'] = PATH));

  it('slurm says in one line that there is no Slurm, once it is known what would be submitted', async () => {
    const { code, stdout, stderr } = await cli(cwd, ...SWEEP, ...GRID, '--on', 'slurm');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^agent-state: Cannot submit to Slurm: there is no sbatch here; [^\n]*--dry-run[^\n]*\n$/);
    expect(stdout).toContain('2 settings x 2 seeds = 4 runs: 4 missing');
  });

  it('slurm --dry-run writes the script, with what was said of the runs in its command', async () => {
    const words = ['--group', '1', '--time-limit', '10m', '--checkpoint-every', '500'];
    const { stdout } = await cli(cwd, ...SWEEP, ...GRID, '--on', 'slurm', '--dry-run', ...words);
    const [folder] = readdirSync(join(cwd, 'results', NAME, 'slurm'));
    const script = readFileSync(join(cwd, 'results', NAME, 'slurm', folder!, 'job.sh'), 'utf8');
    expect(stdout).toContain(script);
    expect(script).toMatch(/ work \S+\.json --checkpoint-every 500 --time-limit 10m --part "\$part\/4" /);
    expect(stdout).toContain('not submitted: 4 runs in 4 tasks; to submit:\nsbatch --parsable --array=0-3%4 ');
  });

  it('kubernetes writes a manifest for what is missing', async () => {
    const words = ['--on', 'kubernetes', '--image', 'lab/agent-state:1', '--group', '1'];
    const { manifest, runs } = await cliJson<{ manifest: string; runs: number }>(cwd, ...SWEEP, ...GRID, ...words);
    expect(runs).toBe(4);
    expect(parse(readFileSync(manifest, 'utf8'))).toMatchObject({ kind: 'Job', spec: { completions: 4 } });
  });

  it('tells a mistake before anything is written', async () => {
    const elsewhere = ['--results', 'wrong'];
    const say = (...words: string[]) => mistake(cwd, ...SWEEP, ...elsewhere, '--json', ...words);
    expect(await say('--on', 'lsf')).toContain('Allowed choices are slurm, kubernetes');
    expect(await say('--on', 'slurm', '--time', '5:00')).toContain('Cannot use --time 5:00');
    expect(await say('--on', 'kubernetes')).toContain('no image is named');
    expect(await mistake(cwd, 'sweep', 'idbd-tracking', '--on', 'slurm')).toContain('Cannot submit idbd-tracking to');
    expect(existsSync(join(cwd, 'wrong', NAME, 'slurm'))).toBe(false);
  });
});

describe('agent-state work --part', () => {
  it('does its runs and leaves the summary to who has all of them', async () => {
    await cli(cwd, ...SWEEP, ...GRID, '--results', 'parts', '--dry-run');
    const [plan] = readdirSync(join(cwd, 'parts', NAME, 'sweeps'));
    const { code, stdout } = await cli(cwd, 'work', `parts/${NAME}/sweeps/${plan}`, '--part', '1/3');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 done\n' });
    expect(runFolders(join(cwd, 'parts'))).toHaveLength(1);
    expect(readdirSync(join(cwd, 'parts', NAME)).filter((file) => file.startsWith('sweep-'))).toEqual([]);
  });
});

describe('agent-state work --scratch', () => {
  it('ends with the bytes of a sweep without it, and leaves nothing on the disk of the node', async () => {
    expect((await cli(cwd, ...SWEEP, ...GRID, '--results', 'plain', '--jobs', '2')).code).toBe(0);
    await cli(cwd, ...SWEEP, ...GRID, '--results', 'away', '--dry-run');
    const [plan] = readdirSync(join(cwd, 'away', NAME, 'sweeps'));
    const { code } = await cli(cwd, 'work', `away/${NAME}/sweeps/${plan}`, '--scratch', 'disk', '--jobs', '2');
    expect(code).toBe(0);
    const bytes = (results: string) => runFolders(join(cwd, results)).map(bytesOf);
    expect(bytes('plain')).toHaveLength(4);
    expect(bytes('away')).toEqual(bytes('plain'));
    expect(runFolders(join(cwd, 'disk'))).toEqual([]);
    const [place] = readdirSync(join(cwd, 'disk')); // one for each results folder
    expect(existsSync(join(cwd, 'disk', place!, NAME))).toBe(true); // the control: it was used
  });
});
