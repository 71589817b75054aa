import { describe, expect, it } from 'vitest';
import { shrink } from '../../src/plan/shrink.ts';
import { smallAgent } from '../support/learners.ts';

describe('shrink', () => {
  it('makes units and columns fewer and leaves everything else', () => {
    const agent = smallAgent({ cell: { id: 'gru', units: 100, density: 0.5 } });
    expect(shrink(agent, 0.25)).toEqual({ ...agent, cell: { id: 'gru', units: 25, density: 0.5 } });
    expect(shrink(smallAgent({ cell: { id: 'lstm-columns', columns: 9 } }), 0.01)!.cell['columns']).toBe(2);
  });

  it('reaches the layers of a stack', () => {
    const layers = [
      { id: 'gru', units: 8 },
      { id: 'lstm', units: 4 },
    ];
    const { cell } = shrink(smallAgent({ cell: { id: 'stack', layers } }), 0.5)!;
    expect(cell['layers']).toEqual([
      { id: 'gru', units: 4 },
      { id: 'lstm', units: 2 },
    ]);
  });

  it('knows a cell without a size', () => {
    expect(shrink(smallAgent({ cell: { id: 'none' } }), 0.5)).toBeNull();
  });
});
