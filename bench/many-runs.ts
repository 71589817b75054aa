/**
 * A results folder as a large sweep leaves it, made up in seconds: three agents over a grid of step sizes, thirty seeds
 * each, some diverged, some failed, some not yet run. `node dist/bench/many-runs.js <folder> 10000` writes
 * <folder>/many-runs, to measure how long those take that read it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng, type Rng } from '@rl-tools/envs';
import { loadAgent } from '../src/agent-by-name.ts';
import { merge } from '../src/merge.ts';
import { makeFolder } from '../src/results/make-folder.ts';
import { provenance } from '../src/results/provenance.ts';
import type { RunRecord } from '../src/results/run-record.ts';
import { settingHash } from '../src/results/setting-hash.ts';
import { type PlannedSetting, planId, planPath, writePlan } from '../src/results/sweep-plan.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { progress } from './progress.ts';

const NAME = 'many-runs';
const AGENTS = ['columnar-td', 'snap-td', 'no-memory'];
const SEEDS = 30;
const ROWS = 50; // of metrics.jsonl
const STEPS = 100_000;

const [folder, count] = [process.argv[2], Number(process.argv[3] ?? 10_000)];
if (folder === undefined || !(count >= 1)) {
  progress('usage: node dist/bench/many-runs.js <results folder> [runs]');
  process.exit(2);
}
const rng = createRng(NAME);
const settings = await grid(Math.ceil(count / SEEDS));
const root = join(folder, NAME);
const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
const plan = { format: 1, experiment: NAME, id: planId(settings), settings, seeds } as const;
writePlan(planPath(root, plan.id), { ...plan, createdAt: new Date(0).toISOString(), argv: ['sweep', NAME] });
let written = 0;
for (const seed of seeds) for (const setting of settings) if (written++ < count) writeRun(setting, seed);
progress(`${Math.min(written, count)} runs of ${settings.length} settings in ${root}`);

/** alpha and decay of each agent's rule, as many pairs as it takes. */
async function grid(size: number): Promise<PlannedSetting[]> {
  const recipes = await Promise.all(AGENTS.map(loadAgent));
  const resolved = recipes.map((agent) =>
    resolveSetting({ agent, env: { id: 'trace-conditioning' }, steps: STEPS, every: STEPS / ROWS }),
  );
  const plain = await Promise.all(resolved);
  const perAgent = Math.ceil(size / AGENTS.length);
  const side = Math.ceil(Math.sqrt(perAgent));
  const all = Array.from({ length: perAgent }, (_, i) => i).flatMap((i) =>
    plain.map((setting): PlannedSetting => {
      const alpha = 10 ** (-5 + (4 * (i % side)) / side);
      const lambda = 1 - 2 ** -(1 + Math.floor(i / side) / 2);
      const config = { ...setting, agent: merge(setting.agent, { rule: { alpha, lambda } }) } as Record<
        string,
        unknown
      >;
      return {
        hash: settingHash(config),
        label: `${setting.agent.id} rule.alpha=${alpha} rule.lambda=${lambda}`,
        config,
      };
    }),
  );
  return all.slice(0, size);
}

function writeRun({ hash, config }: PlannedSetting, seed: number): void {
  const { rule } = (config as { agent: { rule: { alpha: number } } }).agent;
  const distance = Math.abs(Math.log10(rule.alpha) + 3.3); // from a best step size of 5e-4
  const level = 0.02 + 0.03 * distance ** 2 * (0.8 + 0.4 * rng.uniform());
  const diverges = rule.alpha > 0.03 && rng.uniform() < 0.5;
  const status = diverges ? 'diverged' : rng.uniform() < 0.002 ? 'failed' : 'done';
  const path = join(root, hash, String(seed));
  makeFolder(join(path, 'checkpoint'));
  writeFileSync(join(path, 'run.json'), `${JSON.stringify(recordOf(hash, config, seed, status, level), null, 2)}\n`);
  writeFileSync(join(path, 'metrics.jsonl'), curve(level, diverges ? ROWS / 2 : ROWS, rng));
  writeFileSync(join(path, 'timing.jsonl'), timing());
}

function recordOf(
  setting: string,
  config: Record<string, unknown>,
  seed: number,
  status: RunRecord['status'],
  msre: number,
): RunRecord {
  const moment = new Date(0).toISOString();
  const isDone = status === 'done';
  const figures = { seconds: 0.4, nsPerStep: 4000, parameters: 1141, macsPerStep: 17_341 };
  const diverged = status === 'diverged' ? 'weights' : null;
  return {
    format: 1,
    experiment: NAME,
    setting,
    seed,
    config,
    ...provenance(),
    pid: 1,
    path: null,
    beside: null,
    code: '0123456789',
    status,
    reason: status === 'failed' ? 'made up to have failed' : null,
    startedAt: moment,
    endedAt: moment,
    scores: isDone ? { msre, explained: 1 - msre / 0.1 } : null,
    files: null,
    end: { steps: isDone ? STEPS : STEPS / 2, diverged, ...figures },
  };
}

function curve(level: number, rows: number, noise: Rng): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const msre = level * (1 + 3 * Math.exp(-i / 8)) * (0.9 + 0.2 * noise.uniform());
    return `${JSON.stringify({ step: ((i + 1) * STEPS) / ROWS, msre, count: STEPS / ROWS })}\n`;
  });
  return lines.join('');
}

function timing(): string {
  const lines = Array.from({ length: 10 }, (_, i) => {
    return `${JSON.stringify({ step: ((i + 1) * STEPS) / 10, nsPerStep: 4000, seconds: 0.04 * (i + 1) })}\n`;
  });
  return lines.join('');
}
