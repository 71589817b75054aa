import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hues, INKS, rgb } from '../../src/page/plots/palette.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const css = readFileSync(new URL('../../src/page/style.css', import.meta.url), 'utf8');
/** The colours of the nth block that sets them: light, dark by the system, dark by the switch. */
const blocks = [...css.matchAll(/--back: (#[0-9a-f]{6});[^}]*/g)].map(([block]) => {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!]),
  );
});
const TEXTS = ['text', 'faint', 'link', 'good', 'busy', 'bad', 'warn'];

describe('contrast', () => {
  it('knows black on white and a pair that is too faint', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
    expect(contrast('#999999', '#ffffff')).toBeLessThan(3);
  });

  it.each([
    ['light', 0],
    ['dark, as the system has it', 1],
    ['dark, as chosen', 2],
  ])('of every text is 4.5 : 1 on page and panels: %s', (_, i) => {
    const colors = blocks[i]!;
    for (const text of TEXTS) {
      for (const on of ['back', 'panel']) {
        expect([text, on, contrast(colors[text]!, colors[on]!) >= 4.5]).toEqual([text, on, true]);
      }
    }
    expect(contrast(colors['text']!, colors['problem']!)).toBeGreaterThan(4.5);
  });

  it('is the same dark by the system and by the switch', () => {
    expect(blocks).toHaveLength(3);
    expect(blocks[1]).toEqual(blocks[2]);
  });

  it.each([
    ['light', false],
    ['dark', true],
  ] as const)('of every line is 3 : 1 with what it lies on: %s', (name, dark) => {
    for (const hue of hues(dark)) expect([hue, contrast(hue, INKS[name].back) >= 3]).toEqual([hue, true]);
    expect(contrast(INKS[name].text, INKS[name].back)).toBeGreaterThan(4.5);
    expect(INKS[name].back).toBe(blocks[dark ? 1 : 0]!['back']);
  });
});
