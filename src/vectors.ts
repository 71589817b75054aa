/** |v|. Squares below 1e-308 vanish: a vector that short counts as zero. */
export function length(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) {
    const x = v[i]!;
    sum += x * x;
  }
  return Math.sqrt(sum);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** out = alpha a + beta b; out may be a or b. */
export function combine(alpha: number, a: Float64Array, beta: number, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = alpha * a[i]! + beta * b[i]!;
}

/** out = sum_i weights_i vectors_i; out is none of them. */
export function weightedSum(vectors: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < vectors.length; i++) {
    const vector = vectors[i]!;
    const weight = weights[i]!;
    for (let k = 0; k < out.length; k++) out[k]! += weight * vector[k]!;
  }
}
