/** At most `count`, as far from each other as can be. */
export function spread<T>(all: readonly T[], count: number): T[] {
  const n = Math.min(count, all.length);
  return Array.from({ length: n }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / n)]!);
}
