import type { Column } from '../plots/table.ts';
import { mean } from '../statistics/mean.ts';
import { median } from '../statistics/median.ts';
import { tInterval } from '../statistics/t-interval.ts';
import type { RunResult } from './result.ts';
import type { Setting, Target } from './setting.ts';

/** Runs of one setting, under the name they carry in table and picture. */
export interface SettingRuns {
  readonly label: string;
  readonly setting: Setting;
  readonly runs: readonly RunResult[];
}

/** What episodes earn, or errors of predictions. */
const SCORES = { episodes: ['return', 'success'], predictions: ['error', 'explained'] } as const;

export function summaryColumns(target: Target): readonly Column[] {
  const [figure, share] = target === 'episodes' ? SCORES.episodes : SCORES.predictions;
  return [
    { title: 'agent' },
    { title: figure, align: 'right' },
    { title: '95% interval', align: 'right' },
    { title: share, align: 'right' },
    ...COSTS,
  ];
}

const COSTS: readonly Column[] = [
  { title: 'us/step', align: 'right' },
  { title: 'parameters', align: 'right' },
  { title: 'multiply-adds', align: 'right' },
  { title: 'seeds', align: 'right' },
];

/** Means over the seeds that finished; the others are counted, not hidden. */
export function summaryRow({ label, setting, runs }: SettingRuns): string[] {
  const done = runs.filter(({ status }) => status === 'done');
  const earns = setting.target === 'episodes';
  const scores = done.flatMap((run) => (earns ? run.return : run.msre) ?? []);
  const shares = done.flatMap((run) => (earns ? run.success : run.explained) ?? []);
  const interval = tInterval(scores); // Student's: a bootstrap of few seeds is too narrow
  const first = runs.find(({ parameters }) => parameters > 0);
  const others = runs.length - done.length;
  return [
    label,
    scores.length === 0 ? '-' : mean(scores).toPrecision(3),
    Number.isFinite(interval.low) ? `${interval.low.toPrecision(3)} .. ${interval.high.toPrecision(3)}` : '-',
    shares.length === 0 ? '-' : `${(100 * mean(shares)).toFixed(1)} %`,
    done.length === 0 ? '-' : (median(done.map(({ nsPerStep }) => nsPerStep)) / 1000).toFixed(1),
    String(first?.parameters ?? '-'),
    String(first?.macsPerStep ?? '-'),
    others === 0 ? String(done.length) : `${done.length} (${others} not finished)`,
  ];
}
