/** A line chart on the screen: uPlot, as wide as its place, with a legend that names values under the pointer. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useDark } from '../parts/theme.tsx';
import { showNumber } from '../parts/show.ts';
import { type Chart, extent } from './chart.ts';
import { csvOf } from './csv-of.ts';
import { Downloads } from './downloads.tsx';
import { dash, hue } from './palette.ts';
import { svgOf } from './svg-of.ts';
import { useWhileSeen } from './use-while-seen.ts';
import { dataOf, optionsOf, shapeOf } from './uplot-options.ts';

const MANY = 9; // names in a legend that then stand in columns

export interface LinePlotProps {
  readonly chart: Chart;
  readonly height?: number;
}

export function LinePlot({ chart: latest, height = 260 }: LinePlotProps) {
  const dark = useDark();
  const place = useRef<HTMLDivElement>(null);
  const chart = useWhileSeen(latest, place);
  const plot = useRef<uPlot | null>(null);
  const [at, setAt] = useState<number | null>(null); // index under the pointer
  const { shape, data, isEmpty, said } = useMemo(
    () => ({ shape: shapeOf(chart), data: dataOf(chart), isEmpty: extent(chart) === null, said: summary(chart) }),
    [chart],
  );
  // Before the screen is painted, so that lines and legend are of the same moment.
  useLayoutEffect(() => {
    if (isEmpty) return;
    const box = place.current!;
    const options = optionsOf(chart, dark, box.clientWidth || 300, height);
    const made = new uPlot(
      { ...options, hooks: { ...options.hooks, setCursor: [(u) => setAt(u.cursor.idx ?? null)] } },
      data,
      box,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height }));
    resized.observe(box);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, dark, height, isEmpty]);
  useLayoutEffect(() => plot.current?.setData(data), [data]);
  const named = chart.lines.filter(({ isFaint }) => !isFaint);
  return (
    <figure class="plot">
      <figcaption>
        <span class="plot-title">{chart.title}</span>
        <Downloads name={chart.name} svg={() => svgOf(chart)} csv={() => csvOf(chart)} />
      </figcaption>
      {chart.note !== undefined && <p class="plot-note">{chart.note}</p>}
      <div
        ref={place}
        class="plot-place"
        style={{ minHeight: `${height}px` }}
        role="img"
        aria-label={`${chart.title}: ${chart.yTitle} against ${chart.xTitle}. ${said}`}
      >
        {isEmpty && <p class="faint">Nothing to show yet.</p>}
      </div>
      <ul class={named.length > MANY ? 'legend legend-many' : 'legend'}>
        {named.map(({ label, color, y, note }) => (
          <li key={label}>
            <svg width="18" height="6" aria-hidden="true">
              <path d="M0 3h18" stroke={hue(color, dark)} stroke-width="4" stroke-dasharray={dash(color).join(' ')} />
            </svg>
            <span class="legend-label">{label}</span>
            {note && at === null && lastOf(y) === null ? null : (
              <span class="legend-value">{showNumber(at === null ? lastOf(y) : y[at])}</span>
            )}
            {note && <span class="legend-note">{note}</span>}
          </li>
        ))}
        <li class="faint">
          {chart.xTitle} {showNumber(at === null ? chart.x.at(-1) : chart.x[at])}
        </li>
      </ul>
    </figure>
  );
}

const lastOf = (y: readonly (number | null)[]): number | null => y.findLast((value) => value !== null) ?? null;

/** For those who do not see it. */
function summary({ lines }: Chart): string {
  const named = lines.filter(({ isFaint }) => !isFaint).slice(0, 12);
  return named
    .map(({ label, y, note }) => `${label} ends at ${showNumber(lastOf(y))}${note ? `, ${note}` : ''}`)
    .join('; ');
}
