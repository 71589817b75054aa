/**
 * What a dashboard costs the run that it looks into, in CPU time per step of the run's process: left alone, with its door
 * open and nobody there, steered by nobody and watched. node dist/bench/dashboard-cost.js
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAgent } from '../src/agent-by-name.ts';
import { createControl } from '../src/run/control.ts';
import { liveDoor } from '../src/run/live-socket.ts';
import { visitRun } from '../src/run/live-visit.ts';
import { folderOf, type RunJob } from '../src/run/run-job.ts';
import { createWatch } from '../src/run/run-watch.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { startRun } from '../src/run/start-run.ts';
import { median } from '../src/statistics/median.ts';

const REPEATS = 9;
const MODES = ['alone', 'open', 'watched'] as const;
type Mode = (typeof MODES)[number];

/** A run of seconds: one of a microsecond a step, one that acts (a chunk is a step), one of many weights. */
const RUNS: readonly [name: string, agent: string, env: string, steps: number, over: object][] = [
  ['columnar-td, compiled', 'columnar-td', 'trace-conditioning', 4_000_000, {}],
  ['actor-critic, chunks of 1', 'actor-critic', 't-maze', 150_000, {}],
  [
    'columnar-td, 128 columns',
    'columnar-td',
    'trace-conditioning',
    300_000,
    { cell: { id: 'lstm-columns', columns: 128 } },
  ],
];

if (process.send) await child(process.argv[2] as Mode, JSON.parse(process.argv[3]!) as RunJob);
else await compare();

async function child(mode: Mode, job: RunJob): Promise<void> {
  const hooks = mode === 'alone' ? {} : { control: createControl(), watch: createWatch() };
  const close = hooks.control ? liveDoor().begin(folderOf(job), hooks.control, hooks.watch) : () => undefined;
  const { nsPerStep } = await startRun(job, hooks);
  close();
  process.send!(nsPerStep);
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-cost-'));
  console.log('| run | ns per step alone | door open | watched | frames per second |\n| - | -: | -: | -: | -: |');
  for (const [name, id, env, steps, over] of RUNS) {
    const agent = { ...(await loadAgent(id)), ...over, id };
    const setting = await resolveSetting({ agent, env: { id: env }, steps });
    const times: Record<Mode, number[]> = { alone: [], open: [], watched: [] };
    let frames = 0;
    for (let i = 0; i < REPEATS; i++) {
      for (const mode of MODES) {
        const job: RunJob = { experiment: 'bench', setting, seed: i, results: join(folder, mode) };
        const ran = await one(mode, job);
        times[mode].push(ran.ns);
        frames = Math.max(frames, ran.perSecond);
      }
    }
    const alone = Math.min(...times.alone);
    // Pairs were run one right after the other: what else the machine did is much alike in both.
    const share = (mode: Mode): string => {
      const ratios = times[mode].map((ns, i) => ns / times.alone[i]!);
      const least = Math.min(...times[mode]) / alone;
      return `${(100 * (median(ratios) - 1)).toFixed(1)} % (least of each: ${(100 * (least - 1)).toFixed(1)} %)`;
    };
    console.log(`| ${name} | ${alone.toFixed(0)} | ${share('open')} | ${share('watched')} | ${frames.toFixed(1)} |`);
  }
  rmSync(folder, { recursive: true });
}

function one(mode: Mode, job: RunJob): Promise<{ ns: number; perSecond: number }> {
  const process = fork(fileURLToPath(import.meta.url), [mode, JSON.stringify(job)]);
  let [frames, first, last] = [0, 0, 0];
  let isOver = false;
  const look = async (): Promise<void> => {
    const onFrame = (): void => {
      last = performance.now();
      if (frames++ === 0) first = last;
    };
    while (!isOver && (await visitRun(folderOf(job), { onFrame })) === null)
      await new Promise((done) => setTimeout(done, 20));
  };
  if (mode === 'watched') void look();
  return new Promise((done) => {
    process.on('message', (ns: number) => {
      isOver = true;
      process.disconnect();
      done({ ns, perSecond: frames > 1 ? (1000 * (frames - 1)) / (last - first) : 0 });
    });
  });
}
