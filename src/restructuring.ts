/**
 * A cell whose rows can be replaced, and estimators that go on under the new ones. Parameters keep their places in theta;
 * what changes is which sum each of them enters, by which source, or whether it enters any. An estimator is made anew for
 * the new rows, and what the old one knew is carried over number by number:
 *   J[i, e] of a weight e that is where it was, at a state entry i kept before and after, keeps its value; all else is 0.
 */
import type { Cell, Estimator, Places, Rows } from './types.ts';

/** The same cell, where its maths do not know which sources its rows read. */
export function restructurable(cell: Cell): Cell {
  if (cell.rows.groups.every(({ sources }) => sources === undefined)) return cell;
  let rows = cell.rows;
  return {
    ...cell,
    get rows() {
      return rows;
    },
    restructure(next) {
      rows = next;
    },
  };
}

/** The estimator that `make` gives for the rows as they are; as it is, where it cannot say what its numbers belong to. */
export function followingRows(cell: Cell, make: () => Estimator): Estimator {
  let inner = make();
  if (!inner.places || !cell.restructure) return inner;
  let rows = cell.rows;
  const { push, unbiased, needs } = inner;
  return {
    get arrays() {
      return inner.arrays;
    },
    get cost() {
      return inner.cost;
    },
    needs,
    ...(unbiased === undefined ? {} : { unbiased }),
    noKernel: 'its weights come and go',
    read: (name, into) => inner.read(name, into),
    write: (name, from) => inner.write(name, from),
    reset: () => inner.reset(),
    exactOn: (some) => inner.exactOn(some),
    update: (d) => inner.update(d),
    pull: (q, out) => inner.pull(q, out),
    ...(push ? { push: (v: Float64Array, out: Float64Array) => inner.push!(v, out) } : {}),
    places: (array) => inner.places!(array),
    restructure() {
      const next = make();
      carryOver(inner, next, sameWeights(rows, cell.rows, cell.params.length));
      inner = next;
      rows = cell.rows;
    },
  };
}

/** 1 where a parameter enters the same sum by the same source as before. [p] */
function sameWeights(before: Rows, after: Rows, p: number): Uint8Array {
  const places = [before, after].map((rows) => {
    const place = new Int32Array(p).fill(-1); // row and source of each parameter
    for (let r = 0; r < rows.count; r++) {
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++)
        place[rows.param?.[e] ?? e] = r * rows.width + rows.source[e]!;
    }
    return place;
  });
  return Uint8Array.from({ length: p }, (_, j) => (places[0]![j]! >= 0 && places[0]![j] === places[1]![j] ? 1 : 0));
}

function carryOver(from: Estimator, to: Estimator, stays: Uint8Array): void {
  for (const [name, length] of Object.entries(from.arrays)) {
    const values = new Float64Array(length);
    from.read(name, values);
    const [before, after] = [from.places!(name), to.places!(name)];
    to.write(name, before && after ? migrated(values, before, after, stays) : values);
  }
}

function migrated(values: Float64Array, before: Places, after: Places, stays: Uint8Array): Float64Array {
  const out = new Float64Array(after.param.length);
  const [old, own] = [byParam(before.param, stays.length), byParam(after.param, stays.length)];
  for (let j = 0; j < stays.length; j++) {
    if (stays[j] === 0) continue;
    let o = old.start[j]!;
    for (let n = own.start[j]!; n < own.start[j + 1]!; n++) {
      const entry = after.entry[own.index[n]!]!;
      while (o < old.start[j + 1]! && before.entry[old.index[o]!]! < entry) o++;
      if (o < old.start[j + 1]! && before.entry[old.index[o]!] === entry) out[own.index[n]!] = values[old.index[o]!]!;
    }
  }
  return out;
}

/** Numbers of an array, parameter by parameter, in their order: index[start[j] .. start[j + 1]). */
function byParam(param: Int32Array, p: number): { start: Int32Array; index: Int32Array } {
  const start = new Int32Array(p + 1);
  for (let i = 0; i < param.length; i++) start[param[i]! + 1]!++;
  for (let j = 0; j < p; j++) start[j + 1]! += start[j]!;
  const next = start.slice();
  const index = new Int32Array(param.length);
  for (let i = 0; i < param.length; i++) index[next[param[i]!]!++] = i;
  return { start, index };
}
