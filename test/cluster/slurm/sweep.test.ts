/** Sweeps on a real Slurm, whose time limits cut them short: `npm run test:slurm`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskState } from '../../../src/cluster/slurm-state.ts';
import { cli, cliJson } from '../../support/cli.ts';
import { bytesOf, runFolders } from '../../support/stopping.ts';
import { put, tempFolder } from '../../support/temp.ts';
import { startSlurm, stopSlurm, whyNoSlurm } from './one-node.ts';

const why = whyNoSlurm();
if (why !== null) console.warn(`THE TESTS ON A REAL SLURM ARE SKIPPED: ${why}`);

const STEPS = 2000;
const PAUSE = 5; // milliseconds per step: a run takes ten seconds, on every machine

/** A noisy cycle of eight places that takes its time where it is told to: the same bytes, slowly. */
const SLOW_ENV = `
import { box, createRng, discrete, Env } from '@rl-tools/envs';

const pause = Number(process.env.SLOW_STEP ?? 0);
const never = new Int32Array(new SharedArrayBuffer(4));

export default class Slow extends Env {
  metadata = { id: 'slow', cite: null, discount: 0.8, floors: null };
  observationSpace = box(0, 1, [2]);
  actionSpace = discrete(1);
  place = 0;
  rng = createRng(0);
  reset({ seed } = {}) {
    if (seed !== undefined) this.rng = createRng(seed);
    this.place = 0;
    return [this.look(), {}];
  }
  step() {
    if (pause > 0) Atomics.wait(never, 0, 0, pause);
    this.place = (this.place + 1) % 8;
    return [this.look(), this.place === 0 ? 1 : 0, false, false, {}];
  }
  look() {
    return Float64Array.of(this.place === 3 ? 1 : 0, this.rng.uniform());
  }
  save() {
    return { place: this.place, rng: this.rng.save() };
  }
  load({ place, rng }) {
    this.place = place;
    this.rng.restore(rng);
  }
}
`;

const SWEEP = ['sweep', '--agent', 'columnar-td', '--env', './slow.mjs', '--steps', String(STEPS)];
const GRID = ['--set', 'agent.rule.alpha=[0.001,0.003,0.01]', '--set', 'agent.cell.columns=2', '--set', 'every=50'];
const TURNS = ['--on', 'slurm', '--time', '1', '--lead-time', '50', '--checkpoint-every', '500'];

interface Status {
  readonly done: number;
  readonly missing: number;
  readonly interrupted: number;
  readonly slurm: readonly TaskState[];
}

describe.skipIf(why !== null)('agent-state sweep --on slurm', () => {
  const cwd = tempFolder();
  const daemons = join(cwd, 'daemons');
  beforeAll(() => {
    put(cwd, 'slow.mjs', SLOW_ENV);
    process.env['SLOW_STEP'] = String(PAUSE); // sbatch hands it on
    startSlurm(daemons);
  });
  afterAll(() => stopSlurm(daemons));

  const status = async (results: string): Promise<Status> =>
    (await cliJson<Status[]>(cwd, 'status', 'columnar-td.slow', '--results', results))[0]!;

  async function until(results: string, isSo: (now: Status) => boolean, seconds: number): Promise<Status> {
    for (const end = Date.now() + 1000 * seconds; ; await wait(500)) {
      const now = await status(results);
      if (isSo(now)) return now;
      if (Date.now() > end) throw new Error(`After ${seconds} s: ${JSON.stringify(now)}\n${logs(join(cwd, results))}`);
    }
  }

  it('ends complete although no task is through within its time limit, with the bytes of an undisturbed sweep', async () => {
    const grid = [...SWEEP, ...GRID, '--seeds', '4'];
    const begun = Date.now();
    const scratch = join(cwd, 'scratch');
    const submitted = await cli(cwd, ...grid, '--results', 'there', ...TURNS, '--group', '6', '--scratch', scratch);
    expect(submitted).toMatchObject({ code: 0, stderr: '' });
    expect(submitted.stdout).toMatch(/submitted 12 runs in 2 tasks: array job \d+/);
    expect((await cli(cwd, ...grid, '--results', 'there', ...TURNS)).stdout).toContain('nothing to submit');

    const words = new Set<string>();
    const over = await until(
      'there',
      (now) => {
        for (const { state } of now.slurm) words.add(state);
        return now.slurm.every(({ state }) => state === 'COMPLETED');
      },
      600,
    );
    const seconds = Math.round((Date.now() - begun) / 1000);
    const restarts = over.slurm.map((task) => task.restarts ?? 0);
    console.log(
      `12 runs in 2 tasks took ${seconds} s and ${restarts.join(' + ')} restarts; seen: ${[...words].join(', ')}`,
    );
    expect(over).toMatchObject({ done: 12, missing: 0, interrupted: 0 });
    expect(restarts[0]! + restarts[1]!).toBeGreaterThanOrEqual(2);
    expect([...words]).toEqual(expect.arrayContaining(['RUNNING', 'REQUEUED', 'COMPLETED']));
    expect(runFolders(scratch)).toEqual([]);

    delete process.env['SLOW_STEP'];
    expect((await cli(cwd, ...grid, '--results', 'here', '--checkpoint-every', '500')).code).toBe(0);
    process.env['SLOW_STEP'] = String(PAUSE);
    const bytes = (results: string) => runFolders(join(cwd, results)).map(digest);
    expect(bytes('here')).toHaveLength(12);
    expect(bytes('there')).toEqual(bytes('here'));
    const hashes = bytes('here').map((line) => line.split(' ')[1]);
    expect(new Set(hashes).size).toBe(12); // another setting or seed is another hash
  }, 700_000);

  it('saves a run whose job is cancelled, leaves the job cancelled, and goes on in another one', async () => {
    const one = [...SWEEP, '--seeds', '1', '--results', 'one', '--on', 'slurm', '--time', '10'];
    expect((await cli(cwd, ...one)).code).toBe(0);
    await until('one', (now) => now.slurm[0]!.state === 'RUNNING' && runFolders(join(cwd, 'one')).length > 0, 60);
    await wait(2000);
    const [task] = (await status('one')).slurm;
    spawnSync('scancel', [task!.job]);
    const cancelled = await until('one', (now) => now.slurm[0]!.state === 'CANCELLED', 60);
    expect(cancelled.slurm[0]!.restarts).toBe(0);
    expect(cancelled).toMatchObject({ done: 0, interrupted: 1 });
    const [folder] = runFolders(join(cwd, 'one'));
    expect(JSON.parse(readFileSync(join(folder!, 'run.json'), 'utf8'))).toMatchObject({ status: 'interrupted' });
    expect((await cli(cwd, ...one)).stdout).toContain('submitted 1 run in 1 task');
    await until('one', (now) => now.done === 1, 120);
  }, 300_000);
});

/** A run by its name, and what must agree of it: in short, a difference would fill screens. */
function digest(folder: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(bytesOf(folder)))
    .digest('hex');
  return `${basename(dirname(folder))}/${basename(folder)} ${hash.slice(0, 16)}`;
}

/** What the jobs have printed. */
function logs(results: string): string {
  const all = readdirSync(results, { recursive: true, encoding: 'utf8' }).filter((path) => /slurm.*\.log$/.test(path));
  return all.map((path) => `${path}:\n${readFileSync(join(results, path), 'utf8')}`).join('\n');
}
