/**
 * The 2021 column: equations (1)-(3) of src/cells/deep-columns.ts. options: [M, k, gate]. Slots: hidden (M k, padded),
 * feature (M k, padded), forget (M, padded; not without a gate), input (M, padded). Pointwise maths in whole vectors; the chain rule
 * through the features follows index tables, one number at a time. tables:
 *   [bytes of a padded group of M k, records of features, end, records of hidden, end]; then per destination
 *   feature: [gain, slot, gain of the reader's forget row, of its input row, address of wf or 0, address of wi or 0]
 *   hidden:  [gain, slot, k times (gain of the feature's destination or -1, address of its W2 entry)]
 * gain and slot are byte offsets.
 */
import { betweenAt, direct, gain, kp, next, options, pre, stateAt, sums, tables, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub } from '../vector';

const CONVEX: i32 = 1; // 0: sum
const ACCUMULATOR: i32 = 2; // 3: feed-forward

// @ts-ignore: decorator
@inline
function gate(): i32 {
  return <i32>load<f64>(options, 16);
}

export function activate(layer: i32): void {
  const group = <usize>load<u32>(tables);
  if (layer < 2) {
    const count = <usize>(load<f64>(options) * load<f64>(options, 8)) * SIZE;
    const from = sums + <usize>layer * group;
    const to = next + betweenAt + <usize>layer * group;
    for (let i: usize = 0; i < group; i += 16) {
      v128.store(to + i, v128.max<real>(v128.load(from + i), splat(<real>0))); // (1)
    }
    // Padding has to read 0.
    for (let i = count; i < group; i += SIZE) store<real>(to + i, 0);
    return;
  }
  const units = <usize>kp * SIZE;
  const input = sums + 2 * group + (gate() < ACCUMULATOR ? units : 0);
  const one = splat(<real>1);
  const fixed = splat(gate() == ACCUMULATOR ? <real>1 : <real>0);
  for (let u: usize = 0; u < units; u += 16) {
    const f = gate() < ACCUMULATOR ? sigmoid(v128.load(sums + 2 * group + u)) : fixed; // (2)
    const i = tanh(v128.load(input + u));
    v128.store(work + u, f);
    v128.store(work + units + u, i);
    const fresh = gate() == CONVEX ? mul(sub(one, f), i) : i;
    v128.store(pre + stateAt + u, madd(f, v128.load(next + stateAt + u), fresh)); // (3)
  }
}

export function differentiate(): void {
  const group = <usize>load<u32>(tables);
  const units = <usize>kp * SIZE;
  const forget = gain + 2 * group;
  const input = gate() < ACCUMULATOR ? forget + units : forget;
  const one = splat(<real>1);
  for (let u: usize = 0; u < units; u += 16) {
    const f = v128.load(work + u);
    const i = v128.load(work + units + u);
    const h = v128.load(next + stateAt + u);
    if (gate() < ACCUMULATOR) {
      v128.store(forget + u, mul(mul(gate() == CONVEX ? sub(h, i) : h, f), sub(one, f)));
    }
    const slope = sub(one, mul(i, i));
    v128.store(input + u, gate() == CONVEX ? mul(sub(one, f), slope) : slope);
    v128.store(direct + u, f);
  }
  featureGains();
  hiddenGains(<usize>load<f64>(options, 8));
}

function featureGains(): void {
  for (let at = <usize>load<u32>(tables, 4), end = <usize>load<u32>(tables, 8); at < end; at += 24) {
    let total: real = 0;
    if (load<real>(sums + load<u32>(at, 4)) > 0) {
      const wf = <usize>load<u32>(at, 16);
      const wi = <usize>load<u32>(at, 20);
      if (wf != 0) total += load<real>(gain + load<u32>(at, 8)) * load<real>(wf);
      if (wi != 0) total += load<real>(gain + load<u32>(at, 12)) * load<real>(wi);
    }
    store<real>(gain + load<u32>(at), total);
  }
}

function hiddenGains(k: usize): void {
  const size = (2 + 2 * k) << 2;
  for (let at = <usize>load<u32>(tables, 12), end = <usize>load<u32>(tables, 16); at < end; at += size) {
    let total: real = 0;
    if (load<real>(sums + load<u32>(at, 4)) > 0) {
      for (let f: usize = 0; f < k; f++) {
        const up = load<i32>(at + 8 + (f << 3));
        if (up < 0) continue;
        total += load<real>(gain + <usize>up) * load<real>(<usize>load<u32>(at + 12 + (f << 3)));
      }
    }
    store<real>(gain + load<u32>(at), total);
  }
}
