import type { TopLevelSpec } from 'vega-lite';

/**
 * A Vega-Lite specification as SVG text, in plain Node: Vega's string renderer needs no DOM and no canvas. Both packages
 * take a third of a second to load, so that happens at the first picture and not at start-up.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Vega numbers clip paths through the life of the process; the same picture is to be the same bytes.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
