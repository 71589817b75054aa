import { describe, expect, it } from 'vitest';
import { isLive, readSacct, readScontrol, type TaskState } from '../../src/cluster/slurm-state.ts';

describe('what scontrol says', () => {
  const text = [
    'JobId=7 ArrayJobId=7 ArrayTaskId=5,8-10%4 JobName=x JobState=PENDING Reason=JobArrayTaskLimit Requeue=1 Restarts=0',
    'JobId=8 ArrayJobId=7 ArrayTaskId=0 JobName=x JobState=PENDING Reason=BeginTime Dependency=(null) Restarts=2',
    'JobId=9 ArrayJobId=7 ArrayTaskId=1 JobName=x JobState=RUNNING Reason=None Dependency=(null) Restarts=1',
    '',
  ].join('\n');
  const seen = readScontrol(text);

  it('is read for each task, also for those that share a line', () => {
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual([0, 1, 5, 8, 9, 10]);
    expect(seen.get(9)).toEqual({ state: 'PENDING', restarts: 0, reason: 'JobArrayTaskLimit' });
  });

  it('tells a task that waits to go on from one that waits to begin', () => {
    expect(seen.get(0)).toEqual({ state: 'REQUEUED', restarts: 2, reason: 'BeginTime' });
    expect(seen.get(1)).toEqual({ state: 'RUNNING', restarts: 1, reason: null });
  });
});

describe('what sacct says', () => {
  it('is read for each task', () => {
    const seen = readSacct('7_0|COMPLETED\n7_[3-7:2%4]|PENDING\n7_9|CANCELLED by 1000\n7_9.batch|FAILED\n');
    expect([...seen].map(([task, { state }]) => `${task} ${state}`)).toEqual([
      '0 COMPLETED',
      '3 PENDING',
      '5 PENDING',
      '7 PENDING',
      '9 CANCELLED',
    ]);
  });
});

describe('a task', () => {
  const isIt = (state: string): boolean => isLive({ state } as TaskState);

  it('is live while it waits or runs', () => {
    expect(['PENDING', 'REQUEUED', 'RUNNING', 'COMPLETING', 'SUSPENDED'].filter((state) => !isIt(state))).toEqual([]);
  });

  it('is not when it has ended, or nobody knows it', () => {
    expect(['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT', 'NODE_FAIL', 'UNKNOWN'].filter(isIt)).toEqual([]);
  });
});
