/** Every form of the .POMDP format, and the line that every mistake gives. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../../errors.ts';
import { parsePomdp } from '../../pomdp/parse.ts';

const head = `discount: 0.9 # a comment
values: reward
states: a b c
actions: go stay
observations: 2
`;
const tables = `T: * identity
O: * uniform
`;
const row = (table: Float64Array, at: number, n: number): number[] => [...table.subarray(at * n, (at + 1) * n)];

describe('parsePomdp', () => {
  test('reads lists by count and by name, and comments', () => {
    const model = parsePomdp(head + tables);
    expect(model.discount).toBe(0.9);
    expect([model.states, model.actions, model.observations]).toEqual([
      ['a', 'b', 'c'],
      ['go', 'stay'],
      ['0', '1'],
    ]);
  });

  test.each([
    ['', [1 / 3, 1 / 3, 1 / 3]],
    ['start: uniform', [1 / 3, 1 / 3, 1 / 3]],
    ['start: 0.25 0.25\n 0.5', [0.25, 0.25, 0.5]],
    ['start: b', [0, 1, 0]],
    ['start: 2', [0, 0, 1]],
    ['start include: a 2', [0.5, 0, 0.5]],
    ['start exclude: a', [0, 0.5, 0.5]],
  ])('reads the start %j', (text, expected) => {
    expect([...parsePomdp(`${head}${text}\n${tables}`).start]).toEqual(expected);
  });

  test('reads T as a matrix, a row, an entry, identity, uniform and reset; later statements win', () => {
    const { transition } = parsePomdp(`${head}start: c
      T: go
      0 1 0
      0 0 1
      0.5 0.5 0
      T: stay uniform
      T: stay : b reset
      T : * : a : * 0
      T: *:a:c 1.0
      T: stay : 2
      1 0
      0
      O: * uniform`);
    const rows = [0, 1, 2, 3, 4, 5].map((at) => row(transition, at, 3));
    expect(rows).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [0.5, 0.5, 0],
      [0, 0, 1],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(row(parsePomdp(`${head}T: * uniform\nO: * uniform`).transition, 3, 3)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test('reads O by the state that was entered', () => {
    const { observation } = parsePomdp(
      `${head}T: * identity\nO: *\n1 0\n0 1\n.5 .5\nO: stay : b : * 0.5\nO: go : c uniform`,
    );
    const rows = [0, 1, 2, 3, 4, 5].map((at) => row(observation, at, 2));
    expect(rows).toEqual([
      [1, 0],
      [0, 1],
      [0.5, 0.5],
      [1, 0],
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  test('reads R as an entry, a row and a matrix; a wildcard covers all, the last statement counts', () => {
    const model = parsePomdp(`${head}${tables}
      R: * : * : * : * -1
      R: go : a : b : 1 5
      R: go : b : c
      2 3
      R: stay : c
      1 2
      3 4
      5 6
      R: * : c : a : 0 9`);
    const { reward } = model;
    expect([reward(0, 0, 1, 1), reward(0, 0, 1, 0), reward(0, 1, 2, 0), reward(0, 1, 2, 1)]).toEqual([5, -1, 2, 3]);
    expect([reward(1, 2, 0, 0), reward(1, 2, 0, 1), reward(1, 2, 2, 0), reward(0, 2, 0, 0)]).toEqual([9, 2, 5, 9]);
    const costs = parsePomdp(`${head.replace('reward', 'cost')}${tables}R: go : a : b : 1 5`);
    expect(costs.reward(0, 0, 1, 1)).toBe(-5);
  });

  test('makes rows that were written with few digits sum to 1', () => {
    const { transition } = parsePomdp(`${head}T: *\n0.33333 0.33333 0.33333\n1 0 0\n0 1 0\nO: * uniform`);
    expect(row(transition, 0, 3)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test.each([
    ['an unknown name', `${head}T: fly identity`, 'line 6: there is no action "fly", known: go, stay'],
    ['a near name', `${head}T: go : a : B 1`, 'line 6: there is no state "B", did you mean "b"?'],
    ['a number out of range', `${head}T: 2 identity`, 'line 6: there is no action "2"'],
    [
      'a row too short',
      `${head}T: go : a\n0.5 0.5\nO: * uniform`,
      'line 8: number 3 of 3 of a row of T is wanted, got O',
    ],
    [
      'a row that is no distribution',
      `${head}T: * identity\nT: go : b\n0.5 0.4 0\nO: * uniform`,
      'line 7: the row T: go : b sums to 0.9',
    ],
    [
      'a negative probability',
      `${head}T: * identity\nO: * : a\n-1 2\n`,
      'line 7: the row O: go : a sums to 1, or has a negative entry',
    ],
    ['a row that is missing', `${head}T: go identity\nO: * uniform`, 'the row T: stay : a is missing'],
    ['words where numbers are wanted', `${head}T: go : a : b much`, 'line 6: a probability is wanted, got much'],
    ['a missing colon', `${head}R: go a`, 'line 6: a colon is wanted, got a'],
    [
      'a start that is no distribution',
      `${head}start: 0.5 0.1 0.1\n${tables}`,
      'line 6: the start probabilities sum to 0.7',
    ],
    ['a start before the states', 'start: uniform', 'line 1: start comes after the states'],
    ['no discount', head.replace(/discount.*/, '') + tables, 'the discount is missing'],
    ['a discount above 1', `discount: 2\n`, 'line 1: the discount 2 is not in [0, 1]'],
    ['no observations', head.replace(/observations.*/, '') + tables, 'line 6: the observations are missing'],
    ['values of another kind', 'values: profit', 'line 1: values are reward or cost, got profit'],
    ['a name that is there twice', 'states: a b a', 'line 1: states: "a" is there twice'],
    ['something else', `${head}hello`, 'line 5: observations: 2 is no name'],
    [
      'a start after the reset that it fills',
      `${head}T: * reset\nstart: a\nO: * uniform`,
      'line 7: start comes before the first reset, which it fills: that is in line 6',
    ],
    ['a second discount', `${head}discount: 0.5\n${tables}`, 'line 6: discount is there twice, first in line 1'],
    ['a second kind of values', `${head}values: cost\n${tables}`, 'line 6: values is there twice, first in line 2'],
    ['a second list', `${head}states: a b\n${tables}`, 'line 6: states is there twice, first in line 3'],
    [
      'a second start',
      `${head}start: a\nstart include: a b\n${tables}`,
      'line 7: start is there twice, first in line 6',
    ],
    [
      'more states than can be listed',
      head.replace('states: a b c', 'states: 1000000000'),
      'line 3: states: 1000000000 are too many, 1000000 is the most',
    ],
    [
      'tables that fit no memory',
      head.replace('states: a b c', 'states: 100000') + tables,
      'line 6: 2 actions, 100000 states and 2 observations make tables of 20000400000 entries, 50000000 is the most',
    ],
    ['a text that ends', `${head}T: go : a`, 'line 6: the text ends where number 1 of 3 of a row of T is wanted'],
  ])('answers %s in one line', (_, text, message) => {
    let said = '';
    try {
      parsePomdp(text, 'x.POMDP');
    } catch (error) {
      said = String((error as Error).message);
    }
    expect(said).toContain('Cannot read x.POMDP: line ');
    expect(said).toContain(message);
    expect(said).not.toContain('\n');
  });

  test('fills a reset with the start that stands before it', () => {
    const { transition } = parsePomdp(`${head}start: c\nT: * reset\nO: * uniform`);
    expect(row(transition, 4, 3)).toEqual([0, 0, 1]);
    // After tables that use none, a start may still come.
    expect([...parsePomdp(`${head}${tables}start: b`).start]).toEqual([0, 1, 0]);
  });

  test('answers what is no text in one line', () => {
    for (const junk of [null, undefined, 7, {}]) {
      expect(() => parsePomdp(junk as unknown as string)).toThrow(EnvError);
      expect(() => parsePomdp(junk as unknown as string)).toThrow('Cannot read the POMDP: its text is ');
    }
  });

  test('reads a hundred thousand names in no time', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `s${i}`).join(' ');
    const start = performance.now();
    expect(() => parsePomdp(`states: ${names} s7`)).toThrow('states: "s7" is there twice');
    expect(performance.now() - start).toBeLessThan(3000); // every name against every other would take a minute
  });

  test('normalises a start of few digits', () => {
    const { start } = parsePomdp(`${head}start: 0.33333 0.33333 0.33333\n${tables}`);
    expect([...start]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});
