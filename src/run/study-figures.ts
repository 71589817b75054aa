/** The pictures of a study, each <name>.svg and <name>.vl.json. */
import { join } from 'node:path';
import type { HeatMapFigure, LinesFigure, Study, StudyFigure, StudySetting } from '../experiment/study.ts';
import { errorBarLines, type MarkedPoint } from '../plots/error-bar-lines.ts';
import { heatMap } from '../plots/heat-map.ts';
import { writePlot } from '../plots/write-plot.ts';
import { bestRows, estimate, type StudyRow } from './study-rows.ts';

/** Paths of those that were drawn: one without any finite point is left out. */
export async function drawFigures(study: Study, rows: readonly StudyRow[], folder: string): Promise<string[]> {
  const drawn: string[] = [];
  for (const figure of study.figures) {
    const spec = specOf(figure, study, rows);
    if (spec !== null) drawn.push((await writePlot(join(folder, figure.name), spec)).svg);
  }
  return drawn;
}

function specOf(figure: StudyFigure, study: Study, all: readonly StudyRow[]) {
  const { where = () => true, measure, x } = figure;
  const rows = all.filter(({ setting, samples }) => where(setting) && samples[measure]);
  const drawable = rows.filter(({ setting }) => typeof setting[x] === 'number');
  if (!drawable.some(({ samples }) => Number.isFinite(estimate(samples[measure]).mean))) return null;
  return figure.kind === 'lines' ? lines(figure, study, rows) : heat(figure, study, rows);
}

function lines(figure: LinesFigure, study: Study, all: readonly StudyRow[]) {
  const { measure, x, by, best, where = () => true } = figure;
  const rows = best === undefined ? all : bestRows(all, best, measure);
  const across = rows.filter(({ setting }) => setting[x] === undefined); // they have no place on this axis
  const references = across.map(({ setting, samples }) => {
    return { name: nameOf(setting, by), value: estimate(samples[measure]).mean };
  });
  const along = rows.filter((row) => !across.includes(row));
  const series = grouped(along, by).map(([name, members]) => ({
    name,
    points: members
      .map(({ setting, samples }) => ({ x: Number(setting[x]), ...estimate(samples[measure]) }))
      .sort((a, b) => a.x - b.x),
  }));
  const names = series.map(({ name }) => name);
  const marks = (study.expected ?? []).flatMap((one): MarkedPoint[] => {
    const name = nameOf(one.for, by);
    const fits = one.measure === measure && x in one.for && names.includes(name) && where(one.for);
    return fits && (best === undefined || !(best in one.for))
      ? [{ name, x: Number(one.for[x]), value: one.value, kind: one.kind }]
      : [];
  });
  const { title, xTitle } = figure;
  return errorBarLines({
    ...figure,
    title,
    xTitle,
    yTitle: study.measures[measure] ?? measure,
    series,
    marks,
    references,
  });
}

function heat(figure: HeatMapFigure, study: Study, rows: readonly StudyRow[]) {
  const { measure, x, y, by } = figure;
  const whole = rows.filter(({ setting }) => typeof setting[x] === 'number' && typeof setting[y] === 'number');
  const panels = (by === undefined ? [[figure.title, whole] as const] : grouped(whole, by)).map(([name, members]) => ({
    name,
    cells: members.map(({ setting, samples }) => ({
      x: Number(setting[x]),
      y: Number(setting[y]),
      value: estimate(samples[measure]).mean,
    })),
  }));
  return heatMap({ ...figure, valueTitle: study.measures[measure] ?? measure, panels });
}

/** In the order in which the values first come. */
function grouped(rows: readonly StudyRow[], key: string): [string, StudyRow[]][] {
  const names = [...new Set(rows.map(({ setting }) => nameOf(setting, key)))];
  return names.map((name) => [name, rows.filter(({ setting }) => nameOf(setting, key) === name)]);
}

/** A number alone says nothing in a legend. */
const nameOf = (setting: StudySetting, key: string): string => {
  const value = setting[key];
  return typeof value === 'number' ? `${key} ${value}` : (value ?? '-');
};
