/**
 * Noisy patterning (Rafiee et al. 2023, arXiv 2011.04590): delay conditioning on patterns. The US comes the moment the
 * cues go off (ISI = CS length = 4, no gap to bridge), and does the opposite of what the pattern says with probability
 * `noise`. Definition, layout and draws: conditioning/patterning.ts. Discount .75 at the standard length.
 * Floors: exact, for the continuing return (conditioning/floors.ts); only `ideal` depends on the noise.
 */
import { z } from 'zod';
import { enoughPatterns, noise, patternOptions, tooManyPatterns } from '../conditioning/pattern-options.ts';
import { Patterning } from '../conditioning/patterning.ts';
import { defineEnv } from '../part.ts';

const options = z.strictObject({ ...patternOptions, noise: noise(0.1) }).refine(enoughPatterns, tooManyPatterns);

export default defineEnv({
  cite: 'rafiee2023eyeblinks',
  summary: 'a pattern of cues tells, with noise and without a gap, whether the US comes',
  options,
  create: (chosen) => new Patterning('noisy-patterning', { ...chosen, isi: [chosen.csLength, chosen.csLength] }),
});
