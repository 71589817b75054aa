/** Rows of numbers over time as colours, one pixel each, stretched to their place: unit states, traces. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { showNumber } from '../parts/show.ts';
import { Downloads } from './downloads.tsx';
import { heatSvg } from './heat-svg.ts';
import { paint } from './heat-pixels.ts';
import { rangeOf } from './heat-range.ts';
import { useWhileSeen } from './use-while-seen.ts';

export interface Heat {
  readonly name: string;
  readonly title: string;
  readonly note?: string; // what there is to see, in a sentence or two
  readonly from: number; // first step
  readonly stride: number; // steps from one column to the next
  readonly rows: readonly (readonly number[])[]; // [row][column]
  readonly rowName: string; // unit
  readonly columnName?: string; // steps, if not said
  readonly isByRow?: boolean; // every row from its own least to its own greatest number
}

export function HeatMap({ map: latest }: { readonly map: Heat }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useWhileSeen(latest, canvas);
  const columns = map.rows[0]?.length ?? 0;
  const { columnName = 'steps' } = map;
  const [least, most] = useMemo(() => rangeOf(map.rows), [map]);
  useLayoutEffect(() => {
    if (columns === 0) return;
    const target = canvas.current!;
    if (target.width !== columns) target.width = columns;
    if (target.height !== map.rows.length) target.height = map.rows.length;
    const context = target.getContext('2d')!;
    const image = context.createImageData(columns, map.rows.length);
    paint(image.data, map, [least, most]);
    context.putImageData(image, 0, 0);
  }, [map]);
  return (
    <figure class="plot">
      <figcaption>
        <span class="plot-title">{map.title}</span>
        <Downloads name={map.name} svg={() => heatSvg(map)} csv={() => csvOf(map)} />
      </figcaption>
      {map.note !== undefined && <p class="plot-note">{map.note}</p>}
      <canvas
        ref={canvas}
        class="heat"
        role="img"
        aria-label={`${map.title}: ${map.rows.length} rows, ${columns} ${columnName}, from ${showNumber(least)} to ${showNumber(most)}`}
      />
      <p class="faint heat-scale">
        {map.isByRow ? 'least' : showNumber(least)} <span class="heat-bar" aria-hidden="true" />{' '}
        {map.isByRow ? 'greatest of the row' : showNumber(most)}; one row per {map.rowName}, {columnName}{' '}
        {showNumber(map.from)} to {showNumber(map.from + map.stride * Math.max(0, columns - 1))}
      </p>
    </figure>
  );
}

function csvOf({ rows, from, stride, rowName, columnName = 'step' }: Heat): string {
  const head = [columnName, ...rows.map((_, r) => `${rowName} ${r}`)].join(',');
  const lines = (rows[0] ?? []).map((_, c) => [from + stride * c, ...rows.map((row) => row[c])].join(','));
  return [head, ...lines, ''].join('\r\n');
}
