/** 1 / (1 + exp(-a)) */
export function sigmoid(a: number): number {
  return 1 / (1 + Math.exp(-a));
}
