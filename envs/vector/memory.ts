/** What the environments of a vector write and read: rows of flat numbers, in memory that threads may share. */
export interface VectorMemory {
  readonly observations: Float64Array; // [n x observation size]
  readonly finals: Float64Array; // [n x observation size]: last observations of episodes, in same-step mode
  readonly actions: Float64Array; // [n x action size]
  readonly rewards: Float64Array; // [n]
  readonly terminations: Uint8Array; // [n]
  readonly truncations: Uint8Array; // [n]
}

export function vectorMemory(numEnvs: number, observed: number, acted: number, isShared: boolean): VectorMemory {
  const floats = (length: number): Float64Array =>
    new Float64Array(isShared ? new SharedArrayBuffer(length * 8) : new ArrayBuffer(length * 8));
  const flags = (): Uint8Array => new Uint8Array(isShared ? new SharedArrayBuffer(numEnvs) : new ArrayBuffer(numEnvs));
  return {
    observations: floats(numEnvs * observed),
    finals: floats(numEnvs * observed),
    actions: floats(numEnvs * acted),
    rewards: floats(numEnvs),
    terminations: flags(),
    truncations: flags(),
  };
}

/** Row i of [n x size]. */
export function row(matrix: Float64Array, i: number, size: number): Float64Array {
  return matrix.subarray(i * size, (i + 1) * size);
}
