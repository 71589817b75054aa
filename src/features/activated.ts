/**
 * phi_t = [f(s_t); x_t where asked for; 1]: an output non-linearity that no step of the cell reads, f = tanh or relu,
 * as the linear units of Elelimy et al. 2024 have it. dphi/ds = f'(s).
 */
import { z } from 'zod';
import { ACTIVATIONS, POINTWISE } from '../activations.ts';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Features, FeaturesNeeds } from '../types.ts';

const options = z.strictObject({
  activation: z.enum(['tanh', 'relu']).default('tanh').describe('f'),
  bias: z.boolean().default(true).describe('append the constant 1'),
  observation: z.boolean().default(false).describe('append x_t'),
});

export default definePart<z.infer<typeof options>, FeaturesNeeds, Features>({
  cite: 'elelimy2024real',
  summary: 'a pointwise non-linearity of the state, bias, optional observation',
  options,
  create({ activation, bias, observation }, _rng, { outputSize: n, observationSize: m }) {
    const direct = observation ? m : 0;
    const f = POINTWISE[activation];
    const slope = new Float64Array(n); // f'(s_t) [outputs]
    return {
      ...named({}, () => undefined),
      kernel: { normalised: null, activation: ACTIVATIONS.indexOf(activation), bias, observation },
      size: n + direct + (bias ? 1 : 0),
      ...(bias ? { constant: n + direct } : {}),
      macsPerStep: n,
      pullMacs: n,
      step(output, x, phi) {
        for (let i = 0; i < n; i++) {
          phi[i] = f.of(output[i]!);
          slope[i] = f.slope(phi[i]!);
        }
        for (let j = 0; j < direct; j++) phi[n + j] = x[j]!;
        if (bias) phi[n + direct] = 1;
      },
      pull(dPhi, dOutput) {
        for (let i = 0; i < n; i++) dOutput[i] = dPhi[i]! * slope[i]!;
      },
    };
  },
});
