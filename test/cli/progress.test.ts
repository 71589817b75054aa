import { describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';
import { failedResult } from '../../src/run/failed-result.ts';
import type { RunJob } from '../../src/run/run-job.ts';
import { smallSetting } from '../support/runs.ts';

async function twoJobs(): Promise<RunJob[]> {
  const setting = await smallSetting({ steps: 1000 });
  return [0, 1].map((seed) => ({ experiment: 'x', setting, seed, results: '/tmp/x' }));
}

const done = (job: RunJob) => ({ ...failedResult(job, ''), status: 'done' as const, steps: 1000, msre: 0.123456 });

describe('progress', () => {
  it('is a plain line per finished run where nobody watches; what failed is said elsewhere', async () => {
    const [a, b] = (await twoJobs()) as [RunJob, RunJob];
    const lines: string[] = [];
    const progress = createProgress([a, b], { write: (text) => lines.push(text) }, false);
    progress.onStep(a, 500, null);
    progress.onResult(a, failedResult(a, 'no'));
    progress.onResult(b, done(b));
    progress.end();
    expect(lines).toEqual(['2/2 small seed 1: done after 1000 steps, error 0.123\n']);
  });

  it('is one line that moves on a terminal, with speed and time left', async () => {
    const [a, b] = (await twoJobs()) as [RunJob, RunJob];
    vi.useFakeTimers({ toFake: ['performance'] });
    const lines: string[] = [];
    const progress = createProgress([a, b], { isTTY: true, write: (text) => lines.push(text) }, false);
    vi.advanceTimersByTime(1000);
    progress.onStep(a, 500, 0.0123);
    progress.onStep(a, 501, 0.0123); // too soon to draw again
    expect(lines).toEqual(['\r\x1b[K0/2 runs  500 steps/s  0:03 left  small 0.012']);
    vi.advanceTimersByTime(1000);
    progress.onResult(a, done(a));
    expect(lines.at(-1)).toBe('\r\x1b[K1/2 runs  500 steps/s  0:02 left  small 0.012');
    progress.end();
    expect(lines.at(-1)).toBe('\r\x1b[K');
    vi.useRealTimers();
  });

  it('says where nobody watches how a run stands: at its first error, then every ten seconds', async () => {
    const [a] = (await twoJobs()) as [RunJob];
    vi.useFakeTimers({ toFake: ['performance'] });
    const lines: string[] = [];
    const progress = createProgress([a], { write: (text) => lines.push(text) }, false);
    progress.onStep(a, 100, null);
    progress.onStep(a, 200, 0.5);
    vi.advanceTimersByTime(9_999);
    progress.onStep(a, 300, 0.4);
    vi.advanceTimersByTime(1);
    progress.onStep(a, 400, 0.3);
    expect(lines).toEqual(['0/1 small seed 0: step 200, error 0.500\n', '0/1 small seed 0: step 400, error 0.300\n']);
    vi.useRealTimers();
  });

  it('says nothing at all when asked to be quiet', async () => {
    const [a] = (await twoJobs()) as [RunJob];
    const lines: string[] = [];
    const progress = createProgress([a], { isTTY: true, write: (text) => lines.push(text) }, true);
    progress.onStep(a, 500, 1);
    progress.onResult(a, done(a));
    progress.end();
    expect(lines).toEqual([]);
  });
});
