/** A chart as a picture for a paper: on white, whatever the screen has. */
import { type Chart, extent, type Line, LOST } from './chart.ts';
import { dash, hue, INKS } from './palette.ts';
import { tickLabels, ticks } from './ticks.ts';

const [WIDTH, HEIGHT] = [720, 400];
const FRAME = { left: 70, right: 16, top: 34, bottom: 52 };
const LEGEND = 20; // height of a row

type Scale = (value: number) => number;

export function svgOf(chart: Chart): string {
  const range = extent(chart);
  const named = chart.lines.filter(({ isFaint }) => !isFaint);
  const height = HEIGHT + (named.length > 1 ? LEGEND * Math.ceil(named.length / 2) : 0);
  const { text } = INKS.light;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="${text}">`;
  const title = `<rect width="100%" height="100%" fill="#fff"/><text x="${FRAME.left}" y="20" font-weight="600">${escape(chart.title)}</text>`;
  if (range === null || chart.x.length === 0)
    return `${open}${title}<text x="${FRAME.left}" y="60">nothing to show</text></svg>`;
  const [x, y] = [scaleX(chart), scaleY(chart, range)];
  return [
    open,
    title,
    axes(chart, x, y, range),
    ...chart.lines.map((line) => band(chart, line, x, (value) => y(Math.max(range[0], value)))),
    ...chart.lines.map((line) => path(chart, line, x, y)),
    ...chart.lines.map((line) => lostMark(chart, line, x, y)),
    named.length > 1 ? legend(named) : '',
    '</svg>',
  ].join('\n');
}

function scaleX({ x }: Chart): Scale {
  const [first, last] = [x[0]!, x.at(-1)!];
  const width = WIDTH - FRAME.left - FRAME.right;
  return (value) => FRAME.left + (width * (value - first)) / (last - first || 1);
}

function scaleY({ isLog }: Chart, [least, most]: readonly [number, number]): Scale {
  const by: Scale = isLog ? Math.log10 : (value) => value;
  const height = HEIGHT - FRAME.top - FRAME.bottom;
  return (value) => FRAME.top + height * (1 - (by(value) - by(least)) / (by(most) - by(least)));
}

function axes(chart: Chart, x: Scale, y: Scale, [least, most]: readonly [number, number]): string {
  const [bottom, right] = [HEIGHT - FRAME.bottom, WIDTH - FRAME.right];
  const grid = INKS.light.grid;
  const rows = ticks(least, most, 5, chart.isLog);
  const rowLabels = tickLabels(rows, chart.isLog);
  const across = rows.map((at, i) => {
    const line = `<path d="M${FRAME.left} ${fixed(y(at))}H${right}" stroke="${grid}"/>`;
    return `${line}<text x="${FRAME.left - 8}" y="${fixed(y(at) + 4)}" text-anchor="end">${rowLabels[i]}</text>`;
  });
  const columns = ticks(chart.x[0]!, chart.x.at(-1)!, 6);
  const columnLabels = tickLabels(columns);
  const along = columns.map(
    (at, i) => `<text x="${fixed(x(at))}" y="${bottom + 18}" text-anchor="middle">${columnLabels[i]}</text>`,
  );
  const middle = (FRAME.top + bottom) / 2;
  return [
    ...across,
    ...along,
    `<path d="M${FRAME.left} ${bottom}H${right}" stroke="${INKS.light.faint}"/>`,
    `<text x="${(FRAME.left + right) / 2}" y="${bottom + 40}" text-anchor="middle">${escape(chart.xTitle)}</text>`,
    `<text transform="translate(16 ${middle}) rotate(-90)" text-anchor="middle">${escape(chart.yTitle)}</text>`,
  ].join('\n');
}

function path(chart: Chart, { y: values, color, isFaint }: Line, x: Scale, y: Scale): string {
  const d = joined(chart, values, x, y);
  const style = `stroke="${hue(color, false)}" stroke-width="${isFaint ? 1 : 2}" ${isFaint ? 'opacity=".35"' : ''} stroke-dasharray="${dash(color).join(' ')}"`;
  return `<path d="${d}" fill="none" ${style}/>`;
}

function lostMark(chart: Chart, { y: values, lost, color }: Line, x: Scale, y: Scale): string {
  const value = lost === undefined ? null : (values[lost] ?? null);
  if (value === null || (chart.isLog && value <= 0)) return '';
  const place = `x="${fixed(x(chart.x[lost!]!))}" y="${fixed(y(value) + 6)}"`;
  return `<text ${place} text-anchor="middle" font-size="20" font-weight="bold" fill="${hue(color, false)}">${LOST}</text>`;
}

/** Lines between neighbours that are both there. */
function joined({ x: at, isLog }: Chart, values: readonly (number | null)[], x: Scale, y: Scale): string {
  let isOn = false;
  let d = '';
  for (let i = 0; i < at.length; i++) {
    const value = values[i] ?? null;
    if (value === null || !Number.isFinite(value) || (isLog && value <= 0)) isOn = false;
    else {
      d += `${isOn ? 'L' : 'M'}${fixed(x(at[i]!))} ${fixed(y(value))}`;
      isOn = true;
    }
  }
  return d;
}

function band({ x: at, isLog }: Chart, { low, high, color }: Line, x: Scale, y: Scale): string {
  if (!low || !high) return '';
  const there = at.flatMap((_, i) => {
    const [a, b] = [low[i] ?? null, high[i] ?? null];
    return a === null || b === null || (isLog && b <= 0) ? [] : [i];
  });
  if (there.length < 2) return '';
  const up = there.map((i) => `${fixed(x(at[i]!))} ${fixed(y(high[i]!))}`);
  const down = there.toReversed().map((i) => `${fixed(x(at[i]!))} ${fixed(y(low[i]!))}`);
  return `<path d="M${[...up, ...down].join('L')}Z" fill="${hue(color, false)}" opacity=".18"/>`;
}

function legend(lines: readonly Line[]): string {
  return lines
    .map(({ label, color, note }, i) => {
      const left = FRAME.left + (i % 2) * 320;
      const top = HEIGHT + LEGEND * Math.floor(i / 2);
      const mark = `<path d="M${left} ${top - 4}h24" stroke="${hue(color, false)}" stroke-width="2" stroke-dasharray="${dash(color).join(' ')}"/>`;
      return `${mark}<text x="${left + 30}" y="${top}">${escape(short(note ? `${label}: ${note}` : label))}</text>`;
    })
    .join('\n');
}

const short = (text: string): string => (text.length > 48 ? `${text.slice(0, 47)}…` : text);

const fixed = (value: number): string => value.toFixed(1);

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
