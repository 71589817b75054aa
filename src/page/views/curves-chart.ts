/** Curves as charts: one for each kind of figure, all settings on the steps of all of them. */
import { byLabel } from '../parts/by-label.ts';
import type { Curves, SettingCurves } from '../../dashboard/protocol.ts';
import { type Chart, type Line, LOST } from '../plots/chart.ts';

export interface CurvesShown {
  readonly labels: ReadonlyMap<string, string>;
  readonly shown: ReadonlySet<string>;
  readonly isLog: boolean;
  readonly bySeed: boolean;
}

export function chartOfCurves({ experiment, settings }: Curves, how: CurvesShown): Chart[] {
  const byTitle = new Map<string, SettingCurves[]>();
  for (const one of settings) {
    if (how.shown.has(one.hash)) byTitle.set(one.title, [...(byTitle.get(one.title) ?? []), one]);
  }
  return [...byTitle].map(([title, own]) => chartOf(experiment, title, own, how));
}

function chartOf(experiment: string, title: string, own: readonly SettingCurves[], how: CurvesShown): Chart {
  const x = [...new Set(own.flatMap(({ steps }) => steps))].sort((a, b) => a - b);
  const labelOf = ({ hash }: SettingCurves): string => how.labels.get(hash) ?? hash;
  const inOrder = [...own].sort((a, b) => byLabel(labelOf(a), labelOf(b)));
  const places = [...how.labels.keys()]; // a setting keeps its colour, whichever others are shown
  const lines = inOrder.flatMap((one): Line[] => {
    const color = Math.max(0, places.indexOf(one.hash));
    const on = spread(one.steps, x);
    const label = labelOf(one);
    const seeds = one.values.map((values, i): Line => ({
      label: `${label}, seed ${one.seeds[i]}`,
      y: on(values),
      color,
      isFaint: true,
      ...lostAt(on(values), (one.diverged[i] ?? null) !== null),
    }));
    const count = one.diverged.filter((at) => at !== null).length;
    const hasBand = one.low.some((value) => value !== null);
    const band = hasBand ? { low: on(one.low), high: on(one.high) } : {};
    const note = count === 0 ? {} : { note: `${LOST} ${count} of ${one.seeds.length} diverged` };
    const whole: Line = { label, y: on(one.mean), color, ...band, ...lostAt(on(one.mean), count > 0), ...note };
    return [...(how.bySeed ? seeds : []), whole];
  });
  const kind = own.length > 0 && own[0]!.isLowerBetter ? 'lower is better' : 'higher is better';
  const what = own.some(({ seeds }) => seeds.length > 1) ? 'Mean over seeds with its 95 % interval' : 'One seed each';
  return {
    name: `${experiment}-curves`,
    title: `${what}; ${kind}`,
    x,
    xTitle: 'steps',
    yTitle: title,
    lines,
    isLog: how.isLog,
  };
}

/** Where a line ends, if it ends because what it shows diverged. */
export function lostAt(y: readonly (number | null)[], hasDiverged: boolean): { lost?: number } {
  const last = hasDiverged ? y.findLastIndex((value) => value !== null) : -1;
  return last < 0 ? {} : { lost: last };
}

/** Values at `steps` as values at `x`; between two of them on the straight line, so that a curve stays whole. */
export function spread(
  steps: readonly number[],
  x: readonly number[],
): (values: readonly (number | null)[]) => (number | null)[] {
  if (steps.length === x.length) return (values) => [...values];
  return (values) => {
    let i = 0;
    return x.map((at) => {
      while (i < steps.length && steps[i]! < at) i++;
      if (steps[i] === at) return values[i] ?? null;
      const [left, right] = [values[i - 1] ?? null, values[i] ?? null];
      if (i === 0 || left === null || right === null) return null;
      return left + ((right - left) * (at - steps[i - 1]!)) / (steps[i]! - steps[i - 1]!);
    });
  };
}
