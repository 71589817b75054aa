/** The state is not learned: J = 0, theta stays as it was drawn. The echo-state control (Jaeger 2001). */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'jaeger2001echo',
  summary: 'no learning of the state: a fixed random net',
  options: z.strictObject({}),
  create: () => ({
    ...named({}, () => undefined),
    needs: [],
    kernel: { kind: 'still' },
    exactOn: (rows) => rows.source.length === 0,
    cost: { entries: 0, macsPerStep: 0 },
    update: () => undefined,
    pull: () => undefined,
    restart: () => undefined,
  }),
});
