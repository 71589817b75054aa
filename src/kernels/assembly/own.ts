/**
 * The own blocks of D_t, taken right after the sums, before anything changes theta:
 *   B = direct + sum over rows of gain_r (x) theta_r[own state]                                          (2)
 * A term, i32: [byte offset of the slots, of the units, component c of the state read, 1 = W thetas side by side,
 * addresses of theta (W)]. It adds gain to column c of the blocks. Rows that read the state of a unit they move beside
 * their own add single numbers: [byte offset of the gain, address of theta, byte offset of the block's number].
 */
import {
  components,
  direct,
  endUnit,
  firstUnit,
  gain,
  kp,
  moreOwnTerms,
  moreOwnTermsEnd,
  own,
  ownSpread,
  ownTerms,
  ownTermsEnd,
  q,
  qSpread,
  readings,
  slots,
  unitOfSlot,
} from './plan';
import { gather, LANES, madd, real, SIZE } from './vector';

export function ownBlocks(): void {
  const width = <usize>kp * SIZE;
  const stride = <usize>slots * SIZE;
  const b = <usize>components;
  for (let block: usize = 0; block < b * b * width; block += width) {
    for (let u = block + firstUnit, end = block + endUnit; u < end; u += 16) {
      v128.store(own + u, v128.load(direct + u)); // `memory.copy` is a call, and dear for so little
    }
  }
  const size = (<usize>(4 + LANES)) << 2;
  for (let term = ownTerms; term < ownTermsEnd; term += size) {
    const slot = <usize>load<u32>(term);
    const unit = <usize>load<u32>(term, 4);
    const column = <usize>load<u32>(term, 8);
    const theta = load<u32>(term, 12) == 1 ? v128.load(<usize>load<u32>(term, 16)) : gather(0, term + 16);
    for (let row: usize = 0; row < b; row++) {
      const to = own + (row * b + column) * width + unit;
      v128.store(to, madd(v128.load(gain + row * stride + slot), theta, v128.load(to)));
    }
  }
  for (let term = moreOwnTerms; term < moreOwnTermsEnd; term += 12) {
    const to = own + <usize>load<u32>(term, 8);
    store<real>(to, load<real>(to) + load<real>(gain + load<u32>(term)) * load<real>(<usize>load<u32>(term, 4)));
  }
}

/** Where rows and units do not go side by side: every slot gets its unit's block. */
export function spreadBlocks(): void {
  if (unitOfSlot == 0) return;
  const b = components * components;
  for (let c = 0; c < b; c++) {
    spread(own + <usize>(c * kp) * SIZE, ownSpread + <usize>(c * slots) * SIZE);
  }
}

/** The same for q. */
export function spreadErrors(): void {
  if (unitOfSlot == 0) return;
  for (let c = 0; c < readings; c++) spread(q + <usize>(c * kp) * SIZE, qSpread + <usize>(c * slots) * SIZE);
}

function spread(from: usize, to: usize): void {
  for (let slot: usize = 0; slot < <usize>slots; slot++) {
    store<real>(to + slot * SIZE, load<real>(from + load<u32>(unitOfSlot + (slot << 2))));
  }
}
