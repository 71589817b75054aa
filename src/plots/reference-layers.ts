import type { TopLevelSpec } from 'vega-lite';
import { referenceColor } from './palette.ts';
import type { PlacedLabel } from './reference-labels.ts';

export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** A dashed rule across the plot for every reference and its name on it, haloed in white against the curves. */
export function referenceLayers(labels: readonly PlacedLabel[]): Layers {
  if (labels.length === 0) return [];
  const y = { field: 'value', type: 'quantitative' } as const;
  const names = labels.flatMap(({ name, value, right, above }): Layers => {
    const data = { values: [{ name, value }] };
    const encoding = { text: { field: 'name' }, x: { value: right }, y } as const;
    const baseline = above ? 'bottom' : 'top';
    const place = { type: 'text', align: 'right', baseline, fontSize: 11, dy: above ? -2 : 4 } as const;
    return [
      { data, encoding, mark: { ...place, color: 'white', stroke: 'white', strokeWidth: 4, strokeJoin: 'round' } },
      { data, encoding, mark: { ...place, color: referenceColor } },
    ];
  });
  return [
    {
      data: { values: labels.map(({ name, value }) => ({ name, value })) },
      mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.2, color: referenceColor },
      encoding: { y, x: { value: 0 }, x2: { value: 'width' } },
    },
    ...names,
  ];
}
