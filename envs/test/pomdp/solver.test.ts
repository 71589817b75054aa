/** The built-in problems have the optimal values that the classic solvers give them. */
import { describe, expect, test } from 'vitest';
import { builtInPomdps, loadPomdp, pomdpText } from '../../pomdp/files.ts';
import { parsePomdp } from '../../pomdp/parse.ts';
import { solvePomdp } from './solver.ts';

/** Values of the start: Allen et al. 2024 (results of their belief solver), tiger: as solvers of the classic file report it. */
const published: [name: string, value: number, beliefs: number, sweeps: number][] = [
  ['tiger', 19.37, 100, 600],
  ['tiger-alt-start', 3.77019, 100, 200],
  ['tmaze5', 2.125764, 60, 100],
  ['cheese.95', 3.57888, 100, 300],
  ['4x3.95', 2.00109, 400, 300],
  ['shuttle.95', 32.88972, 150, 300],
  ['network', 296.2187, 300, 500],
  ['paint.95', 3.2936, 150, 300],
  ['heavenhell', 0.99 ** 10, 100, 100], // to the priest and back, six moves, four to heaven, paid by the next
];

describe('the optimal value of', () => {
  test.each(published)('%s is %f within 1 per cent', (name, value, beliefs, sweeps) => {
    const solved = solvePomdp(loadPomdp(name), { beliefs, sweeps }).value;
    expect(Math.abs(solved / value - 1), String(solved)).toBeLessThan(0.01);
  });

  test('tiger moves when the hearing does', () => {
    const worse = parsePomdp(pomdpText('tiger').replaceAll('0.85', '0.75').replaceAll('0.15', '0.25'));
    expect(solvePomdp(worse, { beliefs: 100, sweeps: 600 }).value).toBeLessThan(15);
  });

  test('every built-in problem is known or said to be unchecked', () => {
    expect(builtInPomdps).toEqual(expect.arrayContaining(published.map(([name]) => name)));
    expect(builtInPomdps.filter((name) => !published.some(([known]) => known === name))).toEqual(['hallway']);
  });
});
