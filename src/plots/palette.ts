/**
 * Okabe & Ito (2008), "Color Universal Design": hues that stay apart under every common colour blindness. Their yellow
 * is left out, it fades on white.
 */
export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000'] as const;

/** After the last colour the colours come again with the next dash: [] is a solid line. */
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2]];

export const referenceColor = '#555555';
