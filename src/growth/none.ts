/** The structure never changes. */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Growth, GrowthNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

export default definePart<Record<string, never>, GrowthNeeds, Growth>({
  cite: 'javed2021columnar',
  summary: 'a fixed structure',
  options: z.strictObject({}),
  create(_options, _rng, { cell }) {
    if (cell.stages?.normalised) {
      throw new UserError(
        'Cannot normalise the inputs of stages: their statistics move with a stage that grows; set growth to constructive, or normalise to null',
      );
    }
    return { ...named({}, () => undefined), macsPerStep: 0, kernel: { kind: 'none' }, step: () => undefined };
  },
});
