import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readClusterOptions } from '../../src/cluster/cluster-options.ts';
import { slurmScript } from '../../src/cluster/slurm-script.ts';
import { put, tempFolder } from '../support/temp.ts';

interface Turn {
  readonly work: string; // a shell script in the place of `agent-state work`
  readonly state?: string; // of the job, when Slurm is asked
  readonly requeue?: string; // exit code of scontrol requeue
  readonly signals?: number;
  readonly env?: Record<string, string>;
}

/** Runs the batch script as Slurm would; `work` is told its arguments, `scontrol` keeps its own. */
async function turn({ work, state = 'RUNNING', requeue = '0', signals = 0, env = {} }: Turn) {
  const folder = tempFolder();
  const program = (name: string, text: string): string => {
    const path = put(folder, name, `#!/bin/bash\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const asked = join(folder, 'asked');
  program(
    'bin/scontrol',
    `if [ $1 = show ]; then echo "JobId=9 JobState=${state} Reason=None"; else echo "$@" >${asked}; exit ${requeue}; fi`,
  );
  const script = slurmScript({
    name: 'x',
    folder,
    cwd: folder,
    work: [program("it's/work", `cd ${folder}; echo "$@" >args; ${work}`), 'work', 'plan.json'],
    of: 40,
    parts: [1, 5, 7, 22],
    options: readClusterOptions({ cpusPerTask: '3' }),
  });
  const path = program('job.sh', script.replace(/^#!.*\n/, ''));
  const child = spawn('bash', [path, '2'], {
    env: { PATH: `${folder}/bin:${process.env['PATH']}`, SLURM_ARRAY_JOB_ID: '7', SLURM_ARRAY_TASK_ID: '1', ...env },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const code = new Promise<number | null>((done) => child.on('close', done));
  for (let sent = 0; sent < signals; sent++) {
    while (!existsSync(join(folder, 'ready'))) await wait(20);
    child.kill('SIGTERM');
  }
  return {
    code: await code,
    asked: existsSync(asked) ? readFileSync(asked, 'utf8').trim() : null,
    args: readFileSync(join(folder, 'args'), 'utf8').trim(),
  };
}

const SAVES = 'trap "sleep 0.3; exit 130" TERM; touch ready; while :; do sleep 0.05; done';

describe('the batch script', () => {
  it('works on the part of its array task, counted from where its array begins', async () => {
    const { args, code } = await turn({ work: 'exit 0' });
    expect(args).toBe('work plan.json --part 22/40 --jobs 3');
    expect(code).toBe(0);
  });

  it('writes runs to the disk of the node where Slurm names one', async () => {
    const { args } = await turn({ work: 'exit 0', env: { SLURM_TMPDIR: '/node disk' } });
    expect(args).toBe('work plan.json --part 22/40 --jobs 3 --scratch /node disk');
  });

  it('passes the signal on, waits until all is saved, and goes back into the queue', async () => {
    expect(await turn({ work: SAVES, signals: 1 })).toMatchObject({ code: 0, asked: 'requeue 7_1' });
  });

  it('does not go back when it was cancelled', async () => {
    const ended = await turn({ work: SAVES, signals: 1, state: 'COMPLETING' });
    expect(ended).toMatchObject({ code: 130, asked: null });
  });

  it('ends as not finished where Slurm does not take it back', async () => {
    expect(await turn({ work: SAVES, signals: 1, requeue: '1' })).toMatchObject({ code: 130 });
  });

  it('ends with the code of what failed, and does not go back', async () => {
    expect(await turn({ work: 'exit 2' })).toMatchObject({ code: 2, asked: null });
    expect(await turn({ work: 'exit 130' })).toMatchObject({ code: 130, asked: null }); // at a limit of its own
    const finished = 'trap "exit 0" TERM; touch ready; while :; do sleep 0.05; done';
    expect(await turn({ work: finished, signals: 1 })).toMatchObject({ code: 0, asked: null });
  });
});
