import { describe, expect, test } from 'vitest';
import { markdownTable, textTable } from '../../src/plots/table.ts';
import { UserError } from '../../src/user-error.ts';

const columns = [{ title: 'agent' }, { title: 'error', align: 'right' }] as const;
const rows = [
  ['snap-1', '0.0104'],
  ['a longer name', '12'],
];

describe('textTable', () => {
  test('pads text on the right and numbers on the left, under a rule', () => {
    expect(textTable(columns, rows).split('\n')).toEqual([
      'agent           error',
      '─────────────  ──────',
      'snap-1         0.0104',
      'a longer name      12',
    ]);
  });

  test('leaves no blanks at line ends and no line inside a cell', () => {
    const lines = textTable([{ title: 'a' }, { title: 'b' }], [['one\ntwo', 'x']]).split('\n');
    expect(lines).toEqual(['a        b', '───────  ─', 'one two  x']);
    expect(textTable([{ title: 'wide title' }], [['x']]).split('\n')[2]).toBe('x');
  });

  test('counts code points: a Greek letter and an emoji are one character', () => {
    const [, rule] = textTable([{ title: 'λ😀' }], []).split('\n');
    expect(rule).toBe('──');
    expect('λ😀'.length).not.toBe(2);
  });

  test('prints its header when there are no rows', () => {
    expect(textTable(columns, [])).toBe('agent  error\n─────  ─────');
  });
});

describe('markdownTable', () => {
  test('marks right-aligned columns and aligns its own source', () => {
    expect(markdownTable(columns, rows).split('\n')).toEqual([
      '| agent         |  error |',
      '| ------------- | -----: |',
      '| snap-1        | 0.0104 |',
      '| a longer name |     12 |',
    ]);
  });

  test('escapes bars and back-slashes, which would end a cell', () => {
    expect(
      markdownTable([{ title: 'x' }], [['a|b'], ['c\\|d']])
        .split('\n')
        .slice(2),
    ).toEqual(['| a\\|b   |', '| c\\\\\\|d |']);
  });
});

test('a row of another length is refused', () => {
  expect(() => textTable(columns, [['only one']])).toThrow(UserError);
  expect(() => markdownTable(columns, [['only one']])).toThrow('every row needs 2 cells, got 1');
});
