/** No state at all: heads read the observation alone. The control that shows what memory is worth. */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane } from '../rows.ts';
import type { Cell, CellNeeds } from '../types.ts';

export default definePart<Record<string, never>, CellNeeds, Cell>({
  cite: 'rafiee2023eyeblinks',
  summary: 'no state: the observation alone',
  options: z.strictObject({}),
  create(_options, _rng, { inputSize }) {
    const rows = buildRows({ inputSize, units: 0, components: 1 }, []);
    return {
      inputSize,
      units: 0,
      components: 1,
      params: new Float64Array(0),
      rows,
      readout: new Int32Array(0),
      kernel: { id: 'none', options: [], work: 0 },
      lane: () => createLane(rows, 0),
      begin: (lane) => lane.reset(),
      activate: () => undefined,
      differentiate: () => undefined,
    };
  },
});
