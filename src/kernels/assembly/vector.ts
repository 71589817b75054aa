/** Vectors of 16 bytes: 4 x f32 or 2 x f64, as this module's `real` says. */
import { real, RELAXED } from './precision';

export { real };
export const SIZE: usize = sizeof<real>();
export const LANES: i32 = 16 / sizeof<real>();

/** Added where values decay, so that they never become subnormal; far below the resolution of what is learned. */
export const TINY: real = sizeof<real>() == 4 ? <real>1e-20 : <real>1e-150;

/** a b + c: fused in the relaxed module, rounded twice (and the same on every machine) in the deterministic one. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) return v128.relaxed_madd<real>(a, b, c);
  return v128.add<real>(v128.mul<real>(a, b), c);
}

// @ts-ignore: decorator
@inline
export function add(a: v128, b: v128): v128 {
  return v128.add<real>(a, b);
}

// @ts-ignore: decorator
@inline
export function sub(a: v128, b: v128): v128 {
  return v128.sub<real>(a, b);
}

// @ts-ignore: decorator
@inline
export function mul(a: v128, b: v128): v128 {
  return v128.mul<real>(a, b);
}

// @ts-ignore: decorator
@inline
export function splat(value: real): v128 {
  return v128.splat<real>(value);
}

/** A few numbers of 8 bytes; `memory.copy` is a call, and dear for so few. */
// @ts-ignore: decorator
@inline
export function copyFew(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(to + i, load<u64>(from + i));
}

/** The values at `base` plus each of LANES byte offsets (i32) at `table`. */
// @ts-ignore: decorator
@inline
export function gather(base: usize, table: usize): v128 {
  if (sizeof<real>() == 4) {
    const two = load<u64>(table);
    const more = load<u64>(table, 8);
    let v = v128.load32_zero(base + <usize>two);
    v = v128.load32_lane(base + <usize>(two >> 32), v, 1);
    v = v128.load32_lane(base + <usize>more, v, 2);
    return v128.load32_lane(base + <usize>(more >> 32), v, 3);
  }
  const v = v128.load64_zero(base + load<u32>(table));
  return v128.load64_lane(base + load<u32>(table, 4), v, 1);
}

/** The reverse: every lane to the address (i32) that `table` names for it. */
// @ts-ignore: decorator
@inline
export function scatter(v: v128, table: usize): void {
  if (sizeof<real>() == 4) {
    v128.store32_lane(<usize>load<u32>(table), v, 0);
    v128.store32_lane(<usize>load<u32>(table, 4), v, 1);
    v128.store32_lane(<usize>load<u32>(table, 8), v, 2);
    v128.store32_lane(<usize>load<u32>(table, 12), v, 3);
    return;
  }
  v128.store64_lane(<usize>load<u32>(table), v, 0);
  v128.store64_lane(<usize>load<u32>(table, 4), v, 1);
}
