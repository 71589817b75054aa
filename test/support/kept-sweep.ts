/** A sweep on disk that nobody ran: three settings, five seeds, one run that diverged, one that is missing, a long log. */
import { join } from 'node:path';
import { settingHash } from '../../src/results/setting-hash.ts';
import { keepRun, keptConfig } from './kept-runs.ts';
import { put } from './temp.ts';

export const SEEDS = [0, 1, 2, 3, 4];
export const MARKUP = '<img src=x onerror="document.title=\'broken into\'"><script>document.title = 1</script>';

const ALPHAS = [0.001, 0.01, 0.1];
const configs = ALPHAS.map((alpha) => keptConfig(alpha, 'small', { target: 'return', steps: 10_000 }));
export const settings = configs.map((config, i) => ({
  hash: settingHash(config),
  label: `small rule.alpha=${ALPHAS[i]}`,
  config,
}));

/** The error of setting `s` with this seed falls to its floor, each at its own pace. */
function rows(s: number, seed: number, count: number): object[] {
  const error = (i: number): number =>
    0.05 * (s + 1) + Math.exp(-(i + 1) / (8 + 4 * s)) * (1 + 0.1 * Math.sin(seed + i));
  return Array.from({ length: count }, (_, i) => ({ step: 100 * (i + 1), msre: error(i) }));
}

export function keepSweep(results: string): void {
  for (const [s, { config }] of settings.entries()) {
    for (const seed of SEEDS) {
      if (s === 1 && seed === 4) continue; // missing
      const isOff = s === 2 && seed === 3;
      const metrics = rows(s, seed, isOff ? 31 : 100);
      const msre = (metrics.at(-1) as { msre: number }).msre;
      keepRun(results, {
        config,
        seed,
        status: isOff ? 'diverged' : 'done',
        reason: isOff ? 'weights left the finite numbers at step 3100' : null,
        scores: { msre, explained: null, questions: {} },
        beside: { 'metrics.jsonl': metrics },
      });
    }
  }
  const plan = { format: 1, experiment: 'kept', id: '0123456789', settings, seeds: SEEDS, argv: [] };
  put(results, 'kept/sweeps/0123456789.json', JSON.stringify({ ...plan, createdAt: '2026-01-01T00:00:00.000Z' }));
  const first = join(results, 'kept', settings[0]!.hash, '0');
  put(first, 'log.ndjson', log());
  put(first, 'alignment.jsonl', alignment());
}

const alignment = (): string =>
  rows(0, 0, 100)
    .map(({ step }: { step?: number }) => ({ step, snap: { cosine: 1, relativeError: 0 }, uoro: { cosine: 0.5 } }))
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');

function log(): string {
  const line = (i: number, level: number, event: string, msg: string): string =>
    `${JSON.stringify({ level, time: Date.UTC(2026, 0, 1) + 1000 * i, event, step: 100 * i, msg })}\n`;
  const lines = Array.from({ length: 150 }, (_, i) => line(i, 20, 'step.sampled', `sample ${i}`));
  return [
    ...lines,
    line(150, 30, 'run.start', 'run started'),
    line(151, 40, 'weights.large', `weights grow: ${MARKUP}`),
    line(152, 50, 'run.failed', 'and again'),
    `no record, ${MARKUP}\n`,
  ].join('');
}
