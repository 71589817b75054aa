/** How a method's figure depends on its hyperparameters: lines where one varies, heat maps where several do. */
import { createRng } from '@rl-tools/envs';
import { type HeatMapCell, heatMap } from '../plots/heat-map.ts';
import { type SensitivityPoint, sensitivityCurves } from '../plots/sensitivity-curves.ts';
import { bootstrapInterval } from '../statistics/bootstrap.ts';
import { mean } from '../statistics/mean.ts';
import { showPath } from './leaves.ts';
import type { MethodRow } from './method-row.ts';
import type { Metric } from './metric.ts';
import type { PictureRequest } from './pictures.ts';
import type { SettingRuns } from './read-runs.ts';

const MOST = 12; // lines, or panels, of one picture

export function sensitivityPictures(rows: readonly MethodRow[], title: string, suffix: string): PictureRequest[] {
  const numeric = rows.map((row) => ({ row, paths: numericPaths(row) }));
  const single = numeric.filter(({ paths }) => paths.length === 1);
  const pairs = numeric.flatMap(({ row, paths }) => pairsOf(paths).map((pair) => ({ row, pair })));
  const singles = distinct(single.map(({ paths }) => paths[0]!)).map((path) => {
    const members = single.filter(({ paths }) => paths[0] === path).map(({ row }) => row);
    return lines(members.slice(0, MOST), path, title, suffix);
  });
  const maps = distinct(pairs.map(({ pair }) => pair.join(' '))).map((key) => {
    const members = pairs.filter(({ pair }) => pair.join(' ') === key);
    return heat(members.map(({ row }) => row).slice(0, MOST), members[0]!.pair, title, suffix);
  });
  return [...singles, ...maps];
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)];

/** Hyperparameters that are numbers in at least two settings: axes. */
function numericPaths({ method }: MethodRow): string[] {
  const values = (path: string): unknown[] => method.settings.map(({ leaves }) => leaves.get(path));
  return method.tuned.filter((path) => new Set(values(path).filter((value) => typeof value === 'number')).size > 1);
}

type Pair = readonly [x: string, y: string];

const pairsOf = (paths: readonly string[]): Pair[] =>
  paths.flatMap((x, i) => paths.slice(i + 1).map((y): Pair => [x, y]));

function lines(rows: readonly MethodRow[], path: string, title: string, suffix: string): PictureRequest {
  const { metric } = rows[0]!;
  const name = `sensitivity-${fileName(path)}${suffix}`;
  const spec = () =>
    sensitivityCurves({
      title: `${title}: sensitivity to ${showPath(path)}`,
      xTitle: showPath(path),
      yTitle: metric.title,
      series: rows.map(({ method, choice }) => ({
        name: method.short,
        points: method.settings.flatMap((setting) => pointOf(setting, path, metric)),
        ...chosenAt(choice?.setting, path),
      })),
    });
  return { name, title: `Sensitivity to ${showPath(path)}`, spec };
}

function chosenAt(setting: SettingRuns | undefined, path: string): { chosen?: number } {
  const value = setting?.leaves.get(path);
  return typeof value === 'number' ? { chosen: value } : {};
}

/** Over all seeds that the setting has run; nothing where it has none yet. */
function pointOf(setting: SettingRuns, path: string, metric: Metric): SensitivityPoint[] {
  const x = setting.leaves.get(path);
  const values = valuesOf(setting, metric);
  if (typeof x !== 'number' || values.length === 0) return [];
  const finite = values.filter(Number.isFinite);
  const { low, high } = bootstrapInterval(finite, { rng: createRng('report/sensitivity'), resamples: 2000 });
  const known = Number.isFinite(low) && Number.isFinite(high);
  const counts = { seeds: values.length, diverged: values.length - finite.length };
  return [{ x, mean: mean(finite), low: known ? low : null, high: known ? high : null, ...counts }];
}

const valuesOf = ({ runs }: SettingRuns, metric: Metric): number[] => runs.flatMap((run) => metric.valueOf(run) ?? []);

function heat(rows: readonly MethodRow[], [x, y]: Pair, title: string, suffix: string): PictureRequest {
  const { metric } = rows[0]!;
  const others = rows.some(({ method }) => method.tuned.length > 2) ? ', others at their best' : '';
  const name = `heat-map-${fileName(x)}-${fileName(y)}${suffix}`;
  const spec = () =>
    heatMap({
      title: `${title}: ${showPath(x)} and ${showPath(y)}${others}`,
      xTitle: showPath(x),
      yTitle: showPath(y),
      valueTitle: metric.title,
      best: metric.lower ? 'least' : 'largest',
      panels: rows.map(({ method }) => ({ name: method.short, cells: cellsOf(method.settings, [x, y], metric) })),
    });
  return { name, title: `${showPath(x)} and ${showPath(y)}${others}`, spec };
}

/** The best mean at each place; one with a diverged seed counts where there is no other. */
function cellsOf(settings: readonly SettingRuns[], [x, y]: Pair, metric: Metric): HeatMapCell[] {
  const cells = new Map<string, HeatMapCell>();
  for (const setting of settings) {
    const [atX, atY] = [setting.leaves.get(x), setting.leaves.get(y)];
    const values = valuesOf(setting, metric);
    if (typeof atX !== 'number' || typeof atY !== 'number' || values.length === 0) continue;
    const value = mean(values); // NaN where a seed diverged
    const diverged = values.filter((one) => !Number.isFinite(one)).length;
    const before = cells.get(`${atX} ${atY}`)?.value ?? NaN;
    const isBetter = Number.isNaN(before) || (metric.lower ? value < before : value > before);
    if (isBetter) cells.set(`${atX} ${atY}`, { x: atX, y: atY, value, diverged, seeds: values.length });
  }
  return [...cells.values()];
}

/** agent.rule.alpha -> rule-alpha */
const fileName = (path: string): string => showPath(path).replace(/[^A-Za-z0-9]+/g, '-');
