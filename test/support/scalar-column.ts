/**
 * One tanh column under TD(lambda) in plain scalars, written down from the design and not from the code:
 *   a = W x + b + u h',  h = tanh(a),  T = (1 - h^2)(u T' + [x, 1, h']),  v = w h + w0
 *   delta = c + gamma v - v';  weights += alpha delta z;  z = gamma lambda z + grad v, with the head after the change
 * `mistakes` are orders of the update that a test must be able to tell from the right one.
 */
export interface ScalarStep {
  readonly x: number;
  readonly c: number;
  readonly gamma: number;
  readonly start?: boolean;
  readonly ratio?: number;
}

export interface ScalarOptions {
  readonly alpha: number;
  readonly lambda: number;
  readonly keepState?: boolean;
}

export interface Mistakes {
  readonly traceBeforeApply?: boolean;
  readonly headBeforeApply?: boolean; // the gradient through the head as it stood for the prediction
  readonly dynamicsAfterApply?: boolean; // u of the influence taken after the change
  readonly gammaZeroForgets?: boolean; // a discount of 0 taken for the end of the stream
}

type Three = [number, number, number];

export function scalarColumn(
  theta: Three,
  head: [number, number],
  { alpha, lambda, keepState = false }: ScalarOptions,
  mistakes: Mistakes = {},
) {
  let [W, b, u] = theta;
  let [w, w0] = head;
  let h = 0;
  let T: Three = [0, 0, 0];
  let z: Three = [0, 0, 0];
  let zHead: [number, number] = [0, 0];
  let last = 0; // v_{t-1}
  let first = true;

  const forget = (state: boolean): void => {
    z = [0, 0, 0];
    zHead = [0, 0];
    if (state) [h, T] = [0, [0, 0, 0]];
  };

  return function step({ x, c, gamma, start = false, ratio = 1 }: ScalarStep) {
    if (start) forget(first || !keepState);
    first = false;
    const before = h;
    h = Math.tanh(W * x + b + u * before);
    const gain = 1 - h ** 2;
    const v = w * h + w0;
    const delta = start ? 0 : c + gamma * v - last;
    const oldU = u;
    const oldW = w;
    const apply = (): void => {
      if (start) return;
      z = [ratio * z[0], ratio * z[1], ratio * z[2]];
      zHead = [ratio * zHead[0], ratio * zHead[1]];
      [W, b, u] = [W + alpha * delta * z[0], b + alpha * delta * z[1], u + alpha * delta * z[2]];
      [w, w0] = [w + alpha * delta * zHead[0], w0 + alpha * delta * zHead[1]];
    };
    const trace = (): void => {
      const own = gain * (mistakes.dynamicsAfterApply ? u : oldU);
      T = [own * T[0] + gain * x, own * T[1] + gain, own * T[2] + gain * before];
      const q = mistakes.headBeforeApply ? oldW : w;
      const decay = start ? 0 : gamma * lambda;
      z = [decay * z[0] + q * T[0], decay * z[1] + q * T[1], decay * z[2] + q * T[2]];
      zHead = [decay * zHead[0] + h, decay * zHead[1] + 1];
    };
    if (mistakes.traceBeforeApply) {
      trace();
      apply();
    } else {
      apply();
      trace();
    }
    last = v;
    const seen = { prediction: v, delta, theta: [W, b, u], head: [w, w0], z: [...z], zHead: [...zHead], T: [...T], h };
    if (mistakes.gammaZeroForgets && gamma === 0) forget(true);
    return seen;
  };
}
