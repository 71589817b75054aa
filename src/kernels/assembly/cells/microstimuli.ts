/**
 * Microstimuli: equations (1) and (2) of src/cells/microstimuli.ts. options: [N, decay, sigma]. State: the stimuli of
 * all signals, N each, then per signal the trace and the signal itself. Nothing is learned, so nothing is
 * differentiated.
 */
import { inputs, next, options, pre, restAt, stateAt, work, x } from '../plan';
import { exponential } from '../math';
import { LANES, mul, real, SIZE, splat } from '../vector';

export function activate(_layer: i32): void {
  const N = <i32>load<f64>(options);
  const decay = load<f64>(options, 8);
  const sigma = load<f64>(options, 16);
  const narrow = splat(<real>(-1 / (2 * sigma * sigma)));
  for (let j = 0; j < inputs; j++) {
    const rest = restAt + <usize>j * 2 * SIZE;
    const signal = <real>load<f64>(x + ((<usize>j) << 3));
    const isOnset = signal >= 0.5 && load<real>(next + rest + SIZE) < 0.5;
    let y = <real>(isOnset ? 1 : decay * <f64>load<real>(next + rest)); // (1)
    if (abs(y) < (sizeof<real>() == 4 ? <real>1e-30 : <real>1e-280)) y = 0; // never subnormal
    store<real>(pre + rest, y);
    store<real>(pre + rest + SIZE, signal);
    // (2): the exponents, then whole vectors of exponentials
    for (let n = 0; n < N; n++) {
      const d = y - <real>(n + 1) / <real>N;
      store<real>(work + <usize>n * SIZE, d * d);
    }
    const to = pre + stateAt + <usize>(j * N) * SIZE;
    for (let n = 0; n < N; n += LANES) {
      const at = work + <usize>n * SIZE;
      v128.store(at, mul(splat(y), exponential(mul(v128.load(at), narrow))));
    }
    memory.copy(to, work, <usize>N * SIZE);
  }
}

export function differentiate(): void {}
