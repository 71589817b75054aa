/** phi_t = [s_t; x_t where asked for; 1]: the state's readout as it is. dphi/ds = 1. */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Features, FeaturesNeeds } from '../types.ts';

const options = z.strictObject({
  bias: z.boolean().default(true).describe('append the constant 1'),
  observation: z.boolean().default(false).describe('append x_t'),
});

export default definePart<z.infer<typeof options>, FeaturesNeeds, Features>({
  cite: 'sutton2018reinforcement',
  summary: 'the state as it is, bias, optional observation',
  options,
  create({ bias, observation }, _rng, { outputSize: n, observationSize: m }) {
    const direct = observation ? m : 0;
    return {
      ...named({}, () => undefined),
      kernel: { normalised: null, bias, observation },
      size: n + direct + (bias ? 1 : 0),
      ...(bias ? { constant: n + direct } : {}),
      macsPerStep: 0,
      step(output, x, phi) {
        for (let i = 0; i < n; i++) phi[i] = output[i]!;
        for (let j = 0; j < direct; j++) phi[n + j] = x[j]!;
        if (bias) phi[n + direct] = 1;
      },
      pull(dPhi, dOutput) {
        for (let i = 0; i < n; i++) dOutput[i] = dPhi[i]!;
      },
    };
  },
});
