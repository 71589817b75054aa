/** What is known of the playground's worlds beyond what they tell: which input is what, and what a return is worth. */
import type { Choice } from '../agent.ts';

/** Inputs of one meaning: x[from .. to). */
export interface InputGroup {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A level of the learning curve that means something. */
export interface Level {
  readonly label: string;
  readonly value: number;
}

/** In order; [] where nobody knows. */
export function inputGroups({ id, ...options }: Choice): InputGroup[] {
  const number = (name: string, usual: number): number => (typeof options[name] === 'number' ? options[name] : usual);
  switch (id) {
    case 'cycle-world':
      return counted(['the bit', 1], ['no bit', 1]);
    case 'trace-conditioning':
      return counted(['reward', 1], ['cue', 1], ['distractors', number('distractors', 10)]);
    case 'ccn-trace-patterning':
      return counted(['cues', number('cues', 6)], ['reward', 1], ['distractors', number('distractors', 5)]);
    case 'tracking': {
      const relevant = number('relevant', 5);
      return counted(['signal', relevant], ['noise', number('inputs', 20) - relevant]);
    }
    default:
      return [];
  }
}

function counted(...groups: readonly (readonly [name: string, count: number])[]): InputGroup[] {
  let from = 0;
  return groups.map(([name, count]) => ({ name, from, to: (from += count) })).filter(({ from, to }) => to > from);
}

/** Steps before and after the latest reward in which a trial is seen; null: rewards are no events there. */
export function trialOf(id: string): { readonly before: number; readonly after: number } | null {
  const lengths: Readonly<Record<string, number>> = {
    'cycle-world': 24,
    'trace-conditioning': 64,
    'ccn-trace-patterning': 64,
    't-maze': 48,
    own: 48,
  };
  const length = lengths[id];
  return length === undefined ? null : { before: (length * 3) / 4, after: length / 4 };
}

/** Returns of an episode that mean something. */
export function knownReturns({ id, ...options }: Choice): Level[] {
  if (id !== 't-maze') return [];
  const size = typeof options['size'] === 'number' ? options['size'] : 10;
  const [way, mean] = options['rewards'] === 'bumps' ? [0, 1.95] : [-0.1 * (size - 1), 1.5]; // mean of both arms
  return [
    { label: 'best without memory', value: way + mean },
    { label: 'best possible', value: way + 4 },
  ];
}
