/** A chart in the words of uPlot. */
import type uPlot from 'uplot';
import type { Chart } from './chart.ts';
import { dash, hue, INKS, rgb } from './palette.ts';
import { tickLabels } from './ticks.ts';

const FONT = '12px system-ui, sans-serif';

/** Columns of numbers: x, then of every line y and, where it has a band, high and low. */
export function dataOf({ x, lines, isLog = false }: Chart): uPlot.AlignedData {
  const seen = (values: readonly (number | null)[]): readonly (number | null)[] =>
    isLog ? values.map((value) => (value !== null && value > 0 ? value : null)) : values;
  return [
    x,
    ...lines.flatMap(({ y, low, high }) => [seen(y), ...(low && high ? [seen(high), seen(low)] : [])]),
  ] as uPlot.AlignedData;
}

/** What of a chart makes another plot necessary, rather than other data in the same. */
export const shapeOf = ({ lines, isLog, xTitle, yTitle }: Chart): string =>
  JSON.stringify([
    lines.map(({ label, color, low, isFaint }) => [label, color, !!low, isFaint]),
    isLog,
    xTitle,
    yTitle,
  ]);

export function optionsOf(chart: Chart, dark: boolean, width: number, height: number): uPlot.Options {
  const ink = dark ? INKS.dark : INKS.light;
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const line of chart.lines) {
    const stroke = line.isFaint ? translucent(hue(line.color, dark), 0.35) : hue(line.color, dark);
    const own = {
      label: line.label,
      stroke,
      width: line.isFaint ? 1 : 2,
      dash: [...dash(line.color)],
      spanGaps: false,
    };
    series.push({ ...own, points: { show: chart.x.length < 2 } });
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
    values: (_: uPlot, at: (number | null)[]) => labelled(at, isLog),
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
    cursor: { drag: { x: true, y: false }, points: { size: 6 } },
    padding: [8, 12, 0, 0],
  };
}

function translucent(hex: string, alpha: number): string {
  return `rgba(${rgb(hex).join(', ')}, ${alpha})`;
}

/** On a logarithmic axis uPlot leaves out, as null, ticks that would crowd. */
function labelled(at: readonly (number | null)[], isLog: boolean): string[] {
  const labels = tickLabels(
    at.filter((value) => value !== null),
    isLog,
  );
  let i = 0;
  return at.map((value) => (value === null ? '' : labels[i++]!));
}
