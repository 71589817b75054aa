import { z } from 'zod';
import { count, range } from './options.ts';
import { countHalfPatterns } from './patterns.ts';

/** The options that both patterning tasks have; each adds its ISI. */
export const patternOptions = {
  iti: range(80, 120, 'steps from US onset to the next cue onset, [lowest, highest]'),
  cues: count(6, 2, 16, 'number of cues n'),
  patterns: count(10, 1, 20_000, 'how many of the floor(n/2)-of-n patterns announce the US'),
  distractors: count(10, 0, 30, 'number of distractors: fair bits that come on with the cues'),
  csLength: count(4, 1, 1000, 'steps that a cue stays on'),
  usLength: count(2, 1, 1000, 'steps that the US stays on'),
  distractorLength: count(4, 1, 1000, 'steps that a distractor stays on'),
};

export function noise(standard: number) {
  return z
    .number()
    .min(0)
    .max(1)
    .default(standard)
    .describe('probability that the US does the opposite of what the pattern says');
}

/** A refinement for an options object: there are only so many half patterns. */
export function enoughPatterns({ cues, patterns }: { cues: number; patterns: number }): boolean {
  return patterns <= countHalfPatterns(cues);
}
export const tooManyPatterns = {
  path: ['patterns'],
  message: 'there are only C(n, floor(n/2)) half patterns of n cues, 20 of 6',
};
