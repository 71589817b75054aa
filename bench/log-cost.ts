/** What logging costs: ns per line, and as a share of a run by default and with --log-every. node dist/bench/log-cost.js */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAgent } from '../src/agent-by-name.ts';
import { createLogger } from '../src/log/create-logger.ts';
import { logEvent, runLogger } from '../src/log/log-event.ts';
import { prettyStream } from '../src/log/pretty-stream.ts';
import type { LogOptions } from '../src/run/run-job.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { startRun } from '../src/run/start-run.ts';

const LINES = 50_000;
const STEPS = 400_000;
const REPEATS = 5; // the least of them counts: other work only adds
const folder = mkdtempSync(join(tmpdir(), 'log-cost-'));
const bindings = { run: '2bf926a3c4/0', experiment: 'bench', agent: 'columnar-td', env: 'trace-conditioning', seed: 0 };
const values = { msre: 0.0123, absDelta: 0.0345, 'stepSize.head': 0.001 };

const cpu = (): number => process.cpuUsage().user + process.cpuUsage().system; // microseconds

function nsPerLine(level: string, pretty: boolean): number {
  const also = { write: () => undefined };
  const destination = join(folder, 'lines.ndjson');
  const log = createLogger({ destination, level, ...(pretty ? { also: prettyStream(also) } : {}) });
  const child = runLogger(log, bindings);
  const times = Array.from({ length: REPEATS }, () => {
    const from = cpu();
    for (let step = 0; step < LINES; step++) logEvent(child, { event: 'metrics', step, values });
    return (1000 * (cpu() - from)) / LINES;
  });
  return Math.min(...times);
}

const setting = await resolveSetting({
  agent: { ...(await loadAgent('columnar-td')), id: 'columnar-td' },
  env: { id: 'trace-conditioning' },
  steps: STEPS,
});

/** ns per step of a whole run, and the lines it logged. */
async function run(log: LogOptions): Promise<{ ns: number; lines: number }> {
  let ns = Infinity;
  let lines = 0;
  for (let i = 0; i < REPEATS; i++) {
    const result = await startRun({ experiment: 'bench', setting, seed: 0, results: folder, log });
    ns = Math.min(ns, result.nsPerStep);
    lines = readFileSync(join(result.folder, 'log.ndjson'), 'utf8').split('\n').length - 1;
  }
  return { ns, lines };
}

const line = nsPerLine('info', false);
console.log(`a line on file                 ${line.toFixed(0)} ns`);
console.log(`and in words for a terminal    ${nsPerLine('info', true).toFixed(0)} ns`);
console.log(`a line below the level         ${nsPerLine('warn', false).toFixed(0)} ns`);
const plain = await run({});
const share = (100 * plain.lines * line) / (plain.ns * STEPS);
console.log(
  `a run of ${STEPS} steps           ${plain.ns.toFixed(0)} ns per step, ${plain.lines} lines: ${share.toFixed(4)} %`,
);
for (const every of [1000, 100, 1]) {
  const { ns, lines } = await run({ every });
  console.log(`--log-every ${String(every).padEnd(4)}               ${ns.toFixed(0)} ns per step, ${lines} lines`);
}
rmSync(folder, { recursive: true });
