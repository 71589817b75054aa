/**
 * The influence matrix on kept entries (src/panels.ts): J_t[R, P] = D_t[R, R] J_{t-1}[R, P] + I_t[R, P]      (4)
 * one panel after the other. A panel lies in tiles of eight vectors of columns (the last one may be narrower), all rows
 * of a tile side by side, so that whatever a target needs is near. A target is made in registers from the rows that
 * D's nonzeros name; where two neighbours read the same rows (a full D) they are made together. Each row of theta is
 * padded to whole vectors; padding reads 0.
 * Panel, i32: [J, the other J, bytes of a row of J, targets, end of targets, immediates, end, byte offsets into pre
 * (1 per column), the pull, 0, addresses of the gradient (1 per column), scratch row, rows of J].
 * Target: [1 or 2 rows at once, (first) row, hops, end]. Hop: [byte offset of the row in a full tile, of D's value (2
 * where two rows are made)]. Immediate: [row, byte offset of the gain, byte offset of the columns, bytes]. The pull is
 * a target whose hops name errors in D's place.
 */
import {
  direct,
  directTerms,
  directTermsEnd,
  errors,
  gain,
  panels,
  panelsEnd,
  pre,
  values,
  valuesBytes,
  valueTerms,
  valueTermsEnd,
} from './plan';
import { gather, LANES, madd, real, scatter, splat, TINY } from './vector';

const PANEL: usize = 52;

export function beginPanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    memory.fill(<usize>load<u32>(panel), 0, <usize>load<u32>(panel, 48) * <usize>load<u32>(panel, 8));
  }
}

/** The blocks of D_t, from gains and theta as the forward pass had them. Terms: [gain, theta, value]. */
export function dynamicsValues(): void {
  memory.fill(values, 0, valuesBytes);
  for (let term = directTerms; term < directTermsEnd; term += 8) {
    store<real>(values + load<u32>(term, 4), load<real>(direct + load<u32>(term)));
  }
  for (let term = valueTerms; term < valueTermsEnd; term += 12) {
    const to = values + <usize>load<u32>(term, 8);
    store<real>(to, load<real>(to) + load<real>(gain + load<u32>(term)) * load<real>(<usize>load<u32>(term, 4)));
  }
}

/** Bytes of a row in one tile. */
const TILE: usize = 128;

export function advancePanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    const bytes = <usize>load<u32>(panel, 8);
    const J = <usize>load<u32>(panel);
    const made = <usize>load<u32>(panel, 4);
    const tall = TILE * <usize>load<u32>(panel, 48);
    const targets = <usize>load<u32>(panel, 12);
    const end = <usize>load<u32>(panel, 16);
    let tile: usize = 0;
    for (let left = bytes; left > 0; tile += tall) {
      const width = min(left, TILE);
      makeTile(width >> 4, values, J + tile, made + tile, targets, end);
      left -= width;
    }
    immediate(panel, made, bytes);
    store<u32>(panel, <u32>made);
    store<u32>(panel, <u32>J, 4);
  }
}

/** The address of a row's byte in a panel of `rows` rows. */
// @ts-ignore: decorator
@inline
function place(base: usize, bytes: usize, rows: usize, row: usize, at: usize): usize {
  const before = at & ~(TILE - 1);
  return base + before * rows + row * min(bytes - before, TILE) + (at - before);
}

/** Targets of one tile: sums of rows of J, weighted by what hops name at D. */
function makeTile(vectors: usize, D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  switch (<i32>vectors) {
    case 1: return tile1(D, J, to, targets, end);
    case 2: return tile2(D, J, to, targets, end);
    case 3: return tile3(D, J, to, targets, end);
    case 4: return tile4(D, J, to, targets, end);
    case 5: return tile5(D, J, to, targets, end);
    case 6: return tile6(D, J, to, targets, end);
    case 7: return tile7(D, J, to, targets, end);
    default: return tile8(D, J, to, targets, end);
  }
}

// One function per width, so that every accumulator has a register of its own.
function tile1(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(1, D, J, to, targets, end);
}
function tile2(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(2, D, J, to, targets, end);
}
function tile3(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(3, D, J, to, targets, end);
}
function tile4(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(4, D, J, to, targets, end);
}
function tile5(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(5, D, J, to, targets, end);
}
function tile6(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(6, D, J, to, targets, end);
}
function tile7(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(7, D, J, to, targets, end);
}
function tile8(D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  tile(8, D, J, to, targets, end);
}

/** All targets of a tile `n` vectors wide. */
// @ts-ignore: decorator
@inline
function tile(n: i32, D: usize, J: usize, to: usize, targets: usize, end: usize): void {
  const width = <usize>n << 4;
  for (let target = targets; target < end; target += 16) {
    const row = to + width * <usize>load<u32>(target, 4);
    const hops = <usize>load<u32>(target, 8);
    const last = <usize>load<u32>(target, 12);
    if (load<u32>(target) == 1) {
      strip(n, width, D, J, row, hops, last);
    } else {
      pair(min(n, 4), n, width, D, J, row, hops, last);
      if (n > 4) pair(n - 4, n, width, D, J + 64, row + 64, hops, last);
    }
  }
}

/** A row's first byte in a tile `n` vectors wide, from where it is in a full one. */
// @ts-ignore: decorator
@inline
function rowAt(n: i32, full: usize): usize {
  return n == 8 ? full : (full >> 3) * <usize>n;
}

/** `n` neighbouring vectors of a target, made in registers. */
// @ts-ignore: decorator
@inline
function strip(n: i32, width: usize, D: usize, J: usize, to: usize, hops: usize, hopsEnd: usize): void {
  const tiny = splat(TINY);
  let a = tiny;
  let b = tiny;
  let c = tiny;
  let d = tiny;
  let e = tiny;
  let f = tiny;
  let g = tiny;
  let h = tiny;
  for (let hop = hops; hop < hopsEnd; hop += 8) {
    const from = J + rowAt(n, load<u32>(hop));
    const by = v128.load_splat<real>(D + load<u32>(hop, 4));
    a = madd(by, v128.load(from), a);
    if (n > 1) b = madd(by, v128.load(from, 16), b);
    if (n > 2) c = madd(by, v128.load(from, 32), c);
    if (n > 3) d = madd(by, v128.load(from, 48), d);
    if (n > 4) e = madd(by, v128.load(from, 64), e);
    if (n > 5) f = madd(by, v128.load(from, 80), f);
    if (n > 6) g = madd(by, v128.load(from, 96), g);
    if (n > 7) h = madd(by, v128.load(from, 112), h);
  }
  v128.store(to, a);
  if (n > 1) v128.store(to, b, 16);
  if (n > 2) v128.store(to, c, 32);
  if (n > 3) v128.store(to, d, 48);
  if (n > 4) v128.store(to, e, 64);
  if (n > 5) v128.store(to, f, 80);
  if (n > 6) v128.store(to, g, 96);
  if (n > 7) v128.store(to, h, 112);
}

/** Two neighbouring targets that read the same rows, `n` <= 4 vectors of each, in a tile `wide` vectors wide. */
// @ts-ignore: decorator
@inline
function pair(n: i32, wide: i32, width: usize, D: usize, J: usize, to: usize, hops: usize, hopsEnd: usize): void {
  const tiny = splat(TINY);
  let a = tiny;
  let b = tiny;
  let c = tiny;
  let d = tiny;
  let e = tiny;
  let f = tiny;
  let g = tiny;
  let h = tiny;
  for (let hop = hops; hop < hopsEnd; hop += 12) {
    const from = J + rowAt(wide, load<u32>(hop));
    const by = v128.load_splat<real>(D + load<u32>(hop, 4));
    const also = v128.load_splat<real>(D + load<u32>(hop, 8));
    const j0 = v128.load(from);
    a = madd(by, j0, a);
    e = madd(also, j0, e);
    if (n > 1) {
      const j1 = v128.load(from, 16);
      b = madd(by, j1, b);
      f = madd(also, j1, f);
    }
    if (n > 2) {
      const j2 = v128.load(from, 32);
      c = madd(by, j2, c);
      g = madd(also, j2, g);
    }
    if (n > 3) {
      const j3 = v128.load(from, 48);
      d = madd(by, j3, d);
      h = madd(also, j3, h);
    }
  }
  const second = to + width;
  v128.store(to, a);
  v128.store(second, e);
  if (n > 1) v128.store(to, b, 16);
  if (n > 1) v128.store(second, f, 16);
  if (n > 2) v128.store(to, c, 32);
  if (n > 2) v128.store(second, g, 32);
  if (n > 3) v128.store(to, d, 48);
  if (n > 3) v128.store(second, h, 48);
}

/** (4), I: gain times what the row read. */
function immediate(panel: usize, made: usize, bytes: usize): void {
  const x = <usize>load<u32>(panel, 44);
  const rows = <usize>load<u32>(panel, 48);
  let offsets = <usize>load<u32>(panel, 28);
  for (let column: usize = 0; column < bytes; column += 16, offsets += LANES * 4) {
    v128.store(x + column, gather(pre, offsets));
  }
  for (let it = <usize>load<u32>(panel, 20), end = <usize>load<u32>(panel, 24); it < end; it += 16) {
    const row = <usize>load<u32>(it);
    const by = v128.load_splat<real>(gain + load<u32>(it, 4));
    const first = <usize>load<u32>(it, 8);
    for (let at = first, stop = first + load<u32>(it, 12); at < stop; at += 16) {
      const to = place(made, bytes, rows, row, at);
      v128.store(to, madd(by, v128.load(x + at), v128.load(to)));
    }
  }
}

/** gradient = q' J, written into the lines. */
export function pullPanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    const J = <usize>load<u32>(panel);
    const bytes = <usize>load<u32>(panel, 8);
    const rows = <usize>load<u32>(panel, 48);
    const target = <usize>load<u32>(panel, 32);
    const out = <usize>load<u32>(panel, 44);
    for (let column: usize = 0; column < bytes; column += TILE) {
      const vectors = min(bytes - column, TILE) >> 4;
      makeTile(vectors, errors, J + column * rows, out + column, target, target + 16);
    }
    let to = <usize>load<u32>(panel, 40);
    for (let column: usize = 0; column < bytes; column += 16, to += LANES * 4) scatter(v128.load(out + column), to);
  }
}
