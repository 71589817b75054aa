/**
 * Trace patterning (Rafiee et al. 2023, arXiv 2011.04590): a pattern of cues, gone before the US, tells whether it
 * comes; needs memory and a nonlinear feature. Definition, layout and draws: conditioning/patterning.ts.
 * Discount: the published table, else 1 - 1/ISI. Floors: exact, for the continuing return (conditioning/floors.ts).
 */
import { z } from 'zod';
import { range } from '../conditioning/options.ts';
import { enoughPatterns, noise, patternOptions, tooManyPatterns } from '../conditioning/pattern-options.ts';
import { Patterning } from '../conditioning/patterning.ts';
import { defineEnv } from '../part.ts';

const options = z
  .strictObject({
    isi: range(7, 13, 'steps from cue onset to US onset, [lowest, highest]; the paper: ISI -/+ floor(ISI / 3)'),
    ...patternOptions,
    noise: noise(0),
  })
  .refine(enoughPatterns, tooManyPatterns);

export default defineEnv({
  cite: 'rafiee2023eyeblinks',
  summary: 'a pattern of cues tells, across a gap, whether the US comes',
  options,
  create: (chosen) => new Patterning('trace-patterning', chosen),
});
