/** The order of labels as people count: alpha=0.0003 before alpha=0.001 before alpha=0.01. */
export function byLabel(a: string, b: string): number {
  const [own, other] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.min(own.length, other.length); i++) {
    const [x, y] = [own[i]!, other[i]!];
    if (x === y) continue;
    const difference = Number(x) - Number(y);
    if (Number.isFinite(difference) && difference !== 0) return difference;
    return x.toLowerCase() < y.toLowerCase() ? -1 : 1;
  }
  return own.length - other.length;
}

const pieces = (label: string): string[] => label.split(/((?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/);
