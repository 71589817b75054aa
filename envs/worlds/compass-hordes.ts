/**
 * The published sets of questions of the compass world (the code of Schlegel et al., JAIR 2021), colour by colour.
 * "leap" goes forward until a colour is in sight: at least one step, discount 1.
 *   forward     [5]    leap: is it this colour?
 *   gammas      [100]  the same at discounts 0, .05, .., .95: gamma^(steps - 1)
 *   rafols      [40]   after one step forward, left, right: is it this colour? leap; left, leap; right, leap;
 *                      leap, left, leap; leap, right, leap: the TD network of Rafols et al., whose answers are 0 or 1
 *   rafols-sum  [40]   the same as that code has it: its last two add up the answer to "left (right), leap" at every step
 *                      of their first leap, where the network asks for it at the end
 */
import type { Question } from './questions.ts';

export const colours = ['orange', 'yellow', 'red', 'blue', 'green', 'white'] as const;
const white = 5;
const [left, right, forward] = [0, 1, 2] as const;

const hordes = {
  forward: () => eachColour((colour) => [leap(colour, 1)]),
  gammas: () => eachColour((colour) => Array.from({ length: 20 }, (_, i) => leap(colour, i / 20))),
  rafols: () => eachColour((colour) => rafols(colour, true)),
  'rafols-sum': () => eachColour((colour) => rafols(colour, false)),
};
export type CompassHorde = keyof typeof hordes;
export const compassHordes = Object.keys(hordes) as CompassHorde[];

export function compassQuestions(horde: CompassHorde): Question[] {
  return hordes[horde]();
}

function eachColour(questions: (colour: number) => Question[]): Question[] {
  return [0, 1, 2, 3, 4].flatMap(questions);
}

const never = (): boolean => false;
const atColour = (seen: Float64Array): boolean => seen[white] === 0;

function leap(colour: number, discount: number): Question {
  const name = `${colours[colour]!} by leap${discount < 1 ? ` at ${discount}` : ''}`;
  return { name, action: forward, discount, ends: atColour, cumulant: (seen) => seen[colour]! };
}

function step(colour: number, action: number, name: string): Question {
  return {
    name: `${colours[colour]!} by ${name}`,
    action,
    discount: 0,
    ends: never,
    cumulant: (seen) => seen[colour]!,
  };
}

/** Asks for the answer to question `i` after one step. */
function then(colour: number, action: number, i: number, name: string): Question {
  return {
    name: `${colours[colour]!} by ${name}`,
    action,
    discount: 0,
    ends: never,
    cumulant: (_, answers) => answers[i]!,
  };
}

/** Asks for the answer to question `i` after a leap, or for the sum of those on its way. */
function afterLeap(colour: number, i: number, atEnd: boolean, name: string): Question {
  return {
    name: `${colours[colour]!} by ${name}`,
    action: forward,
    discount: 1,
    ends: atColour,
    cumulant: (seen, answers) => (!atEnd || atColour(seen) ? answers[i]! : 0),
  };
}

function rafols(colour: number, atEnd: boolean): Question[] {
  const first = 8 * colour;
  return [
    step(colour, forward, 'forward'),
    step(colour, left, 'left'),
    step(colour, right, 'right'),
    leap(colour, 1),
    then(colour, left, first + 3, 'left, leap'),
    then(colour, right, first + 3, 'right, leap'),
    afterLeap(colour, first + 4, atEnd, 'leap, left, leap'),
    afterLeap(colour, first + 5, atEnd, 'leap, right, leap'),
  ];
}
