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
    { units: 6, leak: 0.5, spectralRadius: 0.9 },
  ],
  gru: [
    { units: 8, density: 0.3 },
    { units: 8, density: 0.3, mask: 'shared' },
  ],
  'gru-reset-before': [
    { units: 8, density: 0.3, updateBias: -1 },
    { units: 8, density: 0.2, mask: 'shared' },
  ],
  lstm: [
    { units: 7, density: 0.3 },
    { units: 7, density: 0.3, mask: 'shared' },
  ],
  elstm: [{ units: 5, density: 0.5, mask: 'shared', forgetBias: 1, gain: 2 }],
  rhn: [
    { units: 8, density: 0.3, forgetBias: 1 },
    { units: 8, density: 0.3, mask: 'shared' },
  ],
  ctrnn: [
    { units: 9, density: 0.3, tauMin: 1, tauMax: 1 },
    { units: 7, density: 0.5, learnTau: true, tauMin: 1.5, tauMax: 8 },
  ],
  'lstm-columns': [{ columns: 4, scale: 1, forgetBias: 1 }],
  'staged-columns': [
    { columns: 4, perStage: 1, scale: 0.5 },
    { columns: 5, perStage: 2, scale: 0.5, normalise: {} },
  ],
  lru: [{ units: 5, rMin: 0.9, rMax: 0.99, maxPhase: 0.3 }],
  rtu: [{ activation: 'tanh' }, { units: 5, activation: 'relu', rMin: 0.5 }],
  'deep-columns': [
    { lateral: 0.15 },
    { columns: 4, features: 2, lateral: 1, gate: 'convex' },
    { columns: 2, features: 4, lateral: 0.6, gate: 'accumulator' },
    { columns: 2, features: 1, lateral: 1, gate: 'feed-forward' },
  ],
};

/** No file of their own: cells on top of each other. */
const STACKS: readonly object[] = [
  {
    layers: [
      { id: 'gru', units: 4 },
      { id: 'lstm', units: 3 },
    ],
  },
  {
    layers: [
      { id: 'tanh-columns', columns: 4 },
      { id: 'tanh-columns', columns: 3 },
    ],
    delayed: true,
    heads: 'all',
  },
  {
    layers: [
      { id: 'tanh', units: 3, leak: 0.5 },
      { id: 'deep-columns', columns: 3, features: 2, lateral: 0.5, gate: 'convex' },
      { id: 'lstm-columns', columns: 3, scale: 0.5 },
    ],
    skip: true,
    heads: 'all',
  },
  {
    layers: [
      {
        id: 'stack',
        layers: [
          { id: 'elstm', units: 3 },
          { id: 'tanh', units: 3, leak: 0.5 },
        ],
      },
      { id: 'gru', units: 3 },
    ],
  },
];

export function cellCases(): CellCase[] {
  const cases = (id: string, all: readonly object[]): CellCase[] =>
    all.map((options) => ({ id, options, label: `${id} ${JSON.stringify(options)}` }));
  return [...listParts('cells').flatMap((id) => cases(id, [{}, ...(MORE[id] ?? [])])), ...cases('stack', STACKS)];
}
