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
    expect(() => parse({ n: 0 })).toThrow(/^Cannot do it: n: expected number to be >=1, got 0$/);
    expect(() => parse({ n: 'x' })).toThrow('Cannot do it: n: expected number, got "x"');
    expect(() => parse({ list: ['a', 5] })).toThrow('list.1: expected string, got 5');
    expect(() => parse({ m: 1 })).toThrow('Cannot do it: there is no option m');
    expect(() => parse(5)).toThrow('Cannot do it: expected object, got 5');
    expect(() => parse({ n: 0, m: 1 })).toThrow(/n: expected.*; there is no option m \(.*\)$/);
  });
});
