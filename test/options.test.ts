import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseOptions } from '../src/options.ts';

const schema = z.strictObject({ n: z.number().min(1).default(3), list: z.array(z.string()).default([]) });
const parse = (value: unknown): unknown => parseOptions(schema, value, 'do it');

describe('options', () => {
  it('are filled in with their defaults', () => {
    expect(parse({})).toEqual({ n: 3, list: [] });
    expect(parse({ n: 5 })).toEqual({ n: 5, list: [] });
  });

  it('that are wrong are told in one line, with the place and the value', () => {
    expect(() => parse({ n: 0 })).toThrow(/^Cannot do it: n must be right: .*>=1, got 0$/);
    expect(() => parse({ n: 'x' })).toThrow('Cannot do it: n must be right: expected number, received string, got "x"');
    expect(() => parse({ list: ['a', 5] })).toThrow('list.1 must be right: expected string, received number, got 5');
    expect(() => parse({ m: 1 })).toThrow('Cannot do it: there is no option m');
    expect(() => parse(5)).toThrow('Cannot do it: it must be right: expected object, received number, got 5');
    expect(() => parse({ n: 0, m: 1 })).toThrow(/n must be right.*; there is no option m$/);
  });
});
