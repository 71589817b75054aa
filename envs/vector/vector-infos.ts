/**
 * Infos of a vector environment: one record of arrays, each key k with a mask _k of those that gave it. Numbers lie in a
 * Float64Array (0 where there is none), booleans in a list (false), Float64Arrays end to end (0), records are gone
 * through, anything else lies in a list (null).
 */
import type { Info } from '../env.ts';

export type VectorInfos = Record<string, unknown>;

export function addInfo(infos: VectorInfos, info: Info, i: number, numEnvs: number): VectorInfos {
  for (const [key, value] of Object.entries(info)) {
    infos[key] =
      key === 'final_obs' ? put(infos[key] ?? empty(numEnvs, null), value, i) : add(infos[key], value, i, numEnvs);
    const mask = (infos[`_${key}`] ??= empty(numEnvs, false)) as boolean[];
    mask[i] = true;
  }
  return infos;
}

function add(so: unknown, value: unknown, i: number, numEnvs: number): unknown {
  if (isRecord(value)) return addInfo((so ?? {}) as VectorInfos, value, i, numEnvs);
  if (value instanceof Float64Array) {
    const rows = (so ?? new Float64Array(numEnvs * value.length)) as Float64Array;
    rows.set(value, i * value.length);
    return rows;
  }
  return put(so ?? emptyLike(value, numEnvs), value, i);
}

function emptyLike(value: unknown, numEnvs: number): unknown {
  if (typeof value === 'number') return new Float64Array(numEnvs);
  return typeof value === 'boolean' ? empty(numEnvs, false) : empty(numEnvs, null);
}

function put(list: unknown, value: unknown, i: number): unknown {
  (list as unknown[])[i] = value;
  return list;
}

function empty<T>(numEnvs: number, filler: T): T[] {
  return Array.from({ length: numEnvs }, () => filler);
}

function isRecord(value: unknown): value is Info {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
