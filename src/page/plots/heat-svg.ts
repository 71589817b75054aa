/** A heat map as an SVG of rectangles. */
import type { Heat } from './heat-map.tsx';
import { rangeOf, shareIn } from './heat-range.ts';
import { heat } from './palette.ts';
import { escape } from './svg-of.ts';

const WIDTH = 720;

export function heatSvg({ rows, title, isByRow }: Heat): string {
  const columns = rows[0]?.length ?? 1;
  const high = Math.max(4, Math.min(16, 360 / Math.max(1, rows.length)));
  const wide = WIDTH / columns;
  const whole = rangeOf(rows);
  const cells = rows.flatMap((row, r) => {
    const share = shareIn(isByRow ? rangeOf([row]) : whole);
    return row.map((value, c) => {
      const color = heat(share(value)).join(',');
      return `<rect x="${(c * wide).toFixed(2)}" y="${(30 + r * high).toFixed(2)}" width="${(wide + 0.05).toFixed(2)}" height="${high.toFixed(2)}" fill="rgb(${color})"/>`;
    });
  });
  const height = 30 + rows.length * high;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" shape-rendering="crispEdges" font-family="system-ui, sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/><text y="18">${escape(title)}</text>${cells.join('')}</svg>`;
}
