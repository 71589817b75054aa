import type { TopLevelSpec } from 'vega-lite';
import { atomicWrite } from '../results/atomic-write.ts';
import { renderSvg } from './render-svg.ts';

/**
 * Writes `<path>.vl.json`, which opens in any Vega-Lite editor and in Altair, and `<path>.svg`. The specification comes
 * first: it holds the numbers, and is there even if drawing fails.
 */
export async function writePlot(path: string, spec: TopLevelSpec): Promise<{ spec: string; svg: string }> {
  const written = { spec: `${path}.vl.json`, svg: `${path}.svg` };
  atomicWrite(written.spec, `${JSON.stringify(spec, null, 1)}\n`);
  atomicWrite(written.svg, await renderSvg(spec));
  return written;
}
