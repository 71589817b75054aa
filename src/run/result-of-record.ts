import type { RunRecord } from '../results/run-record.ts';
import type { RunResult, RunScores } from './result.ts';
import type { Setting } from './setting.ts';

/** What a run told when it ended, from its run.json; `folder` is where that lies. */
export function resultOfRecord(record: RunRecord, folder: string): RunResult {
  const { agent, env } = settingOfRecord(record);
  const { status, seed, end, reason } = record;
  const scores = { msre: null, explained: null, ...record.scores } as RunScores;
  const none = { steps: 0, diverged: null, seconds: 0, nsPerStep: NaN, parameters: 0, macsPerStep: 0 };
  const figures = end === null ? none : { ...end, nsPerStep: end.nsPerStep ?? NaN };
  const error = status === 'failed' ? (reason ?? 'it failed') : null;
  return { folder, agent: agent.id, env: env.id, seed, status, ...figures, ...scores, error };
}

/** The resolved setting that the run was made from: nothing is left to default. */
export const settingOfRecord = ({ config }: RunRecord): Setting => config as unknown as Setting;
