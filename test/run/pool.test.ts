/** Runs side by side, each in a process of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PoolResult, runPool } from '../../src/run/pool.ts';
import type { RunJob } from '../../src/run/run-job.ts';
import { run, smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';
import { ringWith } from '../support/user-files.ts';

const results = tempFolder();

describe('a pool of a healthy run, one that diverges, one that fails and one that dies', () => {
  let pool: PoolResult;
  let jobs: RunJob[];
  const progress: number[] = [];
  const finished: RunJob[] = [];

  beforeAll(async () => {
    const job = async (over: Record<string, unknown>, seed = 0): Promise<RunJob> => ({
      experiment: 'pool',
      setting: await smallSetting(over),
      seed,
      results,
    });
    const { agent } = await smallSetting();
    const rule = { id: 'td-lambda', alpha: 1e6, lambda: 0.9 };
    const breaking = put(
      results,
      'breaking.ts',
      ringWith('return [this.look(), this', "throw new Error('no');\n[this"),
    );
    const deadly = put(
      results,
      'deadly.ts',
      ringWith('this.place = (', "process.kill(process.pid, 'SIGKILL');\nthis.place = ("),
    );
    jobs = [
      await job({}),
      await job({ agent: { ...agent, rule } }),
      await job({ env: { id: breaking } }),
      await job({ env: { id: deadly } }),
      await job({}, 1),
    ];
    pool = await runPool(jobs, {
      jobs: 2,
      onStep: (_, step) => progress.push(step),
      onResult: (one) => finished.push(one),
    });
  });

  it('ends every run in its own way and lets the others finish, in the order asked for', () => {
    const { outcomes, stopped } = pool;
    expect(stopped).toBe(false);
    expect(outcomes.map(({ job }) => job)).toEqual(jobs);
    expect(outcomes.map(({ result }) => result.status)).toEqual(['done', 'diverged', 'failed', 'failed', 'done']);
    expect(new Set(finished).size).toBe(5);
    expect(progress.length).toBeGreaterThan(0);
  });

  it('says what went wrong, and how a run that was killed can be gone on with', () => {
    const [done, diverged, failed, dead] = pool.outcomes.map(({ result }) => result);
    expect(done!.error).toBeNull();
    expect(diverged!.diverged).toMatch(/\./);
    expect(failed!.error).toMatch(/^Environment ring failed at step 1: no$/);
    expect(dead!.error).toMatch(/was ended from outside \(SIGKILL\); go on with: agent-state resume .*\/0$/);
    expect(existsSync(join(dead!.folder, 'run.json'))).toBe(true);
  });

  it('computes in a process what is computed in this one, bit for bit', async () => {
    const here = await run(results, 'here');
    const { folder } = pool.outcomes[0]!.result;
    expect(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).toBe(here.files.metrics);
    expect(readFileSync(join(folder, 'checkpoint', 'state.ckpt'), 'latin1')).toBe(here.files.checkpoint);
  });
});
