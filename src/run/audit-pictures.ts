/** Two pictures of an audit: alignment over time, and alignment against cost. */
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { costAgainstQuality } from '../plots/cost-against-quality.ts';
import { learningCurves } from '../plots/learning-curves.ts';
import { writePlot } from '../plots/write-plot.ts';
import type { AuditRow, Window } from './audit-summary.ts';

export interface PictureNeeds {
  readonly folder: string;
  readonly name: string; // agent in environment
  readonly rows: readonly AuditRow[];
  readonly windows: readonly Window[];
  readonly every: number; // steps of a window
}

const Y_TITLE = 'cosine with the exact gradient';

/** The paths of the pictures; an audit without a single measured number has none. */
export async function drawAudit(needs: PictureNeeds): Promise<string[]> {
  const drawn = [];
  const rows = [...needs.rows].sort((a, b) => Number(b.isActive) - Number(a.isActive)); // its name is never left out
  for (const draw of [overTime, againstCost]) {
    const path = await draw({ ...needs, rows });
    if (path !== null) drawn.push(path);
  }
  return drawn;
}

async function overTime({ folder, name, rows, windows, every }: PictureNeeds): Promise<string | null> {
  const steps = windows.map(({ step }) => step);
  const curves = rows.map(({ estimator, isActive }) => ({
    names: [isActive ? `${estimator} (agent)` : estimator],
    values: windows.map(({ alignments }) => alignments[estimator]?.cosine ?? NaN),
  }));
  const seen = together(curves, ({ values: a }, { values: b }) => a.every((value, i) => isSame(value, b[i]!)));
  const series = seen
    .filter(({ values }) => values.some(Number.isFinite))
    .map(({ names, values }) => ({ name: joined(names), steps, values: [values] }));
  if (series.length === 0) return null;
  const spec = learningCurves({
    title: `Gradient estimators beside ${name}`,
    xTitle: `steps (a point is the mean of ${every.toLocaleString('en')})`,
    yTitle: Y_TITLE,
    series,
    rng: createRng('audit'), // one seed has no band: nothing is drawn
  });
  return (await writePlot(join(folder, 'cosine'), spec)).svg;
}

/** What multiplies nothing has no place on a log axis. */
async function againstCost({ folder, name, rows }: PictureNeeds): Promise<string | null> {
  const shown = rows.flatMap(({ estimator, cosine, macsPerStep, isActive }) =>
    cosine === null || macsPerStep === 0 ? [] : [{ names: [estimator], cosine, macsPerStep, isActive }],
  );
  const seen = together(
    shown,
    (a, b) => isSame(a.cosine, b.cosine) && Math.abs(Math.log10(a.macsPerStep / b.macsPerStep)) < 0.01,
  );
  if (seen.length === 0) return null;
  const spec = costAgainstQuality({
    title: `Gradient estimators beside ${name}, mean over all steps`,
    xTitle: "multiply-adds per step of the estimator (diamond: the agent's own)",
    yTitle: Y_TITLE,
    points: seen.map(({ names, cosine, macsPerStep }) => ({
      name: joined(names),
      cost: macsPerStep,
      quality: cosine,
      isOwn: shown.some(({ names: [own], isActive }) => isActive && names.includes(own!)),
    })),
    best: 1,
  });
  return (await writePlot(join(folder, 'cost'), spec)).svg;
}

/** Lines that lie on each other to the eye are one line with all their names. */
function together<T extends { readonly names: readonly string[] }>(
  all: readonly T[],
  same: (a: T, b: T) => boolean,
): T[] {
  const out: T[] = [];
  for (const one of all) {
    const at = out.findIndex((other) => same(other, one));
    if (at < 0) out.push(one);
    else out[at] = { ...out[at]!, names: [...out[at]!.names, ...one.names] };
  }
  return out;
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3 || (Number.isNaN(a) && Number.isNaN(b));

const LONGEST = 34; // letters of a name in a picture

/** As many names as there is room for, and how many more there are. */
function joined(names: readonly string[]): string {
  let shown = 1;
  while (shown < names.length && names.slice(0, shown + 1).join(', ').length <= LONGEST) shown++;
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
}
