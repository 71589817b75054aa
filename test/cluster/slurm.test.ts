import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterWords, readClusterOptions } from '../../src/cluster/cluster-options.ts';
import { slurmState } from '../../src/cluster/slurm-state.ts';
import { submitSlurm, tellSubmitted } from '../../src/cluster/slurm.ts';
import { readSubmissions } from '../../src/cluster/submission.ts';
import { allRuns, type PlanOnDisk, writeTestPlan } from '../support/plans.ts';
import { put, tempFolder } from '../support/temp.ts';

const PATH = process.env['PATH']!;
let folder: string;
let sweep: PlanOnDisk;

beforeEach(() => {
  folder = tempFolder();
  sweep = writeTestPlan(folder, 3, 10);
});
afterEach(() => void (process.env['PATH'] = PATH));

/** A program of Slurm's that answers as the text of a shell script says. */
function stub(name: string, text: string): void {
  chmodSync(put(folder, `bin/${name}`, `#!/bin/bash\n${text}\n`), 0o755);
  process.env['PATH'] = join(folder, 'bin'); // and nothing else: no Slurm of this machine's
}

/** sbatch that counts up from 12 and keeps what it was given; a queue of `state`, or one that knows no job. */
function slurm({ size = 1001, state = '' } = {}): void {
  const calls = join(folder, 'calls');
  stub(
    'sbatch',
    `[ "$1" = --version ] && exit\necho "$@" >>${calls}; mapfile -t all <${calls}; echo $((11 + ${'$'}{#all[@]}))`,
  );
  const job = state ? `echo "ArrayTaskId=0-99 JobState=${state} Restarts=0"` : 'echo "Invalid job id" >&2; exit 1';
  stub('scontrol', `if [ "$2" = config ]; then echo "MaxArraySize            = ${size}"; else ${job}; fi`);
  stub('sacct', 'exit 1');
}

const submit = (words: ClusterWords = {}, missing = allRuns(sweep.plan)) =>
  submitSlurm({ ...sweep, missing, secondsPerRun: 100, options: readClusterOptions(words) });

describe('agent-state sweep --on slurm', () => {
  it('submits one array whose tasks take a quarter of the time limit', async () => {
    slurm();
    const submitted = await submit({ atOnce: '2' });
    expect(submitted).toMatchObject({ jobs: ['12'], tasks: 4, runs: 30, queued: 0 });
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe(`--parsable --array=0-3%2 ${submitted.folder}/job.sh 0\n`);
    expect(tellSubmitted(submitted)).toContain('submitted 30 runs in 4 tasks: array job 12');
  });

  it('splits what is larger than MaxArraySize, and says where each chunk begins', async () => {
    slurm({ size: 20 });
    const { jobs, folder: path } = await submit({ group: '1', atOnce: '10' });
    expect(jobs).toEqual(['12', '13']);
    expect(readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, 2)).toEqual([
      `--parsable --array=0-19%5 ${path}/job.sh 0`,
      `--parsable --array=0-9%5 ${path}/job.sh 20`,
    ]);
    const { submissions } = await slurmState(join(folder, 'results/trace/slurm'));
    expect(submissions[0]!.tasks[20]).toMatchObject({ job: '13_0', part: 20, runs: [20], state: 'UNKNOWN' });
  });

  it('leaves out what waits or runs already, and submits it when it does no more', async () => {
    slurm();
    await submit({}, [0, 1, 2]);
    slurm({ state: 'PENDING' });
    const more = await submit();
    expect(more).toMatchObject({ runs: 27, queued: 3 });
    expect(await submit()).toMatchObject({ folder: null, runs: 0, queued: 30 });
    slurm({ state: 'FAILED' });
    expect(await submit()).toMatchObject({ runs: 30, queued: 0 });
  });

  it('says in one line that there is no sbatch, and writes nothing', async () => {
    stub('true', '');
    await expect(submit()).rejects.toThrow(/^Cannot submit to Slurm: there is no sbatch here; .* --dry-run writes/);
    expect(existsSync(join(folder, 'results/trace/slurm'))).toBe(false);
  });

  it('writes and shows the script with --dry-run, also where there is no Slurm', async () => {
    stub('true', '');
    const submitted = await submit({ dryRun: true, mem: '2G', account: 'def-me', slurm: ['constraint=avx2'] });
    expect(submitted.jobs).toEqual([]);
    expect(readFileSync(join(submitted.folder!, 'job.sh'), 'utf8')).toBe(submitted.script);
    const text = tellSubmitted(submitted);
    for (const line of ['--mem=2G', '--account=def-me', '--constraint=avx2', '--signal=B:TERM@180', '--requeue']) {
      expect(text).toContain(`\n#SBATCH ${line}\n`);
    }
    expect(text).toContain(`\nsbatch --parsable --array=0-3%4 ${submitted.folder}/job.sh 0`);
  });

  it("passes Slurm's own reason on, and keeps the arrays that were taken", async () => {
    slurm({ size: 20 });
    stub('sbatch', `[[ $2 == *19* ]] && echo 12 || { echo "sbatch: error: invalid account" >&2; exit 1; }`);
    await expect(submit({ group: '1' })).rejects.toThrow(
      'Cannot submit to Slurm: invalid account; 1 of 2 arrays are submitted (12)',
    );
    const root = join(folder, 'results/trace/slurm');
    expect(readSubmissions(root)[0]!.jobs.arrays.map(({ job }) => job)).toEqual(['12', null]);
    expect(readdirSync(root)).toEqual([`${sweep.plan.id}-1`]);
  });
});
