/** Scores of lanes: means over all of them by the step of a lane, with tokens seen and what the environments tell of themselves. */
import type { AnyEnv } from '@rl-tools/envs';
import type { MetricsRow } from '../results/metrics-file.ts';
import { type Scoring, scoring } from './scoring.ts';
import type { Setting } from './setting.ts';

/** `waits`: [B] of the present step, 1 where a lane has none. */
export function lanesScoring(
  setting: Setting,
  env: AnyEnv,
  waits: Uint8Array,
  emit: (row: MetricsRow) => void,
): Scoring {
  const B = waits.length;
  const { every, steps, window } = setting;
  let tokens = 0; // steps of all lanes, scored or not
  const seen = () => ({ tokens, ...progressOf(env) });
  const rows = scoring({ ...setting, every: every * B, steps: steps * B, window: window * B }, env.metadata, (row) =>
    emit({ ...row, step: row.step / B, ...seen() }),
  );
  return {
    ...rows,
    push(report) {
      rows.push(report);
      for (let b = 0; b < B; b++) tokens += 1 - waits[b]!;
    },
    scores: () => ({ ...rows.scores(), ...seen() }),
    save: () => ({ tokens, rows: rows.save() }),
    load(saved) {
      const from = saved as { tokens: number; rows: unknown };
      tokens = from.tokens;
      rows.load(from.rows);
    },
  };
}

const progressOf = (env: AnyEnv): Readonly<Record<string, number>> =>
  ((env as Partial<AnyEnv>).unwrapped ?? env).progress?.() ?? {};
