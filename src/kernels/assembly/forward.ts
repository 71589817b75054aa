/** a_r = theta_r . pre_r where nothing is owed to theta: the plain sums of src/rows.ts, W rows at a time. */
import { lineBytes, next, sums } from './plan';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, vectorCount } from './quad';
import { gather, LANES, madd, real, SIZE, splat } from './vector';

export function forward(first: usize, end: usize): void {
  weigh(first, end, lineBytes, next, sums);
}

/** Of weights that lie apart, and records that hold addresses, not offsets: passes.ts. */
export function weighApart(first: usize, end: usize, to: usize): void {
  weigh(first, end, 16, 0, to);
}

/** The sums of weights, which lead lines of `line` bytes, over what their records read at `from`. */
// @ts-ignore: decorator
@inline
function weigh(first: usize, end: usize, line: usize, from: usize, to: usize): void {
  for (let record = first; record < end; record += QUAD) {
    let at = linesOf(record);
    let run = from + runAt(record);
    let sum = splat(<real>0);
    for (const stop = at + runLength(record) * line; at < stop; at += line, run += SIZE) {
      sum = madd(v128.load(at), v128.load_splat<real>(run), sum);
    }
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += line, table += 4) {
      sum = madd(v128.load(at), v128.load(from + load<u32>(table)), sum);
    }
    let i = gatherCount(record);
    for (; i > 1; i -= 2, at += line + line, table += LANES * 8) {
      sum = madd(v128.load(at), gather(from, table), sum);
      sum = madd(v128.load(at + line), gather(from, table + LANES * 4), sum);
    }
    if (i > 0) sum = madd(v128.load(at), gather(from, table), sum);
    v128.store(to + slotAt(record), sum);
  }
}
