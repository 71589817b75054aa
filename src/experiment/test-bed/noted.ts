/** The figures of an earlier replication of ours, as they were printed: value, or value+-standard error. */
import type { Expected, StudySetting } from '../study.ts';

export const SPARSITIES = [0, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 23] as const; // 23: all links

/** By sparsity, one number per measure, `-` where there is none. */
export function noted(
  settingAt: (sparsity: number) => StudySetting,
  measures: readonly string[],
  printed: Readonly<Record<number, string>>,
  runs = 30,
): Expected[] {
  return Object.entries(printed).flatMap(([sparsity, numbers]) =>
    numbers.split(' ').flatMap((number, i): Expected[] => {
      if (number === '-') return [];
      const [value, error] = number.split('+-');
      return [
        {
          for: settingAt(Number(sparsity)),
          measure: measures[i]!,
          value: Number(value),
          ...(error === undefined ? { runs } : { error: Number(error) }),
          digits: value!.split('.')[1]?.length ?? 0,
          kind: 'noted',
          source: 'another program of ours, in another language, with its own draws; 30 runs, 10 of length 150',
        },
      ];
    }),
  );
}
