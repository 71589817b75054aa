import { expect, it } from 'vitest';
import type { SlurmState, TaskState } from '../../src/cluster/slurm-state.ts';
import { slurmText } from '../../src/cluster/slurm-text.ts';

const task = (state: string, restarts: number | null, reason: string | null = null): TaskState => {
  return { job: '12_0', part: 0, runs: [0], state, restarts, reason };
};

function stateOf(tasks: readonly TaskState[], remark: string | null = null): SlurmState {
  const jobs = { plan: 'abc', arrays: [{ job: '12' }, { job: null }] } as never;
  return { submissions: [{ folder: '/x/abc-1', jobs, tasks }], remark };
}

it('a submission is told in one line: how many tasks in which state, how often again, and why they wait', () => {
  const tasks = [
    task('RUNNING', 2),
    task('REQUEUED', 1, 'BeginTime'),
    task('RUNNING', 0),
    task('FAILED', 0, 'NonZero'),
  ];
  expect(slurmText(stateOf(tasks), 'abc')).toEqual([
    'Slurm job 12, abc-1: 2 RUNNING, 1 REQUEUED, 1 FAILED, 3 times put back into the queue (BeginTime)',
  ]);
});

it('where Slurm is gone, that is said', () => {
  expect(slurmText(stateOf([task('UNKNOWN', null)], 'there is no Slurm here'), 'abc')).toEqual([
    'Slurm job 12, abc-1: 1 UNKNOWN',
    'states of jobs are not known: there is no Slurm here',
  ]);
});

it('other sweeps, and what was never submitted, are not told', () => {
  expect(slurmText(stateOf([task('RUNNING', 0)]), 'other')).toEqual([]);
  expect(slurmText(stateOf([]), 'abc')).toEqual([]);
});
