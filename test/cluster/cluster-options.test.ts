import { describe, expect, it } from 'vitest';
import { clockTime, readClusterOptions } from '../../src/cluster/cluster-options.ts';

describe('options of a cluster', () => {
  it('have a value where nothing is said', () => {
    expect(readClusterOptions({})).toMatchObject({ seconds: 3600, leadSeconds: 180, group: null, cpus: 1, slurm: [] });
  });

  it.each([
    ['2:30:00', 9000],
    ['90', 5400],
    ['1-00:00:30', 86_430],
  ])('read --time %s as Slurm does', (time, seconds) => {
    expect(readClusterOptions({ time }).seconds).toBe(seconds);
  });

  it.each([['30:00'], ['0'], ['0:00:00'], ['1:75:00'], ['soon']])('refuse --time %s', (time) => {
    expect(() => readClusterOptions({ time })).toThrow(`Cannot use --time ${time}: it must be hours:minutes:seconds`);
  });

  it('refuse to begin saving before the task begins', () => {
    const lead = (leadTime: string) => readClusterOptions({ time: '0:01:00', leadTime });
    expect(() => lead('60')).toThrow('Cannot save runs 60 s before the end of a task of 60 s: raise --time');
    expect(lead('59').leadSeconds).toBe(59);
  });

  it.each([
    [{ group: '0' }, '--group 0'],
    [{ cpusPerTask: 'all' }, '--cpus-per-task all'],
    [{ atOnce: '1.5' }, '--at-once 1.5'],
    [{ mem: '4 GB' }, '--mem 4 GB'],
    [{ partition: 'a b' }, '--partition "a b"'],
    [{ slurm: ['gres=gpu:1\n#SBATCH --wrap=x'] }, '--slurm "gres'],
  ])('name what is wrong in %j', (words, name) => {
    expect(() => readClusterOptions(words)).toThrow(`Cannot use ${name}`);
  });

  it('take further options of sbatch with and without dashes', () => {
    const { slurm } = readClusterOptions({ slurm: ['gres=gpu:1', '--exclusive', '-x node7'] });
    expect(slurm).toEqual(['--gres=gpu:1', '--exclusive', '-x node7']);
  });
});

describe('a duration', () => {
  it('is written as hours, minutes and seconds', () => {
    expect([60, 5400, 90_061].map(clockTime)).toEqual(['0:01:00', '1:30:00', '25:01:01']);
  });
});
