/**
 * Trace baseline: fixed microstimuli (Ludvig, Sutton & Kehoe 2012) under linear TD(lambda), as in Rafiee et al. 2023.
 * Knows how long ago every single signal came on; a linear read-out of that cannot tell patterns, but what each cue bit
 * is worth alone takes it a little below the floor of a predictor that knows the time and no bit.
 *
 * 16 Gaussians per signal, sigma .08, with observation and bias, as published. Trace decay .9025 = (1 - 1/20)^2, the
 * published formula (1 - 1/ISI)^2 for the ISI of 20 in CCN trace patterning; for an ISI of 10 it says .81, which is
 * worse here on that problem too.
 * RMSprop with alpha 1e-4, the best of 1e-3, 3e-4, 1e-4, 3e-5 and better than plain TD(lambda) at .1, .01, .003;
 * lambda .99 (.9, as published with Adam, is as good), decay .9999 and nu_0 1e-4 as in columnar-td.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'fixed microstimulus traces, linear TD(lambda), RMSprop',
  cite: 'rafiee2023eyeblinks',
  cell: { id: 'microstimuli', stimuli: 16, decay: 0.9025, sigma: 0.08 },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: true, observation: true },
  rule: { id: 'rmsprop', alpha: 1e-4, lambda: 0.99, decay: 0.9999, start: 1e-4 },
});
