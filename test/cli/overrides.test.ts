import { describe, expect, it } from 'vitest';
import { parseOverrides, parseRooted } from '../../src/cli/overrides.ts';

describe('--set', () => {
  it('builds a tree; values are JSON where they can be, else text', () => {
    const given = ['agent.cell.columns=20', 'agent.cell.id=tanh', 'env.isi=[14,26]', 'learn=false', 'a=x=y', 'b='];
    expect(parseOverrides(given)).toEqual({
      agent: { cell: { columns: 20, id: 'tanh' } },
      env: { isi: [14, 26] },
      learn: false,
      a: 'x=y',
      b: '',
    });
    expect(parseOverrides([])).toEqual({});
  });

  it('takes the last word, and makes room where a value stood', () => {
    expect(parseOverrides(['a=1', 'a=2'])).toEqual({ a: 2 });
    expect(parseOverrides(['a=1', 'a.b=2'])).toEqual({ a: { b: 2 } });
    expect(JSON.stringify(parseOverrides(['constructor.name=x']))).toBe('{"constructor":{"name":"x"}}');
  });

  it.each(['a', '=1', '.a=1', 'a..b=1', 'a.=1', '__proto__.x=1', 'a.__proto__.x=1'])('is not "%s"', (text) => {
    expect(() => parseOverrides([text])).toThrow(`Cannot set "${text}": write path=value`);
    expect({}).not.toHaveProperty('x');
  });

  it('of a command with few things to set knows no others', () => {
    expect(parseRooted(['cell.units=3'], ['cell', 'estimator'])).toEqual({ cell: { units: 3 } });
    const message = 'write cell.<option>=value or estimator.<option>=value';
    for (const text of ['agent.cell.units=3', 'cell=3', 'units=3']) {
      expect(() => parseRooted([text], ['cell', 'estimator'])).toThrow(message);
    }
  });
});
