import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../../src/export/crc32c.ts';

const bytes = (f: (i: number) => number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => f(i));

describe('CRC-32C agrees with RFC 3720, B.4', () => {
  const cases: [words: string, data: Uint8Array, crc: number][] = [
    ['32 bytes of zeroes', bytes(() => 0), 0x8a9136aa],
    ['32 bytes of ones', bytes(() => 255), 0x62a8ab43],
    ['32 incrementing bytes', bytes((i) => i), 0x46dd794e],
    ['32 decrementing bytes', bytes((i) => 31 - i), 0x113fdb5c],
  ];
  it.each(cases)('%s', (_, data, crc) => expect(crc32c(data)).toBe(crc));
});

it('masking is undone by taking the constant away and rotating back', () => {
  const data = bytes((i) => 7 * i);
  const rotated = (maskedCrc32c(data) - 0xa282ead8) >>> 0;
  expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(crc32c(data));
});
