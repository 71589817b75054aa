/** How far the sweep has come, and what is missing. */
import { countRuns, isComplete, showCounts } from './counts.ts';
import { type Block, list, text, warning } from './document.ts';
import { showLeaf } from './leaves.ts';
import { seedRanges } from './provenance-blocks.ts';
import type { ExperimentRuns, SettingRuns } from './read-runs.ts';

const MOST = 12; // settings with a line of their own

export function stateBlocks({ settings, plans }: ExperimentRuns): Block[] {
  const counts = countRuns(settings);
  const size = `${settings.length} ${settings.length === 1 ? 'setting' : 'settings'}`;
  if (isComplete(counts)) return [text(`${size}, runs: ${showCounts(counts)}.`)];
  const open = settings.filter((setting) => !isComplete(countRuns([setting])));
  const labels = new Map(plans.flatMap((plan) => plan.settings.map(({ hash, label }) => [hash, label] as const)));
  return [
    warning(`Not all has been run. ${size}, runs: ${showCounts(counts)}.`),
    ...list([
      ...open.slice(0, MOST).map((setting) => lacking(setting, labels.get(setting.hash))),
      ...(open.length > MOST ? [`and ${open.length - MOST} more settings`] : []),
    ]),
    ...reasons(settings),
  ];
}

function lacking({ hash, leaves, runs, missing }: SettingRuns, label?: string): string {
  const of = (...statuses: string[]): string =>
    seedRanges(runs.filter(({ record }) => statuses.includes(record.status)).map(({ seed }) => seed));
  const parts = [
    ['failed', of('failed')],
    ['not ended', of('running', 'interrupted')],
    ['missing', seedRanges(missing)],
  ].filter(([, seeds]) => seeds !== '');
  const name = label ?? showLeaf(leaves.get('agent.id') ?? 'agent');
  return `${name} (${hash}), seeds: ${parts.map(([what, seeds]) => `${what} ${seeds}`).join('; ')}`;
}

/** Each once. */
function reasons(settings: readonly SettingRuns[]): Block[] {
  const errors = settings.flatMap(({ runs }) => runs.flatMap(({ result }) => result.error ?? []));
  const found = [...new Set(errors)];
  if (found.length === 0) return [];
  return [text('Why runs failed:'), ...list(found.slice(0, MOST))];
}
