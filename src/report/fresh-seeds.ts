/** What is to be done where a chosen setting has not been run on seeds of its own. */
import { type Block, code, text, warning } from './document.ts';
import type { Choice } from './choose.ts';
import { showLeaves } from './leaves.ts';
import type { MethodRow } from './method-row.ts';
import type { ReportRun } from './read-runs.ts';

const FRESH = 30; // seeds of a report

type Chosen = MethodRow & { readonly choice: Choice };

/** `experiment`: as commands take it; null: an agent in an environment, so both are named. */
export function freshSeedsNote(experiment: string | null, rows: readonly Chosen[]): Block[] {
  const same = rows.filter(({ choice }) => choice.how === 'same').map(({ method }) => method.name);
  const wanting = rows.filter(({ choice }) => !choice.isRich);
  if (wanting.length === 0) return [];
  const best = wanting.map(({ method, choice }) => `${method.name} ${showLeaves(choice.best.leaves, method.tuned)}`);
  const hashes = wanting.map(({ choice }) => choice.best.hash).join(',');
  const { agent, env } = wanting[0]!.choice.best.setting;
  const what = experiment ?? `--agent ${agent.id} --env ${env.id}`;
  const optimistic = `Optimistic, since chosen and reported on the same seeds: ${same.join('; ')}.`;
  return [
    ...(same.length > 0 ? [warning(optimistic)] : []),
    text(
      `Best by all seeds together: ${best.join('; ')}. On fresh seeds, after which the next report chooses by all of the old ones:`,
    ),
    ...code([`agent-state sweep ${what} --best ${hashes} --seeds ${freshSeeds(rows)}`]),
  ];
}

/** From the next hundred that nobody has used. */
function freshSeeds(rows: readonly Chosen[]): string {
  const runs = rows.flatMap(({ method }) => method.settings.flatMap(({ runs }): readonly ReportRun[] => runs));
  const last = runs.reduce((most, { seed }) => (typeof seed === 'number' ? Math.max(most, seed) : most), 0);
  const from = 100 * (Math.floor(last / 100) + 1);
  return `${from}-${from + FRESH - 1}`;
}
