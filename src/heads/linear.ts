/** One linear prediction per question: linear-head.ts. */
import { z } from 'zod';
import { linearHead } from '../linear-head.ts';
import { definePart } from '../part.ts';
import type { Head, HeadNeeds } from '../types.ts';

export default definePart<Record<string, never>, HeadNeeds, Head>({
  cite: 'sutton2018reinforcement',
  summary: 'one linear prediction per question; weights start at 0',
  options: z.strictObject({}),
  create: (_options, _rng, { size, outputs }) => ({ ...linearHead(size, outputs), kernel: { kind: 'linear' } }),
});
