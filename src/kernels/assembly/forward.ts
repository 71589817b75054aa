/** a_r = theta_r . pre_r where nothing is owed to theta: the plain sums of src/rows.ts, W rows at a time. */
import { lineBytes, next, sums } from './plan';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, vectorCount } from './quad';
import { gather, LANES, madd, real, SIZE, splat } from './vector';

export function forward(first: usize, end: usize): void {
  const line = lineBytes;
  for (let record = first; record < end; record += QUAD) {
    let at = linesOf(record);
    let from = next + runAt(record);
    let sum = splat(<real>0);
    for (const stop = at + runLength(record) * line; at < stop; at += line, from += SIZE) {
      sum = madd(v128.load(at), v128.load_splat<real>(from), sum);
    }
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += line, table += 4) {
      sum = madd(v128.load(at), v128.load(next + load<u32>(table)), sum);
    }
    for (let i = gatherCount(record); i > 0; i--, at += line, table += LANES * 4) {
      sum = madd(v128.load(at), gather(next, table), sum);
    }
    v128.store(sums + slotAt(record), sum);
  }
}
