/**
 * phi_t = [(s_t - mu) / sqrt(var); x_t as the cell got it, where asked for; 1]: the state's readout normalised online
 * (normaliser.ts), so that one step size suits all features. dphi/ds = 1 / sqrt(var): statistics are constants for the
 * gradient.
 */
import { z } from 'zod';
import { normaliser } from '../normaliser.ts';
import { definePart } from '../part.ts';
import type { Features, FeaturesNeeds } from '../types.ts';

const options = z.strictObject({
  rate: z
    .number()
    .gt(0)
    .max(1)
    .nullable()
    .default(0.99999)
    .describe('beta of the running mean and variance; 1 = off; null = those of all that was seen'),
  floor: z.number().gt(0).default(0.01).describe('least variance; unused where rate is null'),
  bias: z.boolean().default(true).describe('append the constant 1'),
  observation: z.boolean().default(false).describe('append x_t'),
});

export default definePart<z.infer<typeof options>, FeaturesNeeds, Features>({
  cite: 'javed2023scalable',
  summary: 'state normalised online by running mean and variance, bias, optional observation',
  options,
  create({ rate, floor, bias, observation }, _rng, { outputSize: n, observationSize: m }) {
    const statistics = normaliser(n, { rate, floor });
    const { scale, kernel, noKernel, arrays, read, write, reset, freeze, restart } = statistics;
    const direct = observation ? m : 0;
    return {
      arrays,
      read,
      write,
      reset,
      freeze,
      restart,
      ...(bias ? { constant: n + direct } : {}),
      ...(kernel ? { kernel: { normalised: kernel, bias, observation } } : { noKernel: noKernel! }),
      size: n + direct + (bias ? 1 : 0),
      macsPerStep: statistics.macsPerStep + n,
      pullMacs: n,
      step(output, x, phi, learn) {
        statistics.step(output, phi, learn);
        for (let j = 0; j < direct; j++) phi[n + j] = x[j]!;
        if (bias) phi[n + direct] = 1;
      },
      pull(dPhi, dOutput) {
        for (let i = 0; i < n; i++) dOutput[i] = dPhi[i]! * scale[i]!;
      },
    };
  },
});
