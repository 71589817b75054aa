/** Writes dy/dt at y into `slope`. */
export type Slope = (y: Float64Array, slope: Float64Array) => void;

/** One step of the classical fourth-order Runge-Kutta method, in place and without allocation. */
export class Rk4 {
  private readonly slopeAt: Slope;
  private readonly probe: Float64Array;
  private readonly k1: Float64Array;
  private readonly k2: Float64Array;
  private readonly k3: Float64Array;
  private readonly k4: Float64Array;

  constructor(size: number, slopeAt: Slope) {
    this.slopeAt = slopeAt;
    this.probe = new Float64Array(size);
    this.k1 = new Float64Array(size);
    this.k2 = new Float64Array(size);
    this.k3 = new Float64Array(size);
    this.k4 = new Float64Array(size);
  }

  step(y: Float64Array, dt: number): void {
    const { k1, k2, k3, k4 } = this;
    this.slopeAt(y, k1);
    this.probeAt(y, k1, dt / 2, k2);
    this.probeAt(y, k2, dt / 2, k3);
    this.probeAt(y, k3, dt, k4);
    // The order of the sum is that of NumPy codes: y + dt / 6 * (k1 + 2 k2 + 2 k3 + k4).
    for (let i = 0; i < y.length; i++) y[i]! += (dt / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!);
  }

  private probeAt(y: Float64Array, slope: Float64Array, h: number, out: Float64Array): void {
    for (let i = 0; i < y.length; i++) this.probe[i] = y[i]! + h * slope[i]!;
    this.slopeAt(this.probe, out);
  }
}
