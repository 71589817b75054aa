/**
 * Hues of Okabe & Ito (2008) that stay apart under every common colour blindness, darker on light and lighter on dark so
 * that each has a contrast of 3 : 1 and more with what it lies on (test/page/contrast.test.ts). Dashes tell them apart too.
 */
const LIGHT = ['#0072b2', '#c14a00', '#00795a', '#a8447f', '#2196c9', '#8a6200', '#000000'];
const DARK = ['#56b4e9', '#ff8f3f', '#2fc59a', '#e69ac8', '#4a86d8', '#e6b800', '#ffffff'];
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2]];

export const hues = (dark: boolean): readonly string[] => (dark ? DARK : LIGHT);
export const hue = (i: number, dark: boolean): string => hues(dark)[i % LIGHT.length]!;
export const dash = (i: number): readonly number[] => DASHES[Math.floor(i / LIGHT.length) % DASHES.length]!;

export const INKS = {
  light: { text: '#1b1f24', faint: '#57606a', grid: '#e3e7ec', back: '#ffffff' },
  dark: { text: '#e8ebef', faint: '#a5afbb', grid: '#303843', back: '#14181d' },
} as const;

/** From none to most: cividis, the map that looks the same to nearly everybody (Nunez, Anderton & Renslow 2018). */
const CIVIDIS = ['#00204d', '#31446b', '#666970', '#958f78', '#cbba69', '#ffea46'];

/** [r, g, b] of a share in [0, 1]. */
export function heat(share: number): readonly [number, number, number] {
  const at = Math.min(1, Math.max(0, share)) * (CIVIDIS.length - 1);
  const i = Math.min(CIVIDIS.length - 2, Math.floor(at));
  const [a, b] = [rgb(CIVIDIS[i]!), rgb(CIVIDIS[i + 1]!)];
  const mix = (c: 0 | 1 | 2): number => Math.round(a[c] + (b[c] - a[c]) * (at - i));
  return [mix(0), mix(1), mix(2)];
}

export function rgb(hex: string): [number, number, number] {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}
