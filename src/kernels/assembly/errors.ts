/**
 * error_r = dL/da_r = sum over the destinations of row r of q gain, slot by slot: what back-propagation through one
 * step needs (src/row-pull.ts). `errors` are [components x kp], as the own blocks are. Destinations beyond the own one
 * are records, i32: [byte offset of the slot, of the unit, byte offset of the gain, bytes from one component of the
 * gain to the next].
 */
import { components, gain, kp, moreEnd, moreStart, rowErrors, slots, unitOfSlot } from './plan';
import { add, mul, real, SIZE, splat } from './vector';

export function rowErrorsOf(errors: usize, gains: usize): void {
  const stride = <usize>slots * SIZE;
  const width = <usize>kp * SIZE;
  const b = <usize>components;
  if (unitOfSlot == 0) sideBySide(errors, gains, stride, width, b);
  else bySlot(errors, gains, stride, width, b);
  for (let more = moreStart; more < moreEnd; more += 16) {
    const slot = rowErrors + <usize>load<u32>(more);
    let error = load<real>(slot);
    for (let c: usize = 0; c < b; c++) {
      const by = load<real>(gains + <usize>load<u32>(more, 8) + c * <usize>load<u32>(more, 12));
      error += by * load<real>(errors + c * width + <usize>load<u32>(more, 4));
    }
    store<real>(slot, error);
  }
}

/** Groups of kp slots, one per unit. */
function sideBySide(errors: usize, gains: usize, stride: usize, width: usize, b: usize): void {
  for (let group: usize = 0; group < stride; group += width) {
    for (let u: usize = 0; u < width; u += 16) {
      let error = splat(<real>0);
      for (let c: usize = 0; c < b; c++) {
        error = add(error, mul(v128.load(errors + c * width + u), v128.load(gains + c * stride + group + u)));
      }
      v128.store(rowErrors + group + u, error);
    }
  }
}

function bySlot(errors: usize, gains: usize, stride: usize, width: usize, b: usize): void {
  for (let slot: usize = 0; slot < <usize>slots; slot++) {
    const unit = <usize>load<u32>(unitOfSlot + (slot << 2));
    let error: real = 0;
    for (let c: usize = 0; c < b; c++) {
      error += load<real>(errors + c * width + unit) * load<real>(gains + c * stride + slot * SIZE);
    }
    store<real>(rowErrors + slot * SIZE, error);
  }
}
