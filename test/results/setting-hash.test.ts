import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/results/canonical-json.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { UserError } from '../../src/user-error.ts';

describe('canonicalJson', () => {
  test('sorts keys at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: 1, a: { d: [3, 1, 2], c: null } })).toBe('{"a":{"c":null,"d":[3,1,2]},"b":1}');
  });

  test('parses back to the value it was made from, up to the sign of zero', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
    expect(canonicalJson([-0])).toBe('[0]');
  });

  test('treats an undefined property as absent', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe('{"a":1}');
  });

  test('names the place and the value that JSON cannot say', () => {
    expect(() => canonicalJson({ agent: { alpha: NaN } })).toThrow(UserError);
    expect(() => canonicalJson({ agent: { alpha: NaN } })).toThrow('Cannot write setting.agent.alpha as JSON: got NaN');
    expect(() => canonicalJson({ w: [1, new Float64Array(2)] })).toThrow('setting.w[1] as JSON: got a Float64Array');
    for (const bad of [1n, Symbol('s'), () => 1, new Date(0), new Map(), [undefined]]) {
      expect(() => canonicalJson(bad)).toThrow(UserError);
    }
  });
});

describe('settingHash', () => {
  const setting = { agent: { alpha: 0.01, columns: 20 }, env: 'trace-patterning' };

  test('is ten hex digits that never change: results folders are found by them', () => {
    expect(settingHash(setting)).toBe('2859a62e5c');
    expect(settingHash({})).toMatch(/^[0-9a-f]{10}$/);
  });

  test('does not depend on the order of keys, and on everything else', () => {
    expect(settingHash({ env: 'trace-patterning', agent: { columns: 20, alpha: 0.01 } })).toBe(settingHash(setting));
    expect(settingHash({ ...setting, env: 'trace-conditioning' })).not.toBe(settingHash(setting));
    expect(settingHash({ ...setting, agent: { alpha: '0.01', columns: 20 } })).not.toBe(settingHash(setting));
    expect(settingHash([1, 2])).not.toBe(settingHash([2, 1]));
  });
});
