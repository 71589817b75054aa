/** What is left of a vector in a log line. Not finite: null on disk. */
export interface VectorSummary {
  readonly length: number;
  readonly mean: number;
  readonly norm: number; // Euclidean
  readonly min: number;
  readonly max: number;
}

const DEPTH = 4; // of nested objects; pino itself stops at 5

/**
 * Replaces every numeric typed array in a log object by its summary: a weight vector logged by mistake costs one short
 * object and not a key per weight. What holds no such array is passed on as it is, without a copy.
 */
export function summarise(value: unknown, depth = DEPTH): unknown {
  if (isVector(value)) return summary(value);
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  // These have a form of their own in the log.
  if (value instanceof Error || value instanceof Map || value instanceof Set || 'toJSON' in value) return value;
  let changed: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(value)) {
    const short = summarise(field, depth - 1);
    if (short === field) continue;
    changed ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    changed[key] = short;
  }
  return changed ?? value;
}

type Vector = ArrayLike<number> & ArrayBufferView;

function isVector(value: unknown): value is Vector {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array)
  );
}

function summary(vector: Vector): VectorSummary {
  let sum = 0;
  let squares = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i]!;
    sum += value;
    squares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { length: vector.length, mean: sum / vector.length, norm: Math.sqrt(squares), min, max };
}
