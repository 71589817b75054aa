/**
 * What it costs a run to be looked into, in CPU time of its process: it is watched and left alone by turns, a part of
 * its steps at a time, so that whatever else the machine does falls on both. node dist/bench/dashboard-cost.js
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAgent } from '../src/agent-by-name.ts';
import { createControl } from '../src/run/control.ts';
import { sendLine } from '../src/run/live-lines.ts';
import { createWatch } from '../src/run/run-watch.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { startRun } from '../src/run/start-run.ts';
import { median } from '../src/statistics/median.ts';

/** One of a microsecond a step, one that acts (a chunk is a step), one of many weights. */
const RUNS: readonly [name: string, agent: string, env: string, steps: number, over: object][] = [
  ['columnar-td, compiled', 'columnar-td', 'trace-conditioning', 16_000_000, {}],
  ['actor-critic, chunks of 1', 'actor-critic', 't-maze', 2_400_000, {}],
  [
    'columnar-td, 128 columns',
    'columnar-td',
    'trace-conditioning',
    2_400_000,
    { cell: { id: 'lstm-columns', columns: 128 } },
  ],
];
const SHORTER = Number(process.argv[2] ?? 1); // so many times fewer steps
const TURNS = 6; // of each kind, seconds long: what a look costs at first is not what it costs

if (process.send) sink(process.argv[2]!);
else await measure();

/** Whoever hears the frames does so in another process. */
function sink(path: string): void {
  createServer((socket) => socket.resume().on('error', () => undefined)).listen(path, () => process.send!('open'));
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  const reader = fork(fileURLToPath(import.meta.url), [join(folder, 'sink')]);
  await new Promise((done) => reader.once('message', done));
  const socket = connect(join(folder, 'sink'));
  console.log('| run | ns per step alone | watched | frames per second |\n| - | -: | -: | -: |');
  for (const [name, id, env, steps, over] of RUNS) {
    const agent = { ...(await loadAgent(id)), ...over, id };
    const setting = await resolveSetting({ agent, env: { id: env }, steps: Math.round(steps / SHORTER) });
    const { alone, watched, perSecond } = await byTurns(setting, folder, socket);
    const ratios = watched.map((ns, i) => ns / alone[i]!);
    const share = 100 * (median(ratios) - 1);
    console.log(`| ${name} | ${median(alone).toFixed(0)} | ${share.toFixed(1)} % | ${perSecond.toFixed(1)} |`);
  }
  socket.destroy();
  reader.kill();
  rmSync(folder, { recursive: true });
}

/** ns of CPU time per step, turn by turn. */
async function byTurns(setting: Awaited<ReturnType<typeof resolveSetting>>, results: string, socket: Socket) {
  const alone: number[] = [];
  const watched: number[] = [];
  const turn = setting.steps / (2 * TURNS);
  const watch = createWatch();
  let [frames, seconds, since, from] = [0, 0, 0, 0];
  let cpu = process.cpuUsage();
  let away: (() => void) | null = null;
  const onStep = (step: number): void => {
    if (step - from < turn) return;
    const { user, system } = process.cpuUsage(cpu);
    (away === null ? alone : watched).push((1000 * (user + system)) / (step - from));
    if (away === null) {
      since = performance.now();
      away = watch.look((frame) => {
        frames++;
        sendLine(socket, { frame });
      });
    } else {
      seconds += (performance.now() - since) / 1000;
      away();
      away = null;
    }
    [cpu, from] = [process.cpuUsage(), step];
  };
  await startRun({ experiment: 'bench', setting, seed: 0, results }, { onStep, watch, control: createControl() });
  const pairs = Math.min(alone.length, watched.length);
  return { alone: alone.slice(0, pairs), watched: watched.slice(0, pairs), perSecond: frames / seconds };
}
