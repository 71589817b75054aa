/** A chart in the words of uPlot. */
import type uPlot from 'uplot';
import { type Chart, extent, type Line, LOST } from './chart.ts';
import { dash, hue, INKS, rgb } from './palette.ts';
import { tickLabels, ticks } from './ticks.ts';

const LEAST = 1e-100; // on a logarithmic axis: uPlot's ticks fail among numbers that underflow
const MOST = 1e30; // uPlot has no ticks for what lies beyond: as good as lost
const LAST = 1e13; // on the x axis: beyond, ticks between two steps cannot be told apart
const FONT = '12px system-ui, sans-serif';

/** Columns of numbers: x, then of every line y and, where it has a band, high and low. */
export function dataOf(chart: Chart): uPlot.AlignedData {
  const { x, lines, isLog = false } = chart;
  const seen = (values: readonly (number | null)[]): readonly (number | null)[] =>
    isLog
      ? values.map((value) => (value !== null && value > LEAST ? value : null))
      : values.some((value) => Math.abs(value ?? 0) > MOST)
        ? values.map((value) => (value !== null && Math.abs(value) <= MOST ? value : null))
        : values;
  const least = lines.some(({ low }) => low) ? (extent(chart)?.[0] ?? 0) : 0;
  const cut = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : Math.min(MOST, Math.max(least, value))));
  const data = [x, ...lines.flatMap(({ y, low, high }) => [seen(y), ...(low && high ? [cut(high), cut(low)] : [])])];
  const isFar = Math.max(Math.abs(x[0] ?? 0), Math.abs(x.at(-1) ?? 0)) > LAST;
  return (isFar ? data.map(() => []) : data) as unknown as uPlot.AlignedData;
}

/** What of a chart makes another plot necessary, rather than other data in the same. */
export const shapeOf = ({ lines, isLog, xTitle, yTitle }: Chart): string =>
  JSON.stringify([
    lines.map(({ label, color, low, isFaint, lost }) => [label, color, !!low, isFaint, lost]),
    isLog,
    xTitle,
    yTitle,
  ]);

export function optionsOf(chart: Chart, dark: boolean, width: number, height: number): uPlot.Options {
  const ink = dark ? INKS.dark : INKS.light;
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  const places: number[] = []; // [lines] in the columns of dataOf
  for (const line of chart.lines) {
    const stroke = line.isFaint ? translucent(hue(line.color, dark), 0.35) : hue(line.color, dark);
    const own = {
      label: line.label,
      stroke,
      width: line.isFaint ? 1 : 2,
      dash: [...dash(line.color)],
      spanGaps: false,
    };
    places.push(series.length);
    series.push({ ...own, points: { show: (u) => u.data[0].length < 2 } });
    if (!line.low || !line.high) continue;
    const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
    bands.push({ series: [series.length, series.length + 1], fill: translucent(hue(line.color, dark), 0.18) });
    series.push({ ...edge, label: `${line.label}, high` }, { ...edge, label: `${line.label}, low` });
  }
  const axis = (label: string, isLog = false): uPlot.Axis => ({
    label,
    labelFont: FONT,
    font: FONT,
    labelSize: 18,
    stroke: ink.faint,
    grid: { stroke: ink.grid, width: 1 },
    ticks: { stroke: ink.grid, width: 1 },
    values: (_: uPlot, at: number[]) => tickLabels(at, isLog),
    ...(isLog ? { splits: (_: uPlot, __: number, least: number, most: number) => ticks(least, most, 5, true) } : {}),
    filter: (_: uPlot, at: number[]) => at,
  });
  return {
    width,
    height,
    series,
    bands,
    scales: { x: { time: false }, y: { distr: chart.isLog ? 3 : 1 } },
    axes: [
      { ...axis(chart.xTitle), size: 32 },
      { ...axis(chart.yTitle, chart.isLog), size: 58 },
    ],
    legend: { show: false },
    hooks: { draw: [(plot) => chart.lines.forEach((line, i) => drawLost(plot, line, places[i]!, dark))] },
    cursor: { drag: { x: true, y: false }, points: { size: 6 } },
    padding: [8, 24, 0, 0],
  };
}

/** The sign of divergence where a line ends by it. */
function drawLost({ ctx, data, valToPos }: uPlot, { lost, color }: Line, place: number, dark: boolean): void {
  const value = lost === undefined ? null : (data[place]?.[lost] ?? null);
  if (value === null) return;
  const [x, y] = [valToPos(data[0][lost!]!, 'x', true), valToPos(value, 'y', true)];
  ctx.save();
  ctx.font = `bold ${18 * devicePixelRatio}px system-ui, sans-serif`;
  [ctx.textAlign, ctx.textBaseline, ctx.lineWidth] = ['center', 'middle', 4 * devicePixelRatio];
  [ctx.strokeStyle, ctx.fillStyle] = [(dark ? INKS.dark : INKS.light).back, hue(color, dark)];
  ctx.strokeText(LOST, x, y);
  ctx.fillText(LOST, x, y);
  ctx.restore();
}

function translucent(hex: string, alpha: number): string {
  return `rgba(${rgb(hex).join(', ')}, ${alpha})`;
}
