/** Linear predictions (Sutton & Barto 2018, section 9.4): v_k = w_k . phi, dv_k/dphi = w_k, dv_k/dw_k = phi. */
import { named } from './stateful.ts';
import type { Head } from './types.ts';

export function linearHead(size: number, outputs: number): Head {
  const weights = new Float64Array(outputs * size); // [outputs x features] row-major
  return {
    ...named({ weights }, () => undefined),
    outputs,
    weights,
    linear: true,
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
    descend(error, phi, dPhi, out) {
      for (let k = 0; k < outputs; k++) {
        const e = error[k]!;
        if (e === 0) continue;
        const row = k * size;
        for (let i = 0; i < size; i++) {
          dPhi[i]! += e * weights[row + i]!;
          out[row + i]! += e * phi[i]!;
        }
      }
    },
  };
}
