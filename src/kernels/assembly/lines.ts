/**
 * Passes over the lines alone, where the gradient is made apart (panels, tape) and lies third in each line:
 *   from a TD error:  theta += alpha delta_t z_{t-1},  then  z_t = gamma_t lambda z_{t-1} + gradient
 *   from a target:    theta += alpha gradient,         then  z = 0
 */
import { constants, lineBytes, lines, linesEnd, owedApply, owedDecay, owedDelta, rule } from './plan';
import { changeByMoment, fadeOf, setConstants, stepOf, tinyOf } from './change';
import { add, madd, real, splat } from './vector';

export function applyLines(): void {
  setConstants(owedDelta, owedDecay, owedApply);
  moveAlong(16);
}

export function traceLines(): void {
  const fade = fadeOf(constants);
  const tiny = tinyOf(constants);
  for (let at = lines; at < linesEnd; at += lineBytes) {
    v128.store(at, madd(fade, v128.load(at, 16), add(v128.load(at, 32), tiny)), 16);
  }
}

/** `gradientAt` is the byte offset of the gradient in a line. */
export function applyLinesLate(gradientAt: usize): void {
  setConstants(1, 0, 1);
  moveAlong(gradientAt);
  clearLines(1);
}

/** z, and the `count` - 1 vectors behind it */
export function clearLines(count: i32): void {
  const zero = splat(<real>0);
  for (let at = lines; at < linesEnd; at += lineBytes) {
    for (let i: usize = 1; i <= <usize>count; i++) v128.store(at + (i << 4), zero);
  }
}

function moveAlong(vectorAt: usize): void {
  const step = stepOf(constants);
  for (let at = lines; at < linesEnd; at += lineBytes) {
    const theta = v128.load(at);
    const along = v128.load(at + vectorAt);
    if (rule == 0) v128.store(at, madd(step, along, theta));
    else v128.store(at, changeByMoment(theta, along, at + lineBytes - 16, constants));
  }
}
