/**
 * The influence matrix on kept entries (src/panels.ts): J_t[R, P] = D_t[R, R] J_{t-1}[R, P] + I_t[R, P]      (4)
 * one panel after the other. A target row of J is made in registers, four vectors of columns at a time, from the rows
 * that D's nonzeros name; where two targets read the same rows (a full D) they are made together. Each row of theta is
 * padded to whole vectors in a panel; padding reads 0.
 * Panel, i32: [J, the other J, bytes of a row of J, targets, end of targets, immediates, end, byte offsets into pre
 * (1 per column), pulls, end, addresses of the gradient (1 per column), scratch row].
 * Target: [1 or 2 rows at once, byte offset of the (first) row, hops, end]; hop: [byte offset of a row of J, byte
 * offset of D's value (2 where two rows are made)]; immediate: [byte offset in J, byte offset of the gain, byte offset
 * of the columns, bytes]; pull: [byte offset of a row of J, byte offset in errors].
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
import { LANES, madd, real, SIZE, splat, TINY } from './vector';

const PANEL: usize = 48;

export function beginPanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    const lastTarget = <usize>load<u32>(panel, 16) - 16;
    const bytes = <usize>load<u32>(panel, 8);
    const rows = <usize>load<u32>(lastTarget, 4) + <usize>load<u32>(lastTarget) * bytes;
    memory.fill(<usize>load<u32>(panel), 0, rows);
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

export function advancePanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    const bytes = <usize>load<u32>(panel, 8);
    const J = <usize>load<u32>(panel);
    const made = <usize>load<u32>(panel, 4);
    for (let target = <usize>load<u32>(panel, 12), end = <usize>load<u32>(panel, 16); target < end; target += 16) {
      const to = made + load<u32>(target, 4);
      const hops = <usize>load<u32>(target, 8);
      const hopsEnd = <usize>load<u32>(target, 12);
      if (load<u32>(target) == 2) two(J, to, bytes, hops, hopsEnd);
      else one(J, to, bytes, hops, hopsEnd);
    }
    immediate(panel, made, bytes);
    store<u32>(panel, <u32>made);
    store<u32>(panel, <u32>J, 4);
  }
}

/** One target: (4) without I. */
function one(J: usize, to: usize, bytes: usize, hops: usize, end: usize): void {
  const tiny = splat(TINY);
  let column: usize = 0;
  for (; column + 64 <= bytes; column += 64) {
    let a = tiny;
    let b = tiny;
    let c = tiny;
    let d = tiny;
    for (let hop = hops; hop < end; hop += 8) {
      const from = J + load<u32>(hop) + column;
      const by = v128.load_splat<real>(values + load<u32>(hop, 4));
      a = madd(by, v128.load(from), a);
      b = madd(by, v128.load(from, 16), b);
      c = madd(by, v128.load(from, 32), c);
      d = madd(by, v128.load(from, 48), d);
    }
    v128.store(to + column, a);
    v128.store(to + column, b, 16);
    v128.store(to + column, c, 32);
    v128.store(to + column, d, 48);
  }
  for (; column < bytes; column += 16) {
    let a = tiny;
    for (let hop = hops; hop < end; hop += 8) {
      a = madd(v128.load_splat<real>(values + load<u32>(hop, 4)), v128.load(J + load<u32>(hop) + column), a);
    }
    v128.store(to + column, a);
  }
}

/** Two neighbouring targets that read the same rows: every load serves both. */
function two(J: usize, to: usize, bytes: usize, hops: usize, end: usize): void {
  const tiny = splat(TINY);
  const second = to + bytes;
  let column: usize = 0;
  for (; column + 64 <= bytes; column += 64) {
    let a = tiny;
    let b = tiny;
    let c = tiny;
    let d = tiny;
    let e = tiny;
    let f = tiny;
    let g = tiny;
    let h = tiny;
    for (let hop = hops; hop < end; hop += 12) {
      const from = J + load<u32>(hop) + column;
      const by = v128.load_splat<real>(values + load<u32>(hop, 4));
      const also = v128.load_splat<real>(values + load<u32>(hop, 8));
      const j0 = v128.load(from);
      const j1 = v128.load(from, 16);
      const j2 = v128.load(from, 32);
      const j3 = v128.load(from, 48);
      a = madd(by, j0, a);
      b = madd(by, j1, b);
      c = madd(by, j2, c);
      d = madd(by, j3, d);
      e = madd(also, j0, e);
      f = madd(also, j1, f);
      g = madd(also, j2, g);
      h = madd(also, j3, h);
    }
    v128.store(to + column, a);
    v128.store(to + column, b, 16);
    v128.store(to + column, c, 32);
    v128.store(to + column, d, 48);
    v128.store(second + column, e);
    v128.store(second + column, f, 16);
    v128.store(second + column, g, 32);
    v128.store(second + column, h, 48);
  }
  for (; column < bytes; column += 16) {
    let a = tiny;
    let e = tiny;
    for (let hop = hops; hop < end; hop += 12) {
      const j = v128.load(J + load<u32>(hop) + column);
      a = madd(v128.load_splat<real>(values + load<u32>(hop, 4)), j, a);
      e = madd(v128.load_splat<real>(values + load<u32>(hop, 8)), j, e);
    }
    v128.store(to + column, a);
    v128.store(second + column, e);
  }
}

/** (4), I: gain times what the row read. */
function immediate(panel: usize, made: usize, bytes: usize): void {
  const x = <usize>load<u32>(panel, 44);
  let offsets = <usize>load<u32>(panel, 28);
  for (let column: usize = 0; column < bytes; column += SIZE, offsets += 4) {
    store<real>(x + column, load<real>(pre + load<u32>(offsets)));
  }
  for (let it = <usize>load<u32>(panel, 20), end = <usize>load<u32>(panel, 24); it < end; it += 16) {
    const to = made + load<u32>(it);
    const by = v128.load_splat<real>(gain + load<u32>(it, 4));
    const from = x + load<u32>(it, 8);
    for (let i: usize = 0, size = <usize>load<u32>(it, 12); i < size; i += 16) {
      v128.store(to + i, madd(by, v128.load(from + i), v128.load(to + i)));
    }
  }
}

/** gradient = q' J, written into the lines. */
export function pullPanels(): void {
  for (let panel = panels; panel < panelsEnd; panel += PANEL) {
    const J = <usize>load<u32>(panel);
    const bytes = <usize>load<u32>(panel, 8);
    const pulls = <usize>load<u32>(panel, 32);
    const end = <usize>load<u32>(panel, 36);
    const out = <usize>load<u32>(panel, 44);
    for (let column: usize = 0; column < bytes; column += 16) {
      let sum = splat(<real>0);
      for (let pull = pulls; pull < end; pull += 8) {
        sum = madd(v128.load_splat<real>(errors + load<u32>(pull, 4)), v128.load(J + load<u32>(pull) + column), sum);
      }
      v128.store(out + column, sum);
    }
    let to = <usize>load<u32>(panel, 40);
    for (let column: usize = 0; column < bytes; column += SIZE, to += 4) {
      store<real>(<usize>load<u32>(to), load<real>(out + column));
    }
  }
}
