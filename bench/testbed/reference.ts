/**
 * Our own earlier replication in another language (numpy, 30 runs, other seeds), table 3.1 of the project's notes on
 * columnar networks; the paper prints no table. Standard errors where the notes give them. `digits` is the number of
 * decimals printed there.
 */
import type { Measure, Method } from './table.ts';

export interface Reference {
  readonly sparsity: number;
  readonly method: Method;
  readonly measure: Measure;
  readonly value: number;
  readonly digits: number;
  readonly standardError?: number;
}

/** [sparsity, columnar: alignment, its s.e., abs_error, its s.e., cosine, relative L2] */
const COLUMNAR = [
  ['0', '1.0000', null, '0', null, '1.0000', '0'],
  ['0.1', '.9476', 0.0066, '.0242', 0.0031, '.9969', '.067'],
  ['1', '.7601', 0.0085, '.144', null, '.9756', '.195'],
  ['4', '.6755', 0.0072, '.336', null, '.9425', '.312'],
  ['23', '.6765', 0.0068, '.976', 0.083, '.8578', '.504'],
] as const;

/** [sparsity, chunks of 5: alignment, cosine, relative L2, chunks of 10: alignment, cosine] */
const CHUNKS = [
  ['0', '.916', '.889', '.460', '.946', '.908'],
  ['0.1', '.915', '.890', '.455', '.946', '.911'],
  ['1', '.912', '.891', '.446', '.942', '.917'],
  ['4', '.897', '.884', '.448', '.935', '.921'],
  ['23', '.841', '.828', '.548', '.903', '.900'],
] as const;

export const SPARSITIES: readonly number[] = COLUMNAR.map(([sparsity]) => Number(sparsity));

export const REFERENCES: readonly Reference[] = [
  ...COLUMNAR.flatMap(([sparsity, alignment, alignmentError, absError, absErrorError, cosine, relativeL2]) => [
    entry(sparsity, 'columnar', 'alignment', alignment, alignmentError),
    entry(sparsity, 'columnar', 'absError', absError, absErrorError),
    entry(sparsity, 'columnar', 'cosine', cosine),
    entry(sparsity, 'columnar', 'relativeL2', relativeL2),
  ]),
  ...CHUNKS.flatMap(([sparsity, alignment5, cosine5, relativeL25, alignment10, cosine10]) => [
    entry(sparsity, 'tbptt 5', 'alignment', alignment5),
    entry(sparsity, 'tbptt 5', 'cosine', cosine5),
    entry(sparsity, 'tbptt 5', 'relativeL2', relativeL25),
    entry(sparsity, 'tbptt 10', 'alignment', alignment10),
    entry(sparsity, 'tbptt 10', 'cosine', cosine10),
  ]),
];

function entry(
  sparsity: string,
  method: Method,
  measure: Measure,
  printed: string,
  standardError?: number | null,
): Reference {
  const digits = printed.split('.')[1]?.length ?? 0;
  const known = standardError === undefined || standardError === null ? {} : { standardError };
  return { sparsity: Number(sparsity), method, measure, value: Number(printed), digits, ...known };
}
