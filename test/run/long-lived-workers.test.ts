/** Processes that do one job after the other: nothing that an earlier one left behind may harm a later one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { thisProcess } from '../../src/results/holder.ts';
import { runPool } from '../../src/run/pool.ts';
import { type ProcessPool, runProcesses } from '../../src/run/process-pool.ts';
import type { Lost } from '../../src/run/worker-process.ts';
import { folderOf, type RunJob } from '../../src/run/run-job.ts';
import { smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';
import { ringWith } from '../support/user-files.ts';

const root = tempFolder();
let count = 0;

async function jobsOf(over: Record<string, unknown>, seeds: number): Promise<RunJob[]> {
  const setting = await smallSetting({ steps: 600, ...over });
  const experiment = `lives-${count++}`;
  return Array.from({ length: seeds }, (_, seed) => ({ experiment, setting, seed, results: root }));
}

const IN_WORKER = "process.argv[1]!.endsWith('run/worker.js')"; // this process makes environments too, to look at them

/** An environment of the user's own whose `close` does something once it was lived in. */
const closing = (what: string): string =>
  put(
    root,
    `closing-${count++}.ts`,
    ringWith('this.place = (', 'this.lived = true;\nthis.place = (').replace(
      'private look',
      `private lived = false;\noverride close(): void { if (this.lived && ${IN_WORKER}) { ${what} } }\nprivate look`,
    ),
  );

describe('runs in one process, whose environment leaves behind', () => {
  it.each([
    ['a timer that throws', "setTimeout(() => { throw new Error('late'); }, 5);"],
    ['a promise that is broken at once', "void Promise.reject(new Error('late'));"],
    ['a listener', "process.on('message', () => { throw new Error('late'); });"],
  ])('%s, all end', async (_, what) => {
    const jobs = await jobsOf({ env: { id: closing(what) } }, 2);
    const { outcomes } = await runPool(jobs, { jobs: 1 });
    expect(outcomes.map(({ result }) => [result.status, result.error])).toEqual(jobs.map(() => ['done', null]));
  });

  it('nothing, share it', async () => {
    const counter = join(root, 'processes');
    const text = ringWith('private rng', 'private rng').replace(
      'export default',
      `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(counter)}, process.pid + ' ');\nexport default`,
    );
    const jobs = await jobsOf({ env: { id: put(root, 'counting.ts', text) } }, 3);
    rmSync(counter, { force: true }); // this process has loaded it too
    await runPool(jobs, { jobs: 1 });
    expect(new Set(readFileSync(counter, 'utf8').trim().split(' ')).size).toBe(1);
  });

  it.each([
    ['a promise that nobody awaits is broken', "void Promise.reject(new Error('broken'));"],
    ['a callback throws', "queueMicrotask(() => { throw new Error('broken'); });"],
  ])('in the middle of which %s, fail in one line and alone', async (_, what) => {
    const env = {
      id: put(root, `broken-${count++}.ts`, ringWith('this.place = (', `if (${IN_WORKER}) ${what}\nthis.place = (`)),
    };
    const bad = await jobsOf({ env, steps: 60_000 }, 2);
    const good = await jobsOf({}, 1);
    const { outcomes } = await runPool([...bad, ...good], { jobs: 1 });
    const [first, second, third] = outcomes.map(({ result }) => result);
    expect([first!.error, second!.error]).toEqual(Array(2).fill('Cannot run the agent: broken'));
    expect(third!.status).toBe('done');
  });
});

describe('a run that another process is at', () => {
  const lease = (job: RunJob): string => join(dirname(folderOf(job)), `.${job.seed}.lease`);
  function hold(job: RunJob, host?: string): void {
    mkdirSync(dirname(lease(job)), { recursive: true });
    writeFileSync(lease(job), `${JSON.stringify({ ...thisProcess(), ...(host === undefined ? {} : { host }) })}\n`);
  }
  afterEach(() => void vi.restoreAllMocks());

  it('keeps no other waiting, of whatever kind', async () => {
    const busy = await jobsOf({}, 1);
    const others = await jobsOf({ env: { id: 'cycle-world' } }, 2);
    hold(busy[0]!);
    const order: RunJob[] = [];
    await runPool([...busy, ...others], {
      jobs: 1,
      onResult(job) {
        order.push(job);
        if (order.length === 2) rmSync(lease(busy[0]!));
      },
    });
    expect(order).toEqual([...others, ...busy]);
  }, 20_000);

  it('on a machine that is gone is taken over, however short the lives of our own processes are', async () => {
    const jobs = [...(await jobsOf({}, 1)), ...(await jobsOf({ env: { id: 'cycle-world' } }, 1))];
    for (const job of jobs) hold(job, 'elsewhere');
    const real = performance.now.bind(performance);
    let asked = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => real() + 61_000 * asked);
    const { outcomes } = await runPool(jobs, { jobs: 1, onBusy: () => asked++ });
    expect(outcomes.map(({ result }) => result.status)).toEqual(['done', 'done']);
    expect(asked).toBeGreaterThan(3); // the control: they were waited for
  }, 20_000);

  it('whose lease cannot be read fails in one line, and the others end', async () => {
    const jobs = await jobsOf({}, 2);
    mkdirSync(lease(jobs[0]!), { recursive: true });
    const { outcomes } = await runPool(jobs, { jobs: 1 });
    expect(outcomes[0]!.result.error).toMatch(/^Cannot read .*\.0\.lease: a folder stands where a file is needed$/);
    expect(outcomes[1]!.result.status).toBe('done');
  });
});

describe('a process of a pool', () => {
  type Pool = ProcessPool<string, string, { readonly pid: number }>;
  /** A worker as a file of its own; `answer()` answers as one should. */
  function pool(script: string, over: Partial<Pool> = {}): { pool: Pool; answers: (Lost | { pid: number })[] } {
    const text = `const answer = () => { process.send({ report: 'begun' }); process.send({ answer: { pid: process.pid } }); };
      process.on('disconnect', () => process.exit());\n${script}`;
    const worker = relative(resolve('dist/src/run'), put(root, `worker-${count++}.mjs`, text));
    const answers: (Lost | { pid: number })[] = [];
    const onAnswer = (_: string, answer: Lost | { pid: number }): boolean => (answers.push(answer), false);
    return { pool: { worker, lanes: 1, kind: () => 'same', onAnswer, ...over }, answers };
  }
  const signal = (): void => void process.emit('SIGTERM', 'SIGTERM');

  it('that dies between two jobs is replaced, and nobody waits for it', async () => {
    const dying = "process.on('message', () => { answer(); setTimeout(() => process.exit(1), 20); });";
    const { pool: one, answers } = pool(dying, { delay: () => 100 });
    await runProcesses(['a', 'b', 'c'], one);
    expect(answers.every((answer) => 'pid' in answer)).toBe(true);
    expect(new Set(answers.map((answer) => 'pid' in answer && answer.pid)).size).toBe(3);
  });

  it('that dies of what an earlier job left behind gives its job to another', async () => {
    const dying = "let jobs = 0; process.on('message', () => (++jobs > 1 ? process.exit(1) : answer()));";
    const { pool: one, answers } = pool(dying);
    await runProcesses(['a', 'b'], one);
    expect(answers.map((answer) => 'pid' in answer)).toEqual([true, true]);
  });

  it('that dies at once, whatever it is given, is told of and not tried for ever', async () => {
    const { pool: one, answers } = pool("process.on('message', () => process.exit(3));");
    await runProcesses(['a', 'b'], one);
    expect(answers).toEqual([{ lost: 3 }, { lost: 3 }]);
  });

  it('is not begun after a signal that came while another one left', async () => {
    const file = join(root, 'asked');
    const slow = `process.removeAllListeners('disconnect');
      process.on('disconnect', () => setTimeout(() => process.exit(), 300));
      process.on('message', (job) => { if (job === 'b') fs.writeFileSync(${JSON.stringify(file)}, ''); answer(); });
      import fs from 'node:fs';`;
    const { pool: one, answers } = pool(slow, { kind: (job) => job });
    const signalled: Pool = { ...one, onAnswer: (...said) => (setTimeout(signal, 50), one.onAnswer(...said)) };
    expect(await runProcesses(['a', 'b'], signalled)).toBe(true);
    expect(answers).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
  });

  it('that a signal ends before it has begun its job has not failed', async () => {
    const { pool: one, answers } = pool(
      "process.on('SIGTERM', () => process.exit(0)); process.on('message', () => 0);",
    );
    setTimeout(signal, 400);
    expect(await runProcesses(['a'], one)).toBe(true);
    expect(answers).toEqual([]);
  });

  it('is not started any more once one of the others could not be heard', async () => {
    const { pool: one } = pool("process.on('message', () => setTimeout(answer, 50));", { lanes: 2, kind: () => 'x' });
    let heard = 0;
    const broken = runProcesses(Array.from({ length: 20 }, String), {
      ...one,
      onAnswer() {
        heard++;
        throw new Error('no space');
      },
    });
    await expect(broken).rejects.toThrow('no space');
    await new Promise((done) => setTimeout(done, 600));
    expect(heard).toBeLessThanOrEqual(2);
  });
});
