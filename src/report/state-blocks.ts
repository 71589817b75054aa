/** How far the sweep has come, and what is missing. */
import { countRuns, isComplete, showCounts } from './counts.ts';
import { type Block, heading, list, text, warning } from './document.ts';
import { showLeaf } from './leaves.ts';
import { seedRanges } from './provenance-blocks.ts';
import type { ExperimentRuns, SettingRuns } from './read-runs.ts';

const MOST = 12; // settings with a line of their own

/** In one line, before anything is answered. */
export function stateLine({ settings }: ExperimentRuns): Block {
  const counts = countRuns(settings);
  const size = `${settings.length} ${settings.length === 1 ? 'setting' : 'settings'}`;
  const words = `${size}, runs: ${showCounts(counts)}.`;
  return isComplete(counts) ? text(words) : warning(`Not all has been run. ${words}`);
}

/** Which runs there are not, and why; nothing where all has been run. */
export function missingBlocks({ settings, plans }: ExperimentRuns, picture: readonly Block[]): Block[] {
  const open = settings.filter((setting) => !isComplete(countRuns([setting])));
  if (open.length === 0) return [];
  const labels = new Map(plans.flatMap((plan) => plan.settings.map(({ hash, label }) => [hash, label] as const)));
  return [
    heading('What is missing'),
    ...list([
      ...open.slice(0, MOST).map((setting) => lacking(setting, labels.get(setting.hash))),
      ...(open.length > MOST ? [`and ${open.length - MOST} more settings`] : []),
    ]),
    ...reasons(settings),
    ...picture,
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
