/** Linear prediction (Sutton & Barto 2018, section 9.4): v_k = w_k . phi, dv_k/dphi = w_k, dv_k/dw_k = phi. */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Head, HeadNeeds } from '../types.ts';

export default definePart<Record<string, never>, HeadNeeds, Head>({
  cite: 'sutton2018reinforcement',
  summary: 'one linear prediction per question; weights start at 0',
  options: z.strictObject({}),
  create(_options, _rng, { size, outputs }) {
    const weights = new Float64Array(outputs * size); // [outputs x features] row-major
    return {
      ...named({ weights }, () => undefined),
      outputs,
      weights,
      linear: true,
      kernel: { kind: 'linear' },
      predict(phi, v) {
        for (let k = 0; k < outputs; k++) {
          let total = 0;
          for (let i = 0; i < size; i++) total += weights[k * size + i]! * phi[i]!;
          v[k] = total;
        }
      },
      gradient(k, dPhi) {
        for (let i = 0; i < size; i++) dPhi[i] = weights[k * size + i]!;
      },
      weightGradient(k, phi, out) {
        for (let i = 0; i < size; i++) out[k * size + i]! += phi[i]!;
      },
    };
  },
});
