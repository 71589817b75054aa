/**
 * What it costs a run to be looked into, in CPU time of its process: it is watched and left alone by turns, a part of
 * its steps at a time, and each watched turn is held against the two beside it, so that whatever else the machine does,
 * and a learner that slows down as it grows, falls on both. node dist/bench/dashboard-cost.js
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAgent } from '../src/agent-by-name.ts';
import { createControl } from '../src/run/control.ts';
import { frameText } from '../src/run/frame.ts';
import { sendText } from '../src/run/live-lines.ts';
import { createWatch } from '../src/run/run-watch.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { startRun } from '../src/run/start-run.ts';
import { median } from '../src/statistics/median.ts';
import { tInterval } from '../src/statistics/t-interval.ts';

/** One of a microsecond a step, one that acts (a chunk is a step), one of many weights. */
const RUNS: readonly [name: string, agent: string, env: string, steps: number, over: object][] = [
  ['columnar-td, compiled', 'columnar-td', 'trace-conditioning', 24_000_000, {}],
  ['actor-critic, chunks of 1', 'actor-critic', 't-maze', 4_800_000, {}],
  [
    'columnar-td, 128 columns',
    'columnar-td',
    'trace-conditioning',
    3_600_000,
    { cell: { id: 'lstm-columns', columns: 128 } },
  ],
];
const SHORTER = Number(process.argv[2] ?? 1); // so many times fewer steps
const TURNS = 12; // watched, each a second long or more, and one more alone; the first two begin the run and are not counted

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
  console.log(
    '| run | ns per step alone | watched, more | 95 % interval | frames per second |\n| - | -: | -: | - | -: |',
  );
  for (const [name, id, env, steps, over] of RUNS) {
    const agent = { ...(await loadAgent(id)), ...over, id };
    const setting = await resolveSetting({ agent, env: { id: env }, steps: Math.round(steps / SHORTER) });
    const { alone, watched, perSecond } = await byTurns(setting, folder, socket);
    const more = watched.map((ns, i) => 100 * ((2 * ns) / (alone[i]! + alone[i + 1]!) - 1)); // per cent
    const { low, high } = tInterval(more);
    const share = `${median(more).toFixed(1)} % | ${low.toFixed(1)} to ${high.toFixed(1)} %`;
    console.log(`| ${name} | ${median(alone).toFixed(0)} | ${share} | ${perSecond.toFixed(1)} |`);
  }
  socket.destroy();
  reader.kill();
  rmSync(folder, { recursive: true });
}

/** ns of CPU time per step, turn by turn. */
async function byTurns(setting: Awaited<ReturnType<typeof resolveSetting>>, results: string, socket: Socket) {
  const alone: number[] = [];
  const watched: number[] = [];
  const turn = setting.steps / (2 * TURNS + 3.5);
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
        sendText(socket, `{"frame":${frameText(frame)}}`);
      });
    } else {
      seconds += (performance.now() - since) / 1000;
      away();
      away = null;
    }
    [cpu, from] = [process.cpuUsage(), step];
  };
  await startRun({ experiment: 'bench', setting, seed: 0, results }, { onStep, watch, control: createControl() });
  return { alone: alone.slice(1), watched: watched.slice(1), perSecond: frames / seconds };
}
