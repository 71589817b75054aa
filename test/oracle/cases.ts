/**
 * The cells that conformance tests walk: every file of src/cells/ with its defaults, and more option sets where this
 * table knows some. A new cell needs no entry here.
 */
import { listParts } from '../../src/registry.ts';

export interface CellCase {
  readonly id: string;
  readonly options: object;
  readonly label: string;
}

const MORE: Readonly<Record<string, readonly object[]>> = {
  tanh: [
    { units: 10, leak: 0.5, density: 0.3 },
    { units: 5, leak: 0.7 },
  ],
  gru: [{ units: 8, density: 0.3 }],
  lstm: [{ units: 7, density: 0.3 }],
  'lstm-columns': [{ columns: 4, scale: 1, forgetBias: 1 }],
  'deep-columns': [{ lateral: 0.15 }, { columns: 4, features: 2, lateral: 1, gate: 'convex' }],
};

export function cellCases(): CellCase[] {
  return listParts('cells').flatMap((id) =>
    [{}, ...(MORE[id] ?? [])].map((options) => ({ id, options, label: `${id} ${JSON.stringify(options)}` })),
  );
}
