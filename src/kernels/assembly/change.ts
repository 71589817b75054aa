/**
 * How a weight moves along z (src/step-sizes):
 *   td-lambda  theta += alpha delta z                                                                   (12.7)
 *   rmsprop    c = delta z,  nu <- max(1e-30, decay nu + (1 - decay) c^2),  theta += alpha c / (sqrt(nu) + epsilon)
 * |c| is taken as at least 1e-15 inside nu: the same floor, and no square is subnormal. The constants of a pass lie in
 * a block of memory and are loaded where they are used: kept in registers they would push the sums out.
 */
import { alpha, constants, decay, epsilon, owedApply, owedDecay, owedDelta, rule } from './plan';
import { madd, mul, real, SIZE, splat, TINY } from './vector';

// Vectors of the block.
const STEP: usize = 0;
const FADE: usize = 16;
const TINIEST: usize = 32;
const RATE: usize = 48;
const KEEP: usize = 64;
const FRESH: usize = 80;
const EPSILON: usize = 96;
const LEAST: usize = 112;
const MAGNITUDE: usize = 128; // all bits but the sign

const SMALL: real = <real>1e-15;
const NO_STEP: real = sizeof<real>() == 4 ? <real>1e-15 : <real>1e-150;

/** Fills the block. `applies` 0: the start of an episode, nothing changes theta and nu. */
export function setConstants(delta: f64, fade: f64, applies: i32): void {
  const step = <real>(rule == 0 ? alpha * delta : delta);
  // What could only make subnormal products is no step.
  v128.store(constants, splat(applies == 0 || (rule == 0 && abs(step) < NO_STEP) ? 0 : step), STEP);
  v128.store(constants, splat(<real>fade), FADE);
  v128.store(constants, splat(TINY), TINIEST);
  v128.store(constants, splat(<real>alpha), RATE);
  v128.store(constants, splat(<real>(applies == 0 ? 1 : decay)), KEEP);
  v128.store(constants, splat(<real>(applies == 0 ? 0 : 1 - decay)), FRESH);
  v128.store(constants, splat(<real>epsilon), EPSILON);
  v128.store(constants, splat(SMALL), LEAST);
  v128.store(constants, SIZE == 4 ? i32x4.splat(0x7fffffff) : i64x2.splat(0x7fffffffffffffff), MAGNITUDE);
}

/** What the pass of the next step owes. */
export function setOwed(): void {
  setConstants(owedDelta, owedDecay, owedApply);
}

// @ts-ignore: decorator
@inline
export function stepOf(block: usize): v128 {
  return v128.load(block, STEP);
}

// @ts-ignore: decorator
@inline
export function fadeOf(block: usize): v128 {
  return v128.load(block, FADE);
}

// @ts-ignore: decorator
@inline
export function tinyOf(block: usize): v128 {
  return v128.load(block, TINIEST);
}

// @ts-ignore: decorator
@inline
export function changeByMoment(theta: v128, z: v128, nuAt: usize, block: usize): v128 {
  const c = mul(v128.load(block, STEP), z);
  const size = v128.pmax<real>(v128.and(c, v128.load(block, MAGNITUDE)), v128.load(block, LEAST));
  const nu = madd(v128.load(block, KEEP), v128.load(nuAt), mul(mul(v128.load(block, FRESH), size), size));
  v128.store(nuAt, nu);
  const root = v128.add<real>(v128.sqrt<real>(nu), v128.load(block, EPSILON));
  return v128.add<real>(theta, v128.div<real>(mul(v128.load(block, RATE), c), root));
}
