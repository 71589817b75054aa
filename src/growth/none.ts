/** The structure never changes. */
import { z } from 'zod';
import { definePart } from '../part.ts';
import type { Growth } from '../types.ts';

export default definePart<Record<string, never>, unknown, Growth>({
  cite: 'javed2021columnar',
  summary: 'a fixed structure',
  options: z.strictObject({}),
  create: () => ({ step: () => null }),
});
