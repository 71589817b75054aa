import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { frame, PICTURE_WIDTH, pictureConfig } from './frame.ts';
import type { Layers } from './reference-layers.ts';
import { text } from './pixel-layers.ts';
import { bars, type Counts, countsOf, ROW, type SettingStatuses, squares } from './status-layers.ts';
import { gridStatuses, statusMarks } from './status-marks.ts';

export interface StatusGrid {
  readonly title: string;
  readonly note?: string; // how many there are of each, unless given
  readonly seeds: readonly number[];
  readonly settings: readonly SettingStatuses[];
}

const MOST = { settings: 60, seeds: 100, bars: 100 };
const CELL = { least: 5.4, most: 18 }; // px
const LETTER = 6.7; // px, of 11 px
const LONGEST = 44; // letters of a label; the middle of a longer one is left out
const GAP = 10; // px between label and grid

/**
 * The runs of a sweep, settings down and seeds across, a square with a symbol each. Of more than 60 settings or 100 seeds
 * a square would say nothing: then how many runs of each setting are in which state, as bars, for the 100 settings that
 * have the most left to do.
 */
export function statusGrid({ title, note, seeds, settings }: StatusGrid): TopLevelSpec {
  if (settings.length === 0 || seeds.length === 0) throw new UserError(`Cannot plot "${title}": there are no runs`);
  const odd = settings.find(({ statuses }) => statuses.length !== seeds.length);
  if (odd) {
    throw new UserError(
      `Cannot plot "${title}": "${odd.label}" needs ${seeds.length} states, one per seed, got ${odd.statuses.length}`,
    );
  }
  const isGrid = settings.length <= MOST.settings && seeds.length <= MOST.seeds;
  const shown = isGrid ? settings : mostLeft(settings).slice(0, MOST.bars);
  const totals = countsOf(settings.flatMap(({ statuses }) => statuses));
  const runs = settings.length * seeds.length;
  const many = (count: number, what: string): string =>
    `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
  const all = [many(settings.length, 'setting'), many(seeds.length, 'seed'), many(runs, 'run')].join(', ');
  const left = settings.length - shown.length;
  const remark = left === 0 ? '' : `; shown: the ${shown.length} with the most left to do`;
  const labels = shown.map(({ label }) => shortened(label));
  const room = Math.max(44, LETTER * Math.max(...labels.map((label) => label.length)) + GAP + 8);
  const space = PICTURE_WIDTH - room - 24;
  const cell = Math.max(CELL.least, Math.min(CELL.most, space / seeds.length));
  const width = isGrid ? cell * seeds.length : space - 40;
  const height = ROW * shown.length;
  const { spec, head } = frame({
    title,
    note: note ?? all + remark,
    names: [],
    height,
    left: room,
    top: 26,
    headX: 8 - room,
  });
  const y = (row: number): number => ROW * row;
  const names = labels.map((label, row) => text(label, -GAP, y(row) + ROW / 2, { align: 'right' }));
  const marks = isGrid ? squares(shown, cell) : bars(shown, width, seeds.length);
  return {
    ...spec,
    width,
    padding: { ...spec.padding, right: PICTURE_WIDTH - room - width, bottom: isGrid ? 44 : 14 },
    layer: [...head, ...legend(totals, 8 - room), ...names, ...marks, ...(isGrid ? seedAxis(seeds, cell, height) : [])],
    config: pictureConfig,
  };
}

/** Fewest finished runs first; a diverged run is finished, for it would diverge again. */
function mostLeft(settings: readonly SettingStatuses[]): SettingStatuses[] {
  const finished = ({ statuses }: SettingStatuses): number =>
    statuses.filter((status) => status === 'done' || status === 'diverged').length;
  const counted = settings.map((setting, i) => ({ setting, i, done: finished(setting) }));
  return counted.sort((a, b) => a.done - b.done || a.i - b.i).map(({ setting }) => setting);
}

/** The states that there are, each with its square, its symbol and how many runs are in it. */
function legend(totals: Counts, from: number): Layers {
  let left = from;
  return gridStatuses.flatMap((status): Layers => {
    const count = totals.get(status) ?? 0;
    if (count === 0) return [];
    const words = `${status} ${count.toLocaleString('en')}`;
    const at = left;
    left += 34 + 7 * words.length;
    const { fill, ink, path } = statusMarks[status];
    const data = { values: [{ status, count }] };
    const stroke = status === 'missing' ? '#999999' : fill;
    const encoding = { x: { value: at + 7 }, y: { value: -17 } };
    const square = { type: 'point', shape: 'square', size: 170, fill, stroke, strokeWidth: 1, opacity: 1 } as const;
    const symbol = {
      type: 'point',
      shape: path,
      size: 170,
      stroke: ink,
      strokeWidth: 1.5,
      filled: false,
      opacity: 1,
    } as const;
    return [
      { data, mark: square, encoding },
      ...(path === '' ? [] : [{ data, mark: symbol, encoding }]),
      text(words, at + 18, -17, { align: 'left', fontSize: 12 }),
    ];
  });
}

/** Some of the seeds, as many as there is room for. */
function seedAxis(seeds: readonly number[], cell: number, height: number): Layers {
  const letters = Math.max(...seeds.map((seed) => String(seed).length));
  const least = (7 * letters + 6) / cell;
  const stride = [1, 2, 5, 10, 20, 50, 100].find((step) => step >= least) ?? 100;
  const ticks = seeds.flatMap((seed, i) =>
    i % stride === 0 ? [text(String(seed), cell * (i + 0.5), height + 10, {})] : [],
  );
  return [...ticks, text('seed', (cell * seeds.length) / 2, height + 28, { fontSize: 13 })];
}

function shortened(label: string): string {
  const letters = [...label];
  return letters.length <= LONGEST
    ? label
    : `${letters.slice(0, 18).join('')}…${letters.slice(-(LONGEST - 19)).join('')}`;
}
