/** The language of sweeps, word by word. */
import { describe, expect, it } from 'vitest';
import { sweepOver, type SweepSpec } from '../../../src/experiment/sweep/sweep-over.ts';

/** The values that `alpha` takes. */
const alphas = (alpha: unknown): unknown[] => sweepOver({ alpha }).map((setting) => setting['alpha']);

describe('a tree', () => {
  it('without a list is one setting', () => {
    const tree = { agent: 'columnar-td', env: { id: 'cycle-world' }, steps: 9, learn: false, load: null };
    expect(sweepOver(tree)).toEqual([tree]);
    expect(sweepOver({})).toEqual([{}]);
  });

  it('with lists is nested loops, the last key fastest', () => {
    expect(sweepOver({ a: [1, 2], b: { c: ['x', 'y'], d: 0 }, e: [true, false] })).toEqual(
      [1, 2].flatMap((a) => ['x', 'y'].flatMap((c) => [true, false].map((e) => ({ a, b: { c, d: 0 }, e })))),
    );
  });

  it('has every setting once', () => {
    expect(sweepOver({ a: [1, 2, 1], b: [{ $linear: [0, 1, 3] }, 0.5] })).toHaveLength(6);
    expect(sweepOver({ a: [-0, 0] })).toEqual([{ a: -0 }]); // one spelling, one setting
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(sweepOver({ a: 1, b: undefined })).toEqual([{ a: 1 }]);
  });

  it('gives settings that share nothing', () => {
    const [first, second] = sweepOver<{ isi: number[] }>({ isi: { $value: [14, 26] }, b: [1, 2] });
    first!.isi.push(3);
    expect(second!.isi).toEqual([14, 26]);
  });
});

describe('a value that is a list', () => {
  it.each([
    [{ $value: [14, 26] }, [[14, 26]]],
    [[[14, 26]], [[14, 26]]],
    [
      [
        [14, 26],
        [24, 36],
      ],
      [
        [14, 26],
        [24, 36],
      ],
    ],
    [
      [{ $value: [14, 26] }, 5],
      [[14, 26], 5],
    ],
    [{ $value: { $log10: [-4, -1] } }, [{ $log10: [-4, -1] }]], // not looked into
    [[[]], [[]]],
  ])('%j', (written, values) => {
    expect(alphas(written)).toEqual(values);
  });
});

describe('spaced values', () => {
  it.each([
    [{ $log10: [-4, -1] }, [0.0001, 0.001, 0.01, 0.1]],
    [{ $log10: [-1, -3] }, [0.1, 0.01, 0.001]],
    [{ $log10: [-3, -1, 5] }, [0.001, 0.00316227766017, 0.01, 0.0316227766017, 0.1]],
    [{ $log2: [-3, 1] }, [0.125, 0.25, 0.5, 1, 2]],
    [{ $log2: [3, 3] }, [8]],
    [{ $log: [0.001, 0.1, 3] }, [0.001, 0.01, 0.1]],
    [{ $log: [1, 1000, 4] }, [1, 10, 100, 1000]],
    [{ $linear: [0, 1, 5] }, [0, 0.25, 0.5, 0.75, 1]],
    [{ $linear: [0.1, 0.3, 3] }, [0.1, 0.2, 0.3]],
    [{ $linear: [1, -1, 3] }, [1, 0, -1]],
    [
      [0, { $log10: [-2, -1] }, 1],
      [0, 0.01, 0.1, 1],
    ], // beside others in a list
  ])('%j', (written, values) => {
    expect(alphas(written)).toEqual(values);
  });

  it('print as a person would write them', () => {
    expect(alphas({ $log10: [-6, -5] }).map(String)).toEqual(['0.000001', '0.00001']);
    expect(String(0.1 + 0.2)).not.toBe('0.3'); // control
    expect(alphas({ $linear: [0.1, 0.5, 5] }).map(String)).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5']);
  });
});

describe('settings that hang together', () => {
  it('objects of a list bring their own options', () => {
    const rule = [
      { id: 'rmsprop', alpha: [0.1, 0.2] },
      { id: 'idbd', theta: 0.01 },
    ];
    expect(sweepOver({ rule, steps: [1, 2] })).toEqual(
      [{ id: 'rmsprop', alpha: 0.1 }, { id: 'rmsprop', alpha: 0.2 }, rule[1]].flatMap((one) =>
        [1, 2].map((steps) => ({ rule: one, steps })),
      ),
    );
  });

  it('$paired lays each alternative over what stands beside it', () => {
    const spec = {
      agent: 'columnar-td',
      rule: { id: 'td-lambda', alpha: 0.1 },
      $paired: [
        { cell: { columns: 5 }, rule: { alpha: [0.3, 0.2] } },
        { cell: { columns: 10 }, steps: 7 },
      ],
    };
    const rule = { id: 'td-lambda', alpha: 0.1 };
    expect(sweepOver(spec)).toEqual([
      { agent: 'columnar-td', rule: { ...rule, alpha: 0.3 }, cell: { columns: 5 } },
      { agent: 'columnar-td', rule: { ...rule, alpha: 0.2 }, cell: { columns: 5 } },
      { agent: 'columnar-td', rule, cell: { columns: 10 }, steps: 7 },
    ]);
  });

  it('$paired may stand anywhere, in an alternative too, and beside lists that are swept', () => {
    const inner = { $paired: [{ y: 1 }, { y: 2 }] };
    expect(sweepOver({ a: { b: [5, 6], $paired: [{ x: 1, ...inner }, { x: 2 }] } })).toEqual(
      [{ x: 1, y: 1 }, { x: 1, y: 2 }, { x: 2 }].flatMap((one) => [5, 6].map((b) => ({ a: { b, ...one } }))),
    );
  });

  it('$paired replaces words and lists, drops the options of a part that it changes, and enters every object of a list', () => {
    const over = (beside: object, alternative: object): object[] => sweepOver({ ...beside, $paired: [alternative] });
    expect(over({ a: { $log10: [-4, -1] } }, { a: 3 })).toEqual([{ a: 3 }]);
    expect(over({ a: [1, 2, 3] }, { a: { $linear: [0, 1, 2] } })).toEqual([{ a: 0 }, { a: 1 }]);
    expect(over({ rule: { id: 'x', alpha: 1 } }, { rule: { id: 'y' } })).toEqual([{ rule: { id: 'y' } }]);
    expect(over({ rule: { id: 'x', alpha: 1 } }, { rule: { id: 'x' } })).toEqual([{ rule: { id: 'x', alpha: 1 } }]);
    expect(over({ rule: [{ id: 'x' }, { id: 'y' }] }, { rule: { alpha: 2 } })).toEqual([
      { rule: { id: 'x', alpha: 2 } },
      { rule: { id: 'y', alpha: 2 } },
    ]);
  });

  it('a list of trees is all of them', () => {
    expect(sweepOver([{ a: [1, 2] }, { b: 3 }])).toEqual([{ a: 1 }, { a: 2 }, { b: 3 }]);
  });
});

describe('a mistake is one line that names its place', () => {
  const of = (rule: unknown): SweepSpec => ({ agent: { rule } });
  it.each<[string, SweepSpec, string]>([
    ['an empty list', of({ alpha: [] }), 'agent.rule.alpha: an empty list leaves nothing to run'],
    ['no setting', [], 'the settings: an empty list'],
    ['an unknown word', of({ alpha: { $log1: [-4, -1] } }), 'there is no $log1; did you mean "$log'],
    [
      'a word with company',
      of({ alpha: { $log10: [-4, -1], n: 3 } }),
      '$log10 stands alone in its object, beside it is n',
    ],
    ['two words', of({ alpha: { $log10: [-4, -1], $log2: [1, 2] } }), 'stands alone'],
    ['no numbers', of({ alpha: { $log10: 'all' } }), '$log10 takes [from, to], two whole exponents of 10'],
    ['one number', of({ alpha: { $log10: [-4] } }), 'got [-4]'],
    ['too many numbers', of({ alpha: { $linear: [0, 1, 2, 3] } }), 'got [0,1,2,3]'],
    ['parts of exponents', of({ alpha: { $log2: [-1.5, 2] } }), 'two whole exponents of 2'],
    ['one point', of({ alpha: { $linear: [0, 1, 1] } }), 'at least 2 points'],
    ['half a point', of({ alpha: { $log: [0.1, 1, 2.5] } }), 'at least 2 points'],
    ['a logarithm of nothing', of({ alpha: { $log: [0, 1, 3] } }), 'two numbers above 0'],
    ['far too many points', of({ alpha: { $linear: [0, 1, 1e9] } }), '$linear takes'],
    ['far too many exponents', of({ alpha: { $log10: [-1e9, 1e9] } }), '$log10 takes'],
    ['a number that is none', of({ alpha: [1, NaN] }), 'Cannot write agent.rule.alpha as JSON: got NaN'],
    ['a function', of({ alpha: () => 3 }), 'Cannot write agent.rule.alpha as JSON: got a function'],
    ['no alternatives', { a: { $paired: [] } }, 'Cannot sweep over a: $paired takes a list of objects'],
    ['alternatives that are none', { $paired: [1, 2] }, 'the settings: $paired takes a list of objects'],
    ['what is drawn, without a draw', of({ alpha: { $uniform: [0, 1] } }), '$uniform is drawn from by a random search'],
    ['what is drawn, in a list', of({ alpha: [1, { $integer: [0, 1] }] }), 'agent.rule.alpha: $integer is drawn'],
    ['bounds upside down', of({ alpha: { $uniform: [1, 0] } }), '$uniform takes [low, high]'],
    ['a logarithm of a negative', of({ alpha: { $logUniform: [-1, 1] } }), 'both above 0'],
    ['parts of integers', of({ alpha: { $integer: [0, 1.5] } }), 'two whole numbers'],
    ['values alone', { $value: 3 }, 'a setting is an object, got 3'],
    ['numbers alone', { $linear: [0, 1, 2] }, 'a setting is an object, got 0'],
  ])('%s', (_, spec, words) => {
    const said = refusal(spec);
    expect(said).toMatch(/^UserError: Cannot (sweep over|write) [^\n]+$/);
    expect(said).toContain(words);
  });

  it('too many settings are refused before they are made', () => {
    const list = Array.from({ length: 1000 }, (_, i) => i);
    expect(refusal({ a: list, b: list, c: list })).toBe(
      'UserError: Cannot sweep over the settings: they are 1,000,000,000, and 100,000 are the most; draw some of them at random',
    );
    expect(sweepOver({ a: list, b: list.slice(0, 100) })).toHaveLength(100_000); // control
  });
});

function refusal(spec: SweepSpec): string {
  try {
    sweepOver(spec);
    return 'nothing refused';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
